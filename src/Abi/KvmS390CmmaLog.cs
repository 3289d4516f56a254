// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cmma.Abi;

/// <summary>
/// The argument of both ioctls: 32 bytes, start_gfn at 0, count at 8, flags at 12, remaining or mask at 16, values at 24 (ABI-1).
/// </summary>
/// <param name="StartGfn">First guest frame number.</param>
/// <param name="Count">Bytes of the values buffer, one for each page.</param>
/// <param name="Flags">GET: 0 or PEEK. SET: 0.</param>
/// <param name="RemainingOrMask">One field, two names (ABI-2): GET answers the number of dirty pages left, SET takes the mask.</param>
/// <param name="Values">Address of the values buffer.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct KvmS390CmmaLog(ulong StartGfn, uint Count, uint Flags, ulong RemainingOrMask, ulong Values)
{
    /// <summary>The size of the struct in bytes.</summary>
    public const int SizeBytes = 32;

    private const int CountOffset = 8;
    private const int FlagsOffset = 12;
    private const int RemainingOrMaskOffset = 16;
    private const int ValuesOffset = 24;

    /// <summary>Reads the struct from exactly 32 bytes; every pattern of bits is a valid struct.</summary>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public static KvmS390CmmaLog Decode(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        RequireSize(bytes.Length);
        return new KvmS390CmmaLog(
            Read64(bytes, bigEndian),
            Read32(bytes[CountOffset..], bigEndian),
            Read32(bytes[FlagsOffset..], bigEndian),
            Read64(bytes[RemainingOrMaskOffset..], bigEndian),
            Read64(bytes[ValuesOffset..], bigEndian));
    }

    /// <summary>Writes the struct over exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public void Encode(Span<byte> bytes, bool bigEndian)
    {
        RequireSize(bytes.Length);
        Write64(bytes, StartGfn, bigEndian);
        Write32(bytes[CountOffset..], Count, bigEndian);
        Write32(bytes[FlagsOffset..], Flags, bigEndian);
        Write64(bytes[RemainingOrMaskOffset..], RemainingOrMask, bigEndian);
        Write64(bytes[ValuesOffset..], Values, bigEndian);
    }

    private static void RequireSize(int length)
    {
        if (length != SizeBytes)
        {
            ThrowSize(length);
        }
    }

    // Apart, so that the check costs no call.
    private static void ThrowSize(int length) => throw new ArgumentException($"the struct is {SizeBytes} bytes, not {length}", nameof(length));

    private static ulong Read64(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void Write64(Span<byte> bytes, ulong value, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        }
    }

    private static void Write32(Span<byte> bytes, uint value, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
    }
}
