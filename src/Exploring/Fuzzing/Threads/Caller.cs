// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>A caller of GET, PEEK and SET whose memory is there once for many calls; for one thread.</summary>
/// <param name="bufferBytes">The size of its values buffer.</param>
public sealed class Caller(int bufferBytes) : IUserMemory
{
    private const ulong ArgumentAddress = 0x1000;
    private const ulong ValuesAddress = 0x10_0000;

    private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
    private readonly byte[] values = new byte[bufferBytes];

    /// <summary>The values buffer.</summary>
    public Span<byte> Values => values;

    /// <summary>GET, or PEEK by its flag.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="startGfn">First gfn.</param>
    /// <param name="count">Bytes asked for, at most the buffer.</param>
    /// <param name="flags">PEEK or nothing.</param>
    /// <param name="answer">The struct afterwards.</param>
    public int Get(IMachine machine, ulong startGfn, int count, CmmaFlags flags, out KvmS390CmmaLog answer)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Encode(new KvmS390CmmaLog(startGfn, (uint)count, (uint)flags, RemainingOrMask: 0, ValuesAddress));
        int result = machine.Get(this, ArgumentAddress);
        answer = KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);
        return result;
    }

    /// <summary>SET from the values buffer.</summary>
    public int Set(IMachine machine, ulong startGfn, int count, ulong mask)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Encode(new KvmS390CmmaLog(startGfn, (uint)count, Flags: 0, mask, ValuesAddress));
        return machine.Set(this, ArgumentAddress);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(ulong address, int length) => At(address, length);

    /// <inheritdoc/>
    public int Write(ulong address, ReadOnlySpan<byte> source)
    {
        Span<byte> target = At(address, source.Length);
        source[..target.Length].CopyTo(target);
        return target.Length;
    }

    private Span<byte> At(ulong address, int length) => address switch
    {
        ArgumentAddress => argument.AsSpan(0, Math.Min(length, argument.Length)),
        ValuesAddress => values.AsSpan(0, Math.Min(length, values.Length)),
        _ => [],
    };

    private void Encode(KvmS390CmmaLog log) => log.Encode(argument, !BitConverter.IsLittleEndian);
}
