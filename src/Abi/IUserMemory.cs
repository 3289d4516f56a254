// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>
/// The memory of the process that calls. A read or a write is one step with a result: done, or a fault after this many bytes (ABI-11).
/// Nothing here throws: a bad address is a fault after 0 bytes.
/// </summary>
public interface IUserMemory
{
    /// <summary>The bytes at an address, as many as can be read up to <paramref name="length"/>: fewer mean a fault after them.</summary>
    ReadOnlySpan<byte> Read(ulong address, int length);

    /// <summary>Writes as many bytes as can be written; a result below the length of <paramref name="source"/> is a fault after this many.</summary>
    int Write(ulong address, ReadOnlySpan<byte> source);
}
