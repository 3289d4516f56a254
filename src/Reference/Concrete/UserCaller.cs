// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;

namespace Cmma.Reference;

/// <summary>The caller of one ioctl, over real bytes.</summary>
/// <param name="user">The caller's memory.</param>
/// <param name="argument">Address of the struct.</param>
/// <param name="allocationFails">What the allocation of this call does.</param>
internal sealed class UserCaller(IUserMemory user, ulong argument, bool allocationFails) : ICaller
{
    public bool ReadArgument(out CmmaLog log)
    {
        log = new CmmaLog();
        ReadOnlySpan<byte> bytes = user.Read(argument, KvmS390CmmaLog.SizeBytes);
        if (bytes.Length < KvmS390CmmaLog.SizeBytes)
        {
            return false;
        }

        KvmS390CmmaLog decoded = KvmS390CmmaLog.Decode(bytes, !BitConverter.IsLittleEndian);
        log.StartGfn = decoded.StartGfn;
        log.Count = decoded.Count;
        log.Flags = decoded.Flags;
        log.RemainingOrMask = decoded.RemainingOrMask;
        log.Values = decoded.Values;
        return true;
    }

    public bool Allocate() => !allocationFails;

    public bool ReadValues(ulong address, ulong length, out ValueBytes values)
    {
        byte[] bytes = user.Read(address, (int)length).ToArray();
        values = new ValueBytes(bytes);
        return (ulong)bytes.Length == length;
    }

    public bool WriteValues(ulong address, List<byte> values) =>
        user.Write(address, CollectionsMarshal.AsSpan(values)) == values.Count;

    public bool WriteArgument(CmmaLog log)
    {
        Span<byte> bytes = stackalloc byte[KvmS390CmmaLog.SizeBytes];
        KvmS390CmmaLog encoded = new(log.StartGfn, (uint)log.Count, (uint)log.Flags, log.RemainingOrMask, log.Values);
        encoded.Encode(bytes, !BitConverter.IsLittleEndian);
        return user.Write(argument, bytes) == bytes.Length;
    }
}
