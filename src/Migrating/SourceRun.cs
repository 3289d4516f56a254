// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>The source's side of a migration: a script, and a consumer that sends what the source says. Used once.</summary>
internal sealed class SourceRun
{
    /// <summary>The consumer's buffer, in pages.</summary>
    public const uint BufferPages = 524288;

    private const int MostSameAnswers = 3; // the guest is at rest in a pass: what repeats itself does so for ever
    private const int MostGetsMore = 64;

    private readonly IRun vm;
    private readonly IMachine? machine;
    private readonly IReadOnlyList<Step> script;
    private readonly Consumer consumer;
    private readonly Action<IMachineState?, IReadOnlyCollection<Memslot>>? watch;

    private readonly List<MigrationStep> steps = [];
    private readonly List<List<Block>> parts = [];
    private readonly Dictionary<uint, Memslot> slots = [];

    private int next;
    private int pass;
    private bool isActive;
    private bool waitsForSlots;
    private ulong rememberedGfn; // of QEMU's loop: it survives from pass to pass, and from one migration to the next
    private ulong endGfn;
    private ulong mostPages;
    private Broken? broken;

    private SourceRun(IRun vm, IMachine? machine, Trace script, Consumer consumer, Action<IMachineState?, IReadOnlyCollection<Memslot>>? watch)
    {
        this.vm = vm;
        this.machine = machine;
        this.script = script.Steps;
        this.consumer = consumer;
        this.watch = watch;
    }

    /// <summary>Runs a script on a new VM of the source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="script">See <see cref="Script"/>.</param>
    /// <param name="consumer">Who sends.</param>
    /// <param name="watch">Shown the source's state and slots after every operation.</param>
    /// <exception cref="CouldNotRunException">The consumer needs two calls at once, and the source takes one after another.</exception>
    public static Outgoing Of(IImplementation source, Trace script, Consumer consumer, Action<IMachineState?, IReadOnlyCollection<Memslot>>? watch = null)
    {
        if (consumer.Has(ConsumerSteps.HasOneGetAtATime))
        {
            using IRun one = source.NewVm(hostHasCmma: true);
            return new SourceRun(one, machine: null, script, consumer, watch).Run();
        }

        if (source is not MachineImplementation inside)
        {
            throw new CouldNotRunException($"{source.Name} takes one call after another, and {consumer.Name} has two GETs at once: it needs a machine of this program");
        }

        IMachine reentered = inside.NewMachine(hostHasCmma: true);
        using MachineRun run = new(reentered);
        return new SourceRun(run, reentered, script, consumer, watch).Run();
    }

    private Outgoing Run()
    {
        while (next < script.Count && broken == null)
        {
            Operation operation = script[next].Operation;
            next++;
            Do(operation);
        }

        if (!isActive)
        {
            Begin();
        }

        Pass(isFinal: true);
        Memslot[] atEnd = [.. slots.Values.OrderBy(slot => slot.BaseGfn)];
        return new Outgoing(steps, parts, broken?.Kind == LossKind.Failed ? [] : PagesOf.All(vm, atEnd), endGfn, broken);
    }

    // The operations of a script; three of them are the consumer's.
    private void Do(Operation operation)
    {
        switch (operation)
        {
            case Operation.StartMigration when !isActive:
                Begin();
                break;
            case Operation.MigrationStatus when isActive:
                Pass(isFinal: false);
                break;
            case Operation.StopMigration when isActive:
                Call(operation);
                isActive = false;
                parts.Clear();
                break;
            case Operation.StartMigration or Operation.MigrationStatus or Operation.StopMigration:
                break;
            default:
                Guest(operation);
                break;
        }
    }

    private void Guest(Operation operation)
    {
        Record(operation, vm.Do(operation), byConsumer: false);
        bool restarts = operation switch
        {
            Operation.ClearCmma => consumer.Has(ConsumerSteps.RestartsAfterClear),
            Operation.Set => consumer.Has(ConsumerSteps.RestartsAfterSet),
            Operation.CreateSlot or Operation.DeleteSlot or Operation.MoveSlot or Operation.SetSlotFlags => consumer.Has(ConsumerSteps.RestartsAfterSlotChange),
            _ => false,
        };
        if (restarts && isActive && broken == null)
        {
            Call(new Operation.StopMigration());
            Begin();
        }
    }

    private void Begin()
    {
        isActive = true;
        pass = 0;
        parts.Clear(); // what was sent before is void: all pages are to be sent anew
        waitsForSlots = slots.Count == 0;
        if (waitsForSlots || broken != null)
        {
            return;
        }

        if (consumer.Has(ConsumerSteps.SetsUsed))
        {
            SetUsed();
        }

        Require(Call(new Operation.StartMigration()), "start");
    }

    // PEEK answers zeros where Used is off. Then every attribute is 0 still, and a SET that selects no bit changes none.
    private void SetUsed()
    {
        ulong gfn = slots.Values.Min(slot => slot.BaseGfn);
        if (Call(new Operation.Get(gfn, 1, (uint)CmmaFlags.Peek)).Zeroed)
        {
            Require(Call(new Operation.Set(gfn, 1, Flags: 0, Mask: 0, ByteRuns.Of([0]))), "SET");
        }
    }

    private void Pass(bool isFinal)
    {
        if (broken == null && waitsForSlots && slots.Count > 0)
        {
            Begin();
        }

        pass++;
        parts.Add([]);
        if (waitsForSlots || broken != null)
        {
            return;
        }

        if (consumer.Loop == ConsumerLoop.Qemu)
        {
            QemuPass();
        }
        else if (!isFinal && machine != null && TwoGetsAtOnce())
        {
            return;
        }
        else
        {
            PlainPass();
        }
    }

