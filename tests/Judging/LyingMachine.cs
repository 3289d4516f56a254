// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Judging.Tests;

/// <summary>A machine whose every answer can be chosen.</summary>
internal record LyingMachine : IMachine
{
    public int Result { get; init; }

    public ProgramInterruption Interruption { get; init; }

    public Exception? Throws { get; init; }

    public ulong? OtherGfn { get; init; }

    public Func<KvmS390CmmaLog, KvmS390CmmaLog>? Change { get; init; }

    public byte[] Values { get; init; } = [];

    public KvmS390CmmaLog Seen { get; private set; }

    public bool SeenAllocationFails { get; private set; }

    public int ArgumentBytes { get; private set; }

    public int ValuesWritten { get; private set; }

    public int CreateVcpu() => Result;

    public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) => Result;

    public int SetSlotFlags(uint id, bool dirtyLog) => Result;

    public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => Result;

    public int DeleteSlot(uint id, bool allocationFails = false) => Result;

    public int EnableCmma() => Throws == null ? Result : throw Throws;

    public int ClearCmma() => Result;

    public int StartMigration() => Result;

    public int StopMigration() => Result;

    public int MigrationStatus(out bool migrating)
    {
        migrating = true;
        return Result;
    }

    public ProgramInterruption Touch(ulong gfn) => Interruption;

    public ProgramInterruption Evict(ulong gfn) => Interruption;

    public EssaResult Essa(ulong gfn, uint orc) => new(Interruption, gfn == OtherGfn ? 1u : 0);

    public int Get(IUserMemory user, ulong argument, bool allocationFails = false)
    {
        SeenAllocationFails = allocationFails;
        ReadOnlySpan<byte> bytes = user.Read(argument, KvmS390CmmaLog.SizeBytes);
        ArgumentBytes = bytes.Length;
        ValuesWritten = user.Write(Runner.ValuesAddress, Values);
        if (bytes.Length == KvmS390CmmaLog.SizeBytes && Change != null)
        {
            Seen = KvmS390CmmaLog.Decode(bytes, !BitConverter.IsLittleEndian);
            byte[] changed = new byte[KvmS390CmmaLog.SizeBytes];
            Change(Seen).Encode(changed, !BitConverter.IsLittleEndian);
            user.Write(argument, changed);
        }

        return Result;
    }

    public int Set(IUserMemory user, ulong argument, bool allocationFails = false) => Get(user, argument, allocationFails);
}

/// <summary>One that shows a state, which can be chosen too.</summary>
internal sealed record ShowingMachine : LyingMachine, IMachineState, IDisposable
{
    public bool HostHasCmma => true;

    public ulong VcpuCount { get; init; }

    public bool Enabled { get; init; }

    public bool Used { get; init; }

    public bool Migrating { get; init; }

    public IReadOnlyList<Memslot> Slots { get; init; } = [];

    /// <summary>The one page that is dirty.</summary>
    public ulong? DirtyGfn { get; init; }

    /// <summary>Which pages were looked at.</summary>
    public List<(ulong FirstGfn, int Pages)> Looks { get; init; } = [];

    public bool Disposed { get; private set; }

    public PageState Page(ulong gfn) => new(0, PageContent.Resident, gfn == DirtyGfn);

    public void CopyPages(ulong firstGfn, Span<PageState> pages)
    {
        Looks.Add((firstGfn, pages.Length));
        for (int index = 0; index < pages.Length; index++)
        {
            pages[index] = Page(firstGfn + (ulong)index);
        }
    }

    public void Dispose() => Disposed = true;
}
