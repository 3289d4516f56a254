// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Proofs.Traces;

/// <summary>
/// Builds a trace from a new VM to a state, by public operations only. Each operation is run on the reference at once: its answer is what
/// the trace expects, and says how far the way is.
/// </summary>
public sealed class TraceBuilder
{
    private const uint GetStable = 0;
    private const uint SetStable = 1;
    private const uint SetUnused = 2;
    private const uint SetVolatile = 3;
    private const uint SetPotentiallyVolatile = 4;
    private const uint SetStableNoDat = 7;
    private const int MostCalls = 64;
    private const int MostBytes = 1024;
    private const ulong MostVcpus = 2;

    private readonly ConcreteState state;
    private readonly IRun run;
    private readonly List<Step> steps = [];

    /// <summary>The code that is proved, to be run on numbers.</summary>
    public static IImplementation Reference { get; } =
        new MachineImplementation("reference", Capability.OfReference, hostHasCmma => new ReferenceMachine(hostHasCmma));

    /// <summary>A trace to a state, beginning with a new VM.</summary>
    public TraceBuilder(ConcreteState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        this.state = state;
        run = Reference.NewVm(state.HostHasCmma);
    }

    /// <summary>The trace so far.</summary>
    public Trace Trace => new(state.HostHasCmma, [.. steps]);

    private bool AllHaveDirtyLog => state.Slots.All(slot => slot.DirtyLog);

    /// <summary>Goes to the state; null if it finds no way, with public operations alone or at all.</summary>
    public static TraceBuilder? To(ConcreteState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        TraceBuilder trace = new(state);
        bool found = !state.Enabled ? trace.WithoutCmma() : state.Used ? trace.WithUse() : trace.WithoutUse();
        return found ? trace : null;
    }

    /// <summary>Does one operation, and expects what the reference answers.</summary>
    public Outcome Do(Operation operation)
    {
        Outcome outcome = run.Do(operation);
        steps.Add(new Step(operation, Expectations.Exactly(outcome)));
        return outcome;
    }

    /// <summary>Looks at everything that public operations show: a state that is wrong shows in one of these.</summary>
    public void Observe(IEnumerable<ulong> gfns)
    {
        List<ulong> pages = [.. gfns.Distinct().Order()];
        Do(new Operation.MigrationStatus());
        foreach (ulong gfn in pages)
        {
            Do(new Operation.Get(gfn, 1, (uint)CmmaFlags.Peek));
        }

        Drain();
        foreach (ulong gfn in pages)
        {
            Do(new Operation.Essa(gfn, GetStable));
        }

        Do(new Operation.StopMigration());
        Do(new Operation.StartMigration());
        Do(new Operation.MigrationStatus());
        Do(new Operation.EnableCmma());
    }

    // Without CMMA no page is marked, and none has attributes.
    private bool WithoutCmma()
    {
        if (state.Used || state.Pages.Any(page => page.State.Attributes != 0 || page.State.Content == PageContent.LogicallyZero))
        {
            return false;
        }

        CreateSlots(keepFlags: true);
        StartWithoutMarks();
        CreateVcpus(least: 0);
        Evict();
        return true;
    }

    private bool WithUse()
    {
        bool keepFlags = state.Migrating && !AllHaveDirtyLog;
        if (!state.HostHasCmma || (keepFlags && state.Pages.Any(page => page.State.Content == PageContent.LogicallyZero)))
        {
            return false;
        }

        CreateSlots(keepFlags);
        if (keepFlags)
        {
            StartWithoutMarks();
        }

        Do(new Operation.EnableCmma());
        CreateVcpus(least: 1);
        MakeContent();
        Use();
        if (state.Migrating && !keepFlags)
        {
            StartAndDrain();
        }

        MarkDirty();
        SetAttributes();
        if (!state.Migrating)
        {
            SwitchFlags();
        }

        return true;
    }

    // ESSA while migrating does not set Used: so attributes and marks come by it, one page after another.
    private bool WithoutUse()
    {
        bool anyEssa = state.Pages.Any(page => NeedsEssa(page.State));
        if (!state.HostHasCmma || (state.Migrating && state.Pages.Any(page => NeedsEssa(page.State) && !page.State.Dirty)))
        {
            return false;
        }

        CreateSlots(keepFlags: true);
        StartWithoutMarks(always: anyEssa);
        Do(new Operation.EnableCmma());
        CreateVcpus(least: anyEssa ? 1u : 0u);
        bool found = state.Pages.All(page => EssaTo(page.Gfn, page.State));
        if (anyEssa && !state.Migrating)
        {
            Do(new Operation.StopMigration());
        }

        return found;
    }

