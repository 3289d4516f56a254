// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Properties.Tests;
using Cmma.Reference;

namespace Cmma.Equivalence.Tests;

/// <summary>Every order of the atomic steps of concurrent calls keeps the promises of spec/clauses/concurrency.md.</summary>
public sealed class InterleavingTests
{
    // The value is read before the marks are taken.
    internal static readonly Planted[] ReadsBeforeItTakes = [
        new("Get.cs", "            end = first == NoPage ? NoPage : TakeBlock(", """
                        if (table.Holding(first) is { } early)
                        {
                            Steps.Reach(Step.ValuesAreRead);
                            earlyFirst = first;
                            earlyValues = early.Attributes(first - early.BaseGfn, (int)Math.Min(count, early.EndGfn - first)).ToArray();
                        }

                        end = first == NoPage ? NoPage : TakeBlock(
            """),
        new("Get.cs", "user.Write(address, slot.Attributes(page, range.Length))", """
            user.Write(address, earlyValues != null && earlyFirst == range.First ? earlyValues.AsSpan(0, range.Length) : slot.Attributes(page, range.Length))
            """),
        new("Get.cs", "    /// <summary>KVM_S390_GET_CMMA_BITS.</summary>", """
                [ThreadStatic] private static byte[]? earlyValues;
                [ThreadStatic] private static ulong earlyFirst;

            """),
    ];

    private const ulong InStripe64 = 64 * 4096;
    private const ulong InStripe65 = 65 * 4096;

    private static readonly string[] WithSteps = ["STEPS"];
    private static readonly Lazy<PlantedMachine> Right = new(() => new PlantedMachine(WithSteps));

    [Theory]
    [Clause("CONCURRENCY-1")]
    [InlineData(false)]
    [InlineData(true)]
    public void Essa_beside_Get_loses_no_mark(bool marked)
    {
        List<string> broken = [];
        int orders = RunEssaBesideGet(Right.Value, marked, broken);
        TestContext.Current.SendDiagnosticMessage($"{orders} orders");
        Assert.Empty(broken);
        Assert.True(orders > 20);
    }

    [Fact]
    public void Reading_the_value_before_the_mark_is_taken_loses_one()
    {
        List<string> broken = [];
        RunEssaBesideGet(new PlantedMachine(WithSteps, ReadsBeforeItTakes), marked: true, broken);
        Assert.NotEmpty(broken);
    }

    [Fact]
    public void Two_Essas_beside_Get_lose_no_mark()
    {
        PlantedMachine planted = Right.Value;
        Vm vm = null!;
        int orders = Interleavings.RunAll(
            planted,
            () =>
            {
                vm = new Vm(planted, pages: 2);
                vm.Drain();
                return [() => vm.Machine.Essa(0, 2), () => vm.Machine.Essa(1, 7), vm.Get];
            },
            order =>
            {
                Assert.Null(vm.LostMark(order));
                return true;
            },
            maxPreemptions: 2);
        TestContext.Current.SendDiagnosticMessage($"{orders} orders");
    }

    [Theory]
    [Clause("CONCURRENCY-3")]
    [InlineData(0x01, 0x00UL)]
    [InlineData(0x01, 0x01UL)]
    [InlineData(0x01, 0x40UL)]
    [InlineData(0x01, 0x43UL)] // what ESSA gives the page too
    [InlineData(0x03, 0x43UL)] // what ESSA does not, so that r1 shows whose turn came first
    public void Set_beside_Essa_gives_what_one_of_the_orders_gives(byte value, ulong selected) => AssertUnbroken(RunBesideEssa(Right.Value, machine => Set(machine, value, selected << PageAttributes.PgsteShift)));

    [Fact]
    [Clause("CONCURRENCY-3")]
    public void Clear_beside_Essa_gives_what_one_of_the_orders_gives() => AssertUnbroken(RunBesideEssa(Right.Value, machine => machine.ClearCmma()));

    [Fact]
    [Clause("CONCURRENCY-3")]
    public void Evict_beside_Essa_gives_what_one_of_the_orders_gives() => AssertUnbroken(RunBesideEssa(Right.Value, machine => machine.Evict(0)));

    [Fact]
    [Clause("CONCURRENCY-5")]
    public void Stop_beside_Essa_leaves_no_mark()
    {
        List<string> broken = [];
        int orders = RunEssaBesideStop(Right.Value, broken);
        TestContext.Current.SendDiagnosticMessage($"{orders} orders");
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("StopMigration.cs", "            Steps.Reach(Step.ModeChanges);\n            migrating = false; // STOP-MIGRATION-2, and first: whoever passes a gate after UnmarkAll sees it\n            UnmarkAll(slots);", "            UnmarkAll(slots);\n            Steps.Reach(Step.ModeChanges);\n            migrating = false;")]
    [InlineData("Essa.cs", "        slot.Enter(page);\n        bool isMigrating = migrating;", "        bool isMigrating = migrating;\n        slot.Enter(page);")]
    public void Stop_in_the_wrong_order_leaves_one(string file, string old, string wrong)
    {
        List<string> broken = [];
        RunEssaBesideStop(new PlantedMachine(WithSteps, new Planted(file, old, wrong)), broken);
        Assert.NotEmpty(broken);
    }

