// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>
/// G12: the condition of each outcome, stated on its own and not as a sequence. In every state and for every input exactly one of them
/// holds, and its outcome is the one that comes.
/// </summary>
public sealed class OutcomeProperties : MachineProperties
{
    [ClauseProperty("G12", AtLeast = 5000)]
    public Property GET_has_exactly_one_outcome(Trace trace) => ForAll<GetCall>(trace, when: _ => true, must: call => OnlyOneComes(call, Outcomes(call)));

    [ClauseProperty("G12", AtLeast = 2000)]
    public Property SET_has_exactly_one_outcome(Trace trace) => ForAll<SetCall>(trace, when: _ => true, must: call => OnlyOneComes(call, Outcomes(call)));

    [ClauseProperty("G12", AtLeast = 5000)]
    public Property ESSA_has_exactly_one_outcome(Trace trace) => ForAll<EssaCall>(
        trace,
        when: _ => true,
        must: essa =>
        {
            bool enabled = essa.Before.Enabled;
            bool known = essa.Operation.Orc <= 7;
            bool exists = essa.Before.Memory.Exists(essa.Operation.Gfn);
            (ProgramInterruption Outcome, bool Comes)[] outcomes = [
                (ProgramInterruption.Operation, !enabled),
                (ProgramInterruption.Specification, enabled && !known),
                (ProgramInterruption.Addressing, enabled && known && !exists),
                (ProgramInterruption.None, enabled && known && exists)];
            return outcomes.Count(outcome => outcome.Comes) == 1 && Array.Find(outcomes, outcome => outcome.Comes).Outcome == essa.Interruption;
        });

    [ClauseProperty("G12", AtLeast = 3000)]
    public Property An_operation_on_slots_or_modes_has_exactly_one_outcome(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => Outcomes(seen) != null,
        must: seen => OnlyOneComes(seen, Outcomes(seen)!));

    private static bool OnlyOneComes(Observation seen, IReadOnlyList<(Errno Outcome, bool Comes)> outcomes)
    {
        (Errno Outcome, bool Comes)[] coming = [.. outcomes.Where(outcome => outcome.Comes)];
        return coming.Length == 1 && seen.Result == -(int)coming[0].Outcome;
    }

    private static (Errno Outcome, bool Comes)[] Outcomes(GetCall call)
    {
        bool readable = call.Operation.Argument != ArgumentMemory.Unreadable;
        bool peek = call.Operation.Flags == 1;
        bool flagsKnown = call.Operation.Flags is 0 or 1;
        bool allowed = readable && call.Before.Enabled && flagsKnown && (peek || call.Before.Migrating);
        bool zeros = call.Operation.Count == 0 || !call.Before.Used || (!peek && !call.Before.AnyDirty);
        bool works = allowed && !zeros && !call.Operation.AllocationFails;
        bool exists = !peek || call.Before.Memory.Exists(call.Operation.StartGfn);
        bool valuesWritable = !call.User.WritesOfValues.Any(step => step.Faults);
        return [
            (Errno.EFAULT, !readable),
            (Errno.ENXIO, readable && !call.Before.Enabled),
            (Errno.EINVAL, readable && call.Before.Enabled && !(flagsKnown && (peek || call.Before.Migrating))),
            (Errno.None, allowed && zeros && call.StructWritable),
            (Errno.EFAULT, allowed && zeros && !call.StructWritable),
            (Errno.ENOMEM, allowed && !zeros && call.Operation.AllocationFails),
            (Errno.EFAULT, works && !(exists && valuesWritable && call.StructWritable)),
            (Errno.None, works && exists && valuesWritable && call.StructWritable)];
    }

    private static (Errno Outcome, bool Comes)[] Outcomes(SetCall call)
    {
        bool readable = call.Operation.Argument != ArgumentMemory.Unreadable;
        bool argumentsGood = call.Operation is { Flags: 0, Count: <= 1_048_576 };
        bool allowed = readable && call.Before.Enabled && argumentsGood;
        bool asked = allowed && call.Operation.Count > 0;
        bool valuesReadable = (uint)call.Operation.Values.Length >= call.Operation.Count;
        return [
            (Errno.EFAULT, !readable),
            (Errno.ENXIO, readable && !call.Before.Enabled),
            (Errno.EINVAL, readable && call.Before.Enabled && !argumentsGood),
            (Errno.None, allowed && call.Operation.Count == 0),
            (Errno.ENOMEM, asked && call.Operation.AllocationFails),
            (Errno.EFAULT, asked && !call.Operation.AllocationFails && !(valuesReadable && !call.MeetsMissingPage)),
            (Errno.None, asked && !call.Operation.AllocationFails && valuesReadable && !call.MeetsMissingPage)];
    }

    private static (Errno Outcome, bool Comes)[]? Outcomes(Observation seen)
    {
        Snapshot before = seen.Before;
        switch (seen.AnyOperation)
        {
            case Operation.EnableCmma:
                return [
                    (Errno.ENXIO, !before.HostHasCmma),
                    (Errno.EBUSY, before.HostHasCmma && before.VcpuCount > 0),
                    (Errno.None, before.HostHasCmma && before.VcpuCount == 0)];
            case Operation.ClearCmma:
                return [
                    (Errno.ENXIO, !before.HostHasCmma),
                    (Errno.EINVAL, before.HostHasCmma && !before.Enabled),
                    (Errno.None, before.HostHasCmma && before.Enabled)];
            case Operation.StartMigration:
                bool startable = before.Migrating || (before.Memory.Slots.Count > 0 && (!before.Enabled || before.AllSlotsHaveDirtyLog));
                return [(Errno.EINVAL, !startable), (Errno.None, startable)];
            case Operation.StopMigration or Operation.MigrationStatus or Operation.CreateVcpu:
                return [(Errno.None, true)];
            case Operation.SetSlotFlags flags:
                return [(Errno.EINVAL, before.Slot(flags.Id) == null), (Errno.None, before.Slot(flags.Id) != null)];
            case Operation.DeleteSlot delete:
                return [(Errno.EINVAL, before.Slot(delete.Id) == null), (Errno.None, before.Slot(delete.Id) != null)];
            case Operation.MoveSlot move:
                return Outcomes(before, move.BaseGfn, before.Slot(move.Id)?.Pages ?? 0, except: move.Id, move.AllocationFails);
            case Operation.CreateSlot create:
                return Outcomes(before, create.BaseGfn, create.Pages, except: null, create.AllocationFails);
            default:
                return null;
        }
    }

    // Creating and moving: a slot that does not exist, and so has no pages to move, is as bad as a new one without pages.
    private static (Errno Outcome, bool Comes)[] Outcomes(Snapshot before, ulong baseGfn, ulong pages, uint? except, bool allocationFails)
    {
        bool possible = pages is > 0 and < 1UL << 31 && (Int128)baseGfn + pages <= 1L << 52;
        bool overlaps = before.Overlaps(baseGfn, pages, except);
        return [
            (Errno.EINVAL, !possible),
            (Errno.EEXIST, possible && overlaps),
            (Errno.ENOMEM, possible && !overlaps && allocationFails),
            (Errno.None, possible && !overlaps && !allocationFails)];
    }
}