    private static bool NeedsEssa(PageState page) => page.Dirty || page.Attributes != 0 || page.Content == PageContent.LogicallyZero;

    private void CreateSlots(bool keepFlags)
    {
        foreach (Memslot slot in state.Slots)
        {
            Do(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, !keepFlags || slot.DirtyLog));
        }
    }

    private void SwitchFlags()
    {
        foreach (Memslot slot in state.Slots.Where(slot => !slot.DirtyLog))
        {
            Do(new Operation.SetSlotFlags(slot.Id, DirtyLog: false));
        }
    }

    private void StartWithoutMarks(bool always = false)
    {
        if (always || state.Migrating)
        {
            Start();
        }
    }

    private void StartAndDrain() => Start(Drain);

    // Without a slot migration does not start: one for a while does.
    private void Start(Action? then = null)
    {
        bool borrow = state.Slots.Count == 0;
        if (borrow)
        {
            Do(new Operation.CreateSlot(0, 0, 1, DirtyLog: true));
        }

        Do(new Operation.StartMigration());
        then?.Invoke();
        if (borrow)
        {
            Do(new Operation.DeleteSlot(0));
        }
    }

    private void Drain()
    {
        for (int call = 0; call < MostCalls; call++)
        {
            Outcome outcome = Do(new Operation.Get(0, Limits.MaxCount, BufferBytes: MostBytes));
            if (outcome.Result != Outcome.Ok || outcome.Zeroed)
            {
                break;
            }
        }
    }

    private void CreateVcpus(ulong least)
    {
        for (ulong count = 0; count < Math.Max(least, Math.Min(state.VcpuCount, MostVcpus)); count++)
        {
            Do(new Operation.CreateVcpu());
        }
    }

    private void Evict()
    {
        foreach (ConcretePage page in state.Pages.Where(page => page.State.Content != PageContent.Resident))
        {
            Do(new Operation.Evict(page.Gfn));
        }
    }

    private void MakeContent()
    {
        Evict();
        foreach (ConcretePage page in state.Pages.Where(page => page.State.Content == PageContent.LogicallyZero))
        {
            Do(new Operation.Essa(page.Gfn, SetUnused));
        }
    }

    private void Use()
    {
        if (!state.Migrating || AllHaveDirtyLog)
        {
            Do(new Operation.Essa(state.Slots.Count > 0 ? state.Slots[0].BaseGfn : 0, GetStable));
        }
    }

    private void MarkDirty()
    {
        foreach (ConcretePage page in state.Pages.Where(page => page.State.Dirty))
        {
            Do(new Operation.Essa(page.Gfn, SetStable));
        }
    }

    private void SetAttributes()
    {
        bool unused = state.Migrating && !AllHaveDirtyLog;
        bool discarded = state.Pages.Any(page => page.State.Content == PageContent.LogicallyZero);
        foreach (Memslot slot in state.Slots)
        {
            byte[] values = [.. state.Pages.Where(page => page.Gfn - slot.BaseGfn < slot.Pages).Select(page => page.State.Attributes)];
            if (unused || discarded || values.Any(value => value != 0))
            {
                Do(new Operation.Set(slot.BaseGfn, (uint)values.Length, 0, ulong.MaxValue, ByteRuns.Of(values)));
            }
        }
    }

    private bool EssaTo(ulong gfn, PageState page)
    {
        int usage = page.Attributes & PageAttributes.UsageMask;
        if (page.Content == PageContent.LogicallyZero)
        {
            if (usage == PageAttributes.PotentiallyVolatile)
            {
                return false;
            }

            Do(new Operation.Evict(gfn));
            Do(new Operation.Essa(gfn, SetUnused));
        }

        if (NeedsEssa(page))
        {
            Do(new Operation.Essa(gfn, (page.Attributes & PageAttributes.NoDat) != 0 ? SetStableNoDat : SetStable));
            if (usage != PageAttributes.Stable)
            {
                Do(new Operation.Essa(gfn, UsageCode(usage)));
            }
        }

        if (page.Content == PageContent.Preserved)
        {
            Do(new Operation.Evict(gfn));
        }

        return true;
    }

    private static uint UsageCode(int usage) => usage switch
    {
        PageAttributes.Unused => SetUnused,
        PageAttributes.PotentiallyVolatile => SetPotentiallyVolatile,
        _ => SetVolatile,
    };
}
