// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>The memory of the caller of GET or SET as it lies there after the call, so that a judge need not believe what is said of it.</summary>
/// <param name="Argument">The 32 bytes of the struct (ABI-1), in the byte order of the caller's machine.</param>
/// <param name="Buffer">The values buffer, with the writable memory that follows it.</param>
/// <param name="BufferAddress">What the struct named as the buffer's address before the call.</param>
public sealed record CallerMemory(ReadOnlyMemory<byte> Argument, ReadOnlyMemory<byte> Buffer, ulong BufferAddress);