    [Fact]
    public void Essa_that_reads_its_answer_before_the_gate_answers_what_no_order_gives()
    {
        PlantedMachine planted = new(
            WithSteps,
            new Planted("Essa.cs", "        slot.Enter(page);", "        PageState early = slot.StateOf(page);\n        slot.Enter(page);"),
            new Planted("Essa.cs", "        r1 = slot.ChangeState(page, orc);", "        slot.ChangeState(page, orc);\n        r1 = PageStates.Pack(early.Attributes, early.Content);"));
        Action<IMachine>[] calls = [machine => Set(machine, 0x03, 0x43UL << PageAttributes.PgsteShift), machine => machine.ClearCmma(), machine => machine.Evict(0)];
        Assert.All(calls, call => Assert.NotEmpty(RunBesideEssa(planted, call)));
    }

    [Fact]
    [Clause("CONCURRENCY-1")]
    public void Get_that_empties_a_word_of_the_summary_beside_Essa_hides_no_mark()
    {
        List<string> broken = [];
        int orders = RunEssaBesideEmptying(Right.Value, broken);
        TestContext.Current.SendDiagnosticMessage($"{orders} orders");
        Assert.Empty(broken);
    }

    [Fact]
    public void Without_the_second_look_it_hides_one()
    {
        Planted planted = new("StripeSummary.cs", "if (level > 0 && IsChildInUse(level, position))", "if (level > 1 && IsChildInUse(level, position))");
        List<string> broken = [];
        RunEssaBesideEmptying(new PlantedMachine(WithSteps, planted), broken);
        Assert.NotEmpty(broken);
    }

    /// <summary>The mutants that mutation/equivalent.json says to be seen here: with one thread alone they do the same.</summary>
    public static TheoryData<string, string, string, string> Mutants => MutantsShownHere.By(nameof(InterleavingTests));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mutant_that_only_other_threads_can_see_is_seen(string file, string line, string old, string wrong) =>
        Assert.All(MutantsShownHere.Planted(WithSteps, file, line, old, wrong), planted => Assert.Contains(Scenarios, scenario => scenario(planted).Count > 0));

    // Each gives the orders that break a promise, or the first of them.
    private static readonly Func<PlantedMachine, List<string>>[] Scenarios =
    [
        planted => RunBesideEssa(planted, machine => Set(machine, 0x01, 0x40UL << PageAttributes.PgsteShift)),
        planted => RunBesideEssa(planted, machine => machine.ClearCmma()),
        planted => RunBesideEssa(planted, machine => machine.Evict(0)),
        planted => Broken(broken => RunEssaBesideStop(planted, broken)),
        planted => Broken(broken => RunEssaBesideGet(planted, marked: false, broken)),
        planted => Broken(broken => RunEssaBesideEmptying(planted, broken)),
    ];

    private static void AssertUnbroken(List<string> broken) => Assert.Empty(broken);

    private static List<string> Broken(Action<List<string>> run)
    {
        List<string> broken = [];
        run(broken);
        return broken;
    }

    // What the page is after both, and what ESSA saw, must be what comes of one and then the other on the reference. The page has attributes that each call reads.
    private static List<string> RunBesideEssa(PlantedMachine planted, Action<IMachine> call)
    {
        EssaResult seen = default;
        void Essa(IMachine machine) => seen = machine.Essa(0, 2);
        (PageState, EssaResult)[] right = [.. new Action<IMachine>[][] { [Essa, call], [call, Essa] }.Select(calls =>
        {
            ReferenceMachine reference = new();
            Begin(reference);
            Array.ForEach(calls, each => each(reference));
            return (reference.Page(0), seen);
        })];
        List<string> broken = [];
        IMachine machine = null!;
        Interleavings.RunAll(
            planted,
            () =>
            {
                machine = planted.NewMachine(hostHasCmma: true);
                Begin(machine);
                return [() => call(machine), () => Essa(machine)];
            },
            order =>
            {
                PageState state = ((IMachineState)machine).Page(0);
                (machine as IDisposable)?.Dispose();
                return AddTo(broken, right.Contains((state, seen)) ? null : $"{state}, r1 {seen.R1:x2}: {order}");
            });
        return broken;
    }

