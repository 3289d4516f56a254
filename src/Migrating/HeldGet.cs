// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>A GET that is held up when its block is taken and before it returns, as a caller's slow memory can hold it up.</summary>
internal static class HeldGet
{
    /// <summary>Does the GET; what is done meanwhile is not done if nothing is written to the values buffer.</summary>
    public static Outcome Do(IMachine machine, Operation.Get get, Action meanwhile) => Runner.Run(new Holding(machine, meanwhile), get);

    /// <summary>A machine whose caller's memory is slow.</summary>
    private sealed class Holding(IMachine machine, Action meanwhile) : IMachine
    {
        public int Get(IUserMemory user, ulong argument, bool allocationFails = false) =>
            machine.Get(new SlowMemory(user, meanwhile), argument, allocationFails);

        public int Set(IUserMemory user, ulong argument, bool allocationFails = false) => machine.Set(user, argument, allocationFails);

        public int CreateVcpu() => machine.CreateVcpu();

        public int CreateSlot(uint id, ulong baseGfn, ulong pages, bool dirtyLog, bool allocationFails = false) =>
            machine.CreateSlot(id, baseGfn, pages, dirtyLog, allocationFails);

        public int SetSlotFlags(uint id, bool dirtyLog) => machine.SetSlotFlags(id, dirtyLog);

        public int MoveSlot(uint id, ulong baseGfn, bool allocationFails = false) => machine.MoveSlot(id, baseGfn, allocationFails);

        public int DeleteSlot(uint id, bool allocationFails = false) => machine.DeleteSlot(id, allocationFails);

        public int EnableCmma() => machine.EnableCmma();

        public int ClearCmma() => machine.ClearCmma();

        public int StartMigration() => machine.StartMigration();

        public int StopMigration() => machine.StopMigration();

        public int MigrationStatus(out bool migrating) => machine.MigrationStatus(out migrating);

        public ProgramInterruption Touch(ulong gfn) => machine.Touch(gfn);

        public ProgramInterruption Evict(ulong gfn) => machine.Evict(gfn);

        public EssaResult Essa(ulong gfn, uint orc) => machine.Essa(gfn, orc);
    }

    private sealed class SlowMemory(IUserMemory user, Action meanwhile) : IUserMemory
    {
        private bool wasHeld;

        public ReadOnlySpan<byte> Read(ulong address, int length) => user.Read(address, length);

        public int Write(ulong address, ReadOnlySpan<byte> source)
        {
            if (!wasHeld && address >= Runner.ValuesAddress)
            {
                wasHeld = true;
                meanwhile();
            }

            return user.Write(address, source);
        }
    }
}
