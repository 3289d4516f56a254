// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>Short ways to say what is done to a machine, and what it answers.</summary>
internal static class Play
{
    private const uint Everything = 1 << 20;

    public static Operation Enable => new Operation.EnableCmma();

    public static Operation Start => new Operation.StartMigration();

    public static Operation Stop => new Operation.StopMigration();

    public static Operation Clear => new Operation.ClearCmma();

    public static Operation Status => new Operation.MigrationStatus();

    public static Operation Slot(uint id, ulong baseGfn, ulong pages, bool log = true) => new Operation.CreateSlot(id, baseGfn, pages, log);

    public static Operation Delete(uint id) => new Operation.DeleteSlot(id);

    public static Operation Flags(uint id, bool log) => new Operation.SetSlotFlags(id, log);

    public static Operation Essa(ulong gfn, uint orc = 1) => new Operation.Essa(gfn, orc);

    public static Operation Begin(ulong gfn, uint orc = 1) => new Operation.EssaBegin(gfn, orc);

    public static Operation End => new Operation.EssaEnd();

    public static Operation Touch(ulong gfn) => new Operation.Touch(gfn);

    public static Operation Evict(ulong gfn) => new Operation.Evict(gfn);

    public static Operation Get(ulong startGfn, uint count) => new Operation.Get(startGfn, count);

    public static Operation Peek(ulong startGfn, uint count) => new Operation.Get(startGfn, count, Flags: 1);

    public static Operation Set(ulong startGfn, string values, ulong mask = ulong.MaxValue)
    {
        ByteRuns runs = ByteRuns.Parse(values)!;
        return new Operation.Set(startGfn, (uint)runs.Length, Flags: 0, mask, runs);
    }

    /// <summary>Enables CMMA and makes sure that it was used.</summary>
    public static Operation[] Use(params Operation[] slots) => [.. slots, Enable, Essa(FirstGfn(slots))];

    /// <summary>As <see cref="Use"/>, migrating, and only these pages are dirty.</summary>
    public static Operation[] Migrate(Operation[] slots, params ulong[] dirty) =>
        [.. Use(slots), Start, .. slots.OfType<Operation.CreateSlot>().Select(slot => Get(slot.BaseGfn, Everything)), .. dirty.Select(gfn => Essa(gfn))];

    /// <summary>What the last operation answers.</summary>
    public static string Last(Func<bool, KernelVm> newVm, IEnumerable<Operation> operations)
    {
        ReferenceMachine machine = new(newVm(true));
        string last = "";
        foreach (Operation operation in operations)
        {
            last = OutcomeText.Of(Runner.Run(machine, operation));
        }

        return last;
    }

    /// <summary>As <see cref="Last(Func{bool, KernelVm}, IEnumerable{Operation})"/>, by the name of a kernel.</summary>
    public static string Last(string version, params IEnumerable<Operation> operations) =>
        Last(Linux.Versions.Single(each => each.Name == version).NewVm, operations);

    private static ulong FirstGfn(Operation[] slots) => slots.OfType<Operation.CreateSlot>().First().BaseGfn;
}