    private static void Begin(IMachine machine)
    {
        machine.CreateSlot(0, 0, 1, dirtyLog: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.Essa(0, 7); // stable, no-DAT
    }

    private static void Set(IMachine machine, byte value, ulong mask)
    {
        Caller setter = new(1);
        setter.Values[0] = value;
        setter.Set(machine, 0, 1, mask);
    }

    private static int RunEssaBesideGet(PlantedMachine planted, bool marked, List<string> broken)
    {
        Vm vm = null!;
        return Interleavings.RunAll(
            planted,
            () =>
            {
                vm = new Vm(planted, pages: 2);
                vm.Drain();
                vm.Machine.Essa(1, 1); // GET finds a mark in any case
                if (marked)
                {
                    vm.Machine.Essa(0, 1);
                }

                return [() => vm.Machine.Essa(0, 2), vm.Get];
            },
            order => AddTo(broken, vm.LostMark(order)));
    }

    private static int RunEssaBesideStop(PlantedMachine planted, List<string> broken)
    {
        Vm vm = null!;
        return Interleavings.RunAll(
            planted,
            () =>
            {
                vm = new Vm(planted, pages: 1);
                vm.Drain();
                return [() => vm.Machine.Essa(0, 2), () => vm.Machine.StopMigration()];
            },
            order =>
            {
                bool right = !vm.State.Page(0).Dirty && vm.Remaining() == 0 && vm.Machine.StartMigration() == 0 && vm.Remaining() == 1;
                return AddTo(broken, right ? null : order);
            });
    }

    // The first one is enough.
    private static bool AddTo(List<string> broken, string? order)
    {
        if (order != null)
        {
            broken.Add(order);
        }

        return order == null;
    }

    // Stripes 64 and 65, in the second word of the summary: GET takes the only mark, in the one, while ESSA marks a page of the other.
    private static int RunEssaBesideEmptying(PlantedMachine planted, List<string> broken)
    {
        Vm vm = null!;
        return Interleavings.RunAll(
            planted,
            () =>
            {
                vm = new Vm(planted, pages: InStripe65 + 1);
                vm.Drain();
                vm.Machine.Essa(InStripe64, 1);
                return [() => vm.Machine.Essa(InStripe65, 2), vm.Get];
            },
            order => AddTo(broken, vm.LostMark(order)),
            maxPreemptions: 3);
    }

    /// <summary>A VM that migrates, and what its target has.</summary>
    private sealed class Vm
    {
        private static readonly Caller caller = new((int)Limits.MaxCount); // one for all: a megabyte for each order costs more than the order
        private readonly Dictionary<ulong, byte> target = [];

        public Vm(PlantedMachine planted, ulong pages)
        {
            Machine = planted.NewMachine(hostHasCmma: true);
            Machine.CreateSlot(0, 0, pages, dirtyLog: true);
            Machine.EnableCmma();
            Machine.CreateVcpu();
            Machine.Essa(0, 0);
            Machine.StartMigration();
        }

        public IMachine Machine { get; }

        public IMachineState State => (IMachineState)Machine;

        public void Get() => TryGet();

        public void Drain()
        {
            while (TryGet())
            {
                // a block at a time
            }
        }

        public byte Attributes(ulong gfn) => State.Page(gfn).Attributes;

        public ulong Remaining()
        {
            caller.Get(Machine, 0, 1, CmmaFlags.Peek, out KvmS390CmmaLog answer);
            return answer.RemainingOrMask;
        }

        /// <summary>Drains the source at rest; a page whose value the target does not have then was lost.</summary>
        public string? LostMark(string order)
        {
            ulong dirty = (ulong)new ulong[] { 0, 1, InStripe64, InStripe65 }.Count(gfn => State.Page(gfn).Dirty);
            string? wrong = Remaining() == dirty ? null : $"remaining is {Remaining()}, {dirty} pages are dirty: {order}";
            Drain();
            ulong[] lost = [.. new ulong[] { 0, 1, InStripe64, InStripe65 }.Where(gfn => target.GetValueOrDefault(gfn) != Attributes(gfn) || State.Page(gfn).Dirty)];
            (Machine as IDisposable)?.Dispose();
            return wrong ?? (lost.Length == 0 ? null : $"page {lost[0]}: {order}");
        }

        private bool TryGet()
        {
            int result = caller.Get(Machine, 0, (int)Limits.MaxCount, CmmaFlags.None, out KvmS390CmmaLog answer);
            if (result != 0 || answer == default)
            {
                return false;
            }

            for (ulong index = 0; index < Math.Min(answer.Count, 2UL); index++)
            {
                target[answer.StartGfn + index] = caller.Values[(int)index];
            }

            return true;
        }
    }
}
