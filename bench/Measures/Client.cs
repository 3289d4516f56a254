// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Measures;

/// <summary>A process that calls GET, PEEK and SET with one struct and one buffer, used again and again.</summary>
/// <param name="bufferBytes">The size of its values buffer.</param>
public sealed class Client(int bufferBytes) : IUserMemory
{
    private const ulong ArgumentAddress = 0x1000;
    private const ulong ValuesAddress = 0x10_0000;

    private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
    private readonly byte[] values = new byte[bufferBytes];

    /// <summary>A call of an ioctl.</summary>
    public delegate int Ioctl(IUserMemory user, ulong argument, bool allocationFails);

    /// <summary>The values buffer.</summary>
    public Span<byte> Values => values;

    /// <summary>Calls with the whole buffer; the result is the struct afterwards.</summary>
    /// <exception cref="InvalidOperationException">The call fails.</exception>
    public KvmS390CmmaLog Call(Ioctl ioctl, ulong startGfn, CmmaFlags flags = CmmaFlags.None, ulong mask = 0)
    {
        ArgumentNullException.ThrowIfNull(ioctl);
        new KvmS390CmmaLog(startGfn, (uint)values.Length, (uint)flags, mask, ValuesAddress).Encode(argument, !BitConverter.IsLittleEndian);
        int result = ioctl(this, ArgumentAddress, false);
        return result == 0
            ? KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian)
            : throw new InvalidOperationException($"the call answers {result}");
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(ulong address, int length) => At(address, length);

    /// <inheritdoc/>
    public int Write(ulong address, ReadOnlySpan<byte> source)
    {
        source.CopyTo(At(address, source.Length));
        return source.Length;
    }

    private Span<byte> At(ulong address, int length) => address == ValuesAddress ? values.AsSpan(0, length) : argument.AsSpan(0, length);
}
