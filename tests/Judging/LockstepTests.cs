// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Conformance.Tests;
using Cmma.Traces;

namespace Cmma.Judging.Tests;

/// <summary>What the fuzzer says of answers that differ, and of a state that differs though every answer was the same.</summary>
public sealed class LockstepTests
{
    private static readonly Outcome Ok = new("ok");

    private static readonly ShowingMachine Machine = new();

    /// <summary>Each state differs in this field and in all below it.</summary>
    private static readonly (ShowingMachine Tested, string Says)[] States =
    [
        (Machine with { VcpuCount = 2 }, "vCPUs: expected 0, got 2"),
        (Machine with { Enabled = true }, "enabled: expected no, got yes"),
        (Machine with { Used = true }, "used: expected no, got yes"),
        (Machine with { Migrating = true }, "migrating: expected no, got yes"),
        (Machine with { Slots = [Slot(0, 256)] }, "number of slots: expected 0, got 1"),
    ];

    public static TheoryData<int> StateFields => [.. Enumerable.Range(0, States.Length)];

    [Theory]
    [InlineData("bug:B15", "kernel:6.12", """{"op":"clear_cmma"}""", "page 0x0: expected stable, resident, clean; got stable no-DAT, resident, clean")]
    public void A_difference_is_told_in_words(string tested, string right, string last, string says)
    {
        Trace trace = Spec.Trace(
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}""",
            """{"op":"enable_cmma"}""",
            """{"op":"create_vcpu"}""",
            """{"op":"essa","gfn":"0x0","orc":7}""",
            last);
        Divergence difference = new Lockstep(Implementations.Find(tested), Implementations.Find(right)).Run(trace)!;

        Assert.Equal((4, says), (difference.Step, difference.What));
        Assert.DoesNotContain("{", difference.What, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_same_differs_in_nothing_and_each_operation_is_told()
    {
        ShowingMachine right = Machine with { Slots = [Slot(0, 256)], DirtyGfn = 7 };
        List<(Operation Operation, Outcome Outcome, IMachineState? State)> told = [];
        Operation[] operations = [new Operation.EnableCmma(), new Operation.CreateVcpu(), new Operation.Touch(7)];
        Trace trace = new(HostHasCmma: true, [.. operations.Select(operation => new Step(operation))]);

        Assert.Null(new Lockstep(Of(right with { }), Of(right)).Run(trace, (operation, outcome, state) => told.Add((operation, outcome, state))));
        Assert.Equal(operations, told.Select(each => each.Operation));
        Assert.All(told, each => Assert.Equal(Ok, each.Outcome));
        Assert.All(told, each => Assert.Same(right, each.State));
    }

    [Theory]
    [MemberData(nameof(StateFields))]
    public void A_field_of_the_state_that_differs_is_told(int field)
    {
        (ShowingMachine tested, string says) = States[field];

        Assert.Equal(new Divergence(0, says), Run(tested, Machine));
    }

    [Fact]
    public void Of_many_fields_that_differ_the_first_is_told()
    {
        ShowingMachine tested = new() { VcpuCount = 2, Enabled = true, Used = true, Migrating = true, Slots = [Slot(0, 256)] };
        Func<ShowingMachine, ShowingMachine>[] corrections =
        [
            each => each with { VcpuCount = 0 }, each => each with { Enabled = false }, each => each with { Used = false }, each => each with { Migrating = false },
            each => each with { Slots = [] },
        ];
        List<string> told = [];
        foreach (Func<ShowingMachine, ShowingMachine> correct in corrections)
        {
            told.Add(Run(tested, Machine)!.What);
            tested = correct(tested);
        }

        Assert.Equal(States.Select(state => state.Says), told);
        Assert.Null(Run(tested, Machine));
    }

    [Fact]
    public void A_slot_that_differs_is_told()
    {
        ShowingMachine right = Machine with { Slots = [Slot(0, 256), Slot(0x200, 256)] };
        ShowingMachine tested = Machine with { Slots = [Slot(0, 256), Slot(0x200, 512)] };

        Assert.Equal(
            new Divergence(0, "slots: expected slot 0: gfn 0x200, 256 pages, dirty log off; got slot 0: gfn 0x200, 512 pages, dirty log off"),
            Run(tested, right));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(599)]
    public void A_page_that_differs_is_told_wherever_it_lies(int page)
    {
        ulong gfn = 0x1000 + (ulong)page;
        ShowingMachine right = Machine with { Slots = [Slot(0, 256), Slot(0x1000, 600)], DirtyGfn = gfn };

        Assert.Equal(
            new Divergence(2, $"page 0x{gfn:x}: expected stable, resident, dirty; got stable, resident, clean") { Gfn = gfn },
            Run(right with { DirtyGfn = null }, right, steps: 3));
    }

    [Fact]
    public void Every_page_is_looked_at_once_and_none_beside_the_slots()
    {
        ShowingMachine right = Machine with { Slots = [Slot(0x100, 512), Slot(0x1000, 300)], Looks = [] };
        ShowingMachine tested = right with { Looks = [] };

        Assert.Null(Run(tested, right));
        Assert.Equal([(0x100, 256), (0x200, 256), (0x1000, 256), (0x1100, 44)], right.Looks);
        Assert.Equal(right.Looks, tested.Looks);
    }

    [Theory]
    [InlineData(128, 3, 0)]
    [InlineData(129, 3, 2)]
    [InlineData(129, 64, 63)]
    [InlineData(129, 65, 63)]
    [InlineData(129, 200, 63)]
    public void The_pages_of_a_large_memory_are_looked_at_after_64_operations_and_at_the_end(ulong pages, int steps, int found)
    {
        ShowingMachine right = Machine with { Slots = [Slot(0, 128), Slot(0x100, pages)] };

        Assert.Equal(found, Run(right with { DirtyGfn = 0 }, right, steps)!.Step);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(128, 2)]
    [InlineData(130, 3)]
    public void They_are_looked_at_no_more_often(int steps, int looks)
    {
        ShowingMachine right = Machine with { Slots = [Slot(0, 256), Slot(0x100, 1)], Looks = [] };

        Assert.Null(Run(right with { Looks = [] }, right, steps));
        Assert.Equal(looks, right.Looks.Count(look => look.FirstGfn == 0));
    }

    [Fact]
    public void A_state_that_only_one_shows_is_not_compared()
    {
        ShowingMachine shows = Machine with { VcpuCount = 1 };

        Assert.Null(Run(shows, new LyingMachine()));
        Assert.Null(Run(new LyingMachine(), shows));
    }

    [Fact]
    public void An_answer_that_differs_is_told()
    {
        Outcome answer = Ok with { StartGfn = 0, Count = 1, Remaining = 0, Values = new byte[] { 1 } };

        Assert.Equal(new Divergence(0, "result: expected ok, got 5"), Run(new LyingMachine { Result = 5 }, new LyingMachine()));
        Assert.Equal(new Divergence(1, "values[0]: expected 01, got 02"), Run([Ok, answer with { Values = new byte[] { 2 } }], [Ok, answer]));
        Assert.Equal(new Divergence(1, "remaining: expected 0x0, got 0x1"), Run([Ok, answer with { Remaining = 1 }], [Ok, answer]));
        Assert.Equal(new Divergence(0, "the outcomes differ"), Run([Ok with { Values = new byte[] { 1 } }], [Ok]));
        Assert.Null(Run([Ok, answer with { Values = new byte[] { 1 } }], [Ok, answer]));
    }

    [Fact]
    public void A_breach_of_either_is_told_and_the_same_breach_is_no_difference()
    {
        Outcome breach = Ok with { Breach = "a breach" };

        Assert.Equal(new Divergence(0, "a breach"), Run([breach], [Ok]));
        Assert.Equal(new Divergence(0, "a breach"), Run([Ok], [breach]));
        Assert.Equal(new Divergence(0, "a breach"), Run([new Outcome("EINVAL")], [breach]));
        Assert.Equal(new Divergence(0, "a breach"), Run([Ok with { Breach = "another" }], [breach]));
        Assert.Null(Run([breach], [breach]));
    }

    [Fact]
    public void One_in_another_process_is_asked_the_whole_trace_at_once()
    {
        Scripted tested = new(new Answer([Ok, Ok, Ok]));

        Assert.Null(new Lockstep(tested, Of(Machine)).Run(Trace(3)));
        Assert.Equal(3, Assert.Single(tested.Asked).Operations.Count);
    }

    [Fact]
    public void An_answer_that_does_not_come_is_a_difference()
    {
        Assert.Equal(new Divergence(2, "ends"), new Lockstep(new Scripted(new Answer([Ok, Ok], "ends")), Of(Machine)).Run(Trace(3)));
        Assert.Equal(new Divergence(0, "no answer"), new Lockstep(new Scripted(new Answer([])), Of(Machine)).Run(Trace(1)));
        Assert.Equal(new Divergence(1, "ends"), new Lockstep(Of(Machine), new Scripted(new Answer([Ok], "ends") { Located = true })).Run(Trace(3)));
    }

    [Fact]
    public void Where_it_is_not_known_which_operation_ends_it_the_difference_is_of_the_whole_trace()
    {
        Assert.Equal(new Divergence(2, "ends"), new Lockstep(new Scripted(new Answer([], "ends")), Of(Machine)).Run(Trace(3)));
        Assert.Equal(new Divergence(2, "ends"), new Lockstep(Of(Machine), new Scripted(new Answer([Ok], "ends"))).Run(Trace(3)));
        Assert.Equal(new Divergence(0, "ends"), new Lockstep(new Scripted(new Answer([], "ends") { Located = true }), Of(Machine)).Run(Trace(3)));
        Assert.Equal(0, new Lockstep(new Scripted(new Answer([new Outcome("EBUSY")], "ends")), Of(Machine)).Run(Trace(3))!.Step); // wrong before it ends
    }

    [Fact]
    public void A_struct_that_only_one_of_them_shows_is_no_difference()
    {
        Outcome shows = Ok with { Struct = new KvmS390CmmaLog(0, 1, 0, 0, 0) };

        Assert.Null(Run([Ok], [shows]));
        Assert.Null(Run([shows], [Ok]));
        Assert.Null(Run([shows], [shows]));
        Assert.Equal(new Divergence(0, "the outcomes differ"), Run([shows with { Struct = new KvmS390CmmaLog(0, 2, 0, 0, 0) }], [shows]));
    }

    [Fact]
    public void Where_neither_answers_the_outcome_is_none()
    {
        List<Outcome> told = [];

        Assert.Null(new Lockstep(new Scripted(new Answer([])), new Scripted(new Answer([]))).Run(Trace(1), (_, outcome, _) => told.Add(outcome)));
        Assert.Equal([new Outcome("none") { Breach = "no answer" }], told);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    public void Both_machines_are_disposed_of_whether_they_differ_or_not(ulong vcpus)
    {
        ShowingMachine right = new();
        ShowingMachine tested = new() { VcpuCount = vcpus };

        Assert.Equal(vcpus == 0, Run(tested, right) == null);
        Assert.True(right.Disposed);
        Assert.True(tested.Disposed);
    }

    [Fact]
    public void No_trace_is_refused_by_name() =>
        Assert.Equal("trace", Assert.Throws<ArgumentNullException>(() => new Lockstep(Of(Machine), Of(Machine)).Run(null!)).ParamName);

    private static Memslot Slot(ulong baseGfn, ulong pages) => new(0, baseGfn, pages, DirtyLog: false);

    private static Trace Trace(int steps) => new(HostHasCmma: true, [.. Enumerable.Repeat(new Step(new Operation.EnableCmma()), steps)]);

    private static MachineImplementation Of(IMachine machine) => new("machine", [], _ => machine);

    private static Divergence? Run(IMachine tested, IMachine right, int steps = 1) => new Lockstep(Of(tested), Of(right)).Run(Trace(steps));

    private static Divergence? Run(Outcome[] tested, Outcome[] right) =>
        new Lockstep(new Scripted(new Answer(tested)), new Scripted(new Answer(right))).Run(Trace(right.Length));

    /// <summary>Answers whatever it is asked with this.</summary>
    private sealed class Scripted(Answer answer) : IImplementation
    {
        public List<Question> Asked { get; } = [];

        public string Name => "scripted";

        public IReadOnlyList<Capability> Capabilities => [];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
        {
            Asked.AddRange(questions);
            return [answer];
        }
    }
}
