// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Properties.Tests;

/// <summary>One access of a machine to the memory of its caller.</summary>
/// <param name="IsWrite">Or else it is a read.</param>
/// <param name="Address">Where.</param>
/// <param name="Length">How many bytes it asks for.</param>
/// <param name="Written">A write: the bytes.</param>
/// <param name="Done">How many bytes could be accessed; fewer than the length are a fault.</param>
public sealed record UserStep(bool IsWrite, ulong Address, int Length, byte[] Written, int Done)
{
    public bool Faults => Done < Length;
}

/// <summary>The memory of a caller: an argument struct and a values buffer. It keeps what the machine does with them.</summary>
public sealed class UserSteps : IUserMemory
{
    public const ulong ArgumentAddress = 0x1000;
    public const ulong ValuesAddress = 0x10_0000;

    private UserRegions? regions = new();
    private readonly List<UserStep> steps = [];
    private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];

    public UserSteps(KvmS390CmmaLog given, ArgumentMemory memory, byte[] values)
    {
        Given = given;
        given.Encode(argument, !BitConverter.IsLittleEndian);
        if (memory != ArgumentMemory.Unreadable)
        {
            regions.Map(ArgumentAddress, argument, writable: memory == ArgumentMemory.Ok);
        }

        regions.Map(ValuesAddress, values);
    }

    /// <summary>The struct as the caller passed it.</summary>
    public KvmS390CmmaLog Given { get; }

    /// <summary>The struct as it is now.</summary>
    public KvmS390CmmaLog Got => KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);

    /// <summary>Everything the machine did, in order.</summary>
    public IReadOnlyList<UserStep> Steps => steps;

    public IEnumerable<UserStep> ReadsOfStruct => steps.Where(step => !step.IsWrite && step.Address == ArgumentAddress);

    public IEnumerable<UserStep> ReadsOfValues => steps.Where(step => !step.IsWrite && step.Address == ValuesAddress);

    public IEnumerable<UserStep> WritesOfStruct => steps.Where(step => step.IsWrite && step.Address == ArgumentAddress);

    public IEnumerable<UserStep> WritesOfValues => steps.Where(step => step.IsWrite && step.Address == ValuesAddress);

    /// <summary>Lets the buffer go when the call is over: runs are kept, and a buffer can be large.</summary>
    public void Unmap() => regions = null;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(ulong address, int length)
    {
        ReadOnlySpan<byte> bytes = regions!.Read(address, length);
        steps.Add(new UserStep(IsWrite: false, address, length, [], bytes.Length));
        return bytes;
    }

    /// <inheritdoc/>
    public int Write(ulong address, ReadOnlySpan<byte> source)
    {
        int done = regions!.Write(address, source);
        steps.Add(new UserStep(IsWrite: true, address, source.Length, source.ToArray(), done));
        return done;
    }
}