    private void QemuPass()
    {
        Repeats repeats = new(mostPages);
        Answered last = new(rememberedGfn, 0, 0);
        while (Get(last.FirstGfn) is { } answer)
        {
            last = answer;
            if (answer.Count == 0 && (answer.Remaining == 0 || !consumer.Has(ConsumerSteps.GoesOnUntilNothingRemains)))
            {
                break;
            }

            ulong remaining = answer.Count == 0 ? answer.Remaining : PeekRemaining(answer.Remaining);
            if (remaining == 0 || !MayGoOn(repeats, answer with { Remaining = remaining }))
            {
                break;
            }

            // The next search begins at the start that came back, not behind the block.
        }

        rememberedGfn = last.FirstGfn + last.Count;
    }

    // A PEEK of one page at page 0 only asks for remaining; if it fails, the number before it stands.
    private ulong PeekRemaining(ulong before)
    {
        Outcome peek = Call(new Operation.Get(0, 1, (uint)CmmaFlags.Peek));
        return peek.Result != Outcome.Ok ? before : peek.Zeroed ? 0 : peek.Remaining ?? 0;
    }

    private void PlainPass()
    {
        Repeats repeats = new(mostPages);
        while (Get(0) is { Remaining: > 0 } answer && consumer.Has(ConsumerSteps.GoesOnUntilNothingRemains) && MayGoOn(repeats, answer))
        {
            // the next block
        }
    }

    // One GET is held up when its block is taken and before it returns; meanwhile the guest goes on, and a second GET returns.
    private bool TwoGetsAtOnce()
    {
        bool wasHeld = false;
        Operation.Get get = new(0, BufferPages);
        Outcome outcome = HeldGet.Do(machine!, get, () =>
        {
            wasHeld = true;
            while (next < script.Count && broken == null && script[next].Operation is Operation.Essa or Operation.Touch or Operation.Evict)
            {
                Guest(script[next].Operation);
                next++;
            }

            PlainPass();
        });
        Record(get, outcome, byConsumer: true, returnedLate: wasHeld);
        return Answer(outcome) is { Remaining: 0 } || wasHeld;
    }

    private bool MayGoOn(Repeats repeats, Answered answer)
    {
        if (repeats.IsEndless(answer))
        {
            broken = new Broken(LossKind.Endless, $"GET answers count {answer.Count} with remaining {TraceWriter.Hex(answer.Remaining)} for ever");
        }

        return broken == null;
    }

    private Answered? Get(ulong startGfn) => Answer(Call(new Operation.Get(startGfn, BufferPages)));

    // What a GET answered, and its block on its way; null if it failed.
    private Answered? Answer(Outcome outcome)
    {
        if (!Require(outcome, "GET"))
        {
            return null;
        }

        if (outcome.Values.Length > 0)
        {
            parts[^1].Add(new Block(pass, outcome.StartGfn ?? 0, outcome.Values));
        }

        return outcome.Zeroed ? new Answered(0, 0, 0) : new Answered(outcome.StartGfn ?? 0, outcome.Count ?? 0, outcome.Remaining ?? 0);
    }

    private bool Require(Outcome outcome, string call)
    {
        if (outcome.Result != Outcome.Ok)
        {
            broken ??= new Broken(LossKind.Failed, $"{call} answers {outcome.Result}");
        }

        return broken == null;
    }

    private Outcome Call(Operation operation)
    {
        Outcome outcome = vm.Do(operation);
        Record(operation, outcome, byConsumer: true);
        return outcome;
    }

    private void Record(Operation operation, Outcome outcome, bool byConsumer, bool returnedLate = false)
    {
        steps.Add(new MigrationStep(operation, outcome, pass, byConsumer) { ReturnedLate = returnedLate });
        if (outcome.Result is Outcome.HostCrash or Outcome.LeaksMemory or Outcome.Exception)
        {
            broken ??= new Broken(LossKind.Failed, outcome.Breach ?? outcome.Result);
        }
        else if (outcome.Result == Outcome.Ok)
        {
            Follow(operation);
        }

        watch?.Invoke(vm.State, slots.Values);
    }

    private void Follow(Operation operation)
    {
        switch (operation)
        {
            case Operation.CreateSlot create:
                slots[create.Id] = new Memslot(create.Id, create.BaseGfn, create.Pages, create.DirtyLog);
                break;
            case Operation.MoveSlot move when slots.TryGetValue(move.Id, out Memslot slot):
                slots[move.Id] = slot with { BaseGfn = move.BaseGfn };
                break;
            case Operation.SetSlotFlags flags when slots.TryGetValue(flags.Id, out Memslot slot):
                slots[flags.Id] = slot with { DirtyLog = flags.DirtyLog };
                break;
            case Operation.DeleteSlot delete:
                slots.Remove(delete.Id);
                break;
            default:
                return;
        }

        endGfn = slots.Values.Select(slot => slot.BaseGfn + slot.Pages).Append(endGfn).Max();
        mostPages = Math.Max(mostPages, slots.Values.Aggregate(0UL, (sum, slot) => sum + slot.Pages));
    }

    private sealed record Answered(ulong FirstGfn, uint Count, ulong Remaining);

    /// <summary>Tells when the answers of a pass show that it never ends.</summary>
    private sealed class Repeats(ulong pages)
    {
        private Answered? last;
        private int same;
        private ulong answers;

        public bool IsEndless(Answered answer)
        {
            same = answer == last ? same + 1 : 1;
            last = answer;
            answers++;
            return same >= MostSameAnswers || answers > pages + MostGetsMore;
        }
    }

    private sealed class MachineRun(IMachine machine) : IRun
    {
        public IMachineState? State => machine as IMachineState;

        public Outcome Do(Operation operation) => Runner.Run(machine, operation);

        public void Dispose() => (machine as IDisposable)?.Dispose();
    }
}
