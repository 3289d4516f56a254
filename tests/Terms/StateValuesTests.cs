// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Proofs.Model;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;
using Cmma.Traces;

namespace Cmma.Terms.Tests;

/// <summary>Each field of a state, a call and an answer becomes the model's field of the same name, and no other.</summary>
public sealed class StateValuesTests
{
    private static readonly Definitions Model = Definitions.ReadFolder(Path.Combine(SpecFolder.Find().Path, "smt", "model"));

    private static readonly Lazy<StateValues> Values = new(() => new StateValues(Model));

    private static Call AnyCall => new()
    {
        Operation = OperationKind.CreateSlot,
        Id = Ask.Word("id"),
        BaseGfn = Ask.Word("base"),
        Pages = Ask.Word("pages"),
        DirtyLog = Ask.Truth("log"),
        Gfn = Ask.Word("gfn"),
        Orc = Ask.Word("orc"),
        StartGfn = Ask.Word("start"),
        Count = Ask.Word("count"),
        Flags = Ask.Word("flags"),
        RemainingOrMask = Ask.Word("mask"),
        Values = Ask.Word("address"),
        ArgumentIsReadable = Ask.Truth("readable"),
        ArgumentIsWritable = Ask.Truth("writable"),
        Allocates = Ask.Truth("allocates"),
        BufferBytes = Ask.Word("bytes"),
        Buffer = Term.Leaf("buffer-of-the-call", Sort.Bytes),
    };

    private static CallResult AnyAnswer => new()
    {
        Outcome = "EFAULT",
        R1 = Ask.Octet("r1"),
        Migrating = Ask.Truth("is-migrating"),
        Log = [Ask.Word("start-after"), Ask.Word("count-after"), Ask.Word("flags-after"), Ask.Word("remaining-after"), Ask.Word("address-after")],
        Values = [Ask.Octet("value-0"), Ask.Octet("value-1")],
        First = Ask.Word("first", 0, 1UL << 52),
        Length = Ask.Word("length", 1, 1UL << 20),
    };

    [Theory]
    [InlineData("host-has-cmma", "host")]
    [InlineData("vcpu-count", "vcpus")]
    [InlineData("enabled", "is-enabled")]
    [InlineData("used", "is-used")]
    [InlineData("migrating", "is-migrating")]
    public void A_field_of_the_state_is_the_models_field(string field, string symbol)
    {
        Ask.Path();
        Assert.Equal(symbol, Text(Field(Values.Value.State(AnyState()), field)));
    }

    [Fact]
    public void A_state_has_the_fields_that_the_model_has_in_their_order() => Assert.Equal(
        ["host-has-cmma", "vcpu-count", "enabled", "used", "migrating", "slots", "exist", "attributes", "content", "dirty"], Model.Constructors["state"]);

    [Fact]
    public void A_slot_stands_at_its_id_and_none_at_another()
    {
        Ask.Path();
        RecordValue state = Values.Value.State(AnyState());
        Assert.Equal("slot 16 3 log-0", Text(At(state, "slots", 7)));
        Assert.Equal("slot 19 1 log-1", Text(At(state, "slots", 2)));
        Assert.Equal("no-slot", Text(At(state, "slots", 0)));
    }

    [Fact]
    public void The_pages_of_the_slots_exist_and_no_others()
    {
        Ask.Path();
        RecordValue state = Values.Value.State(AnyState());
        Assert.Equal([16, 17, 18, 19], Enumerable.Range(0, 64).Where(page => Text(At(state, "exist", (ulong)page)) == "true"));
        Assert.All(Enumerable.Range(0, 64), page => Assert.Contains(Text(At(state, "exist", (ulong)page)), (string[])["true", "false"]));
    }

    [Fact]
    public void Each_map_of_pages_is_the_models_array()
    {
        Ask.Path();
        RecordValue state = Values.Value.State(AnyState());
        Assert.Equal("attribute", Text(At(state, "attributes", 17)));
        Assert.Equal("#x00", Text(At(state, "attributes", 18)));
        Assert.Equal("held", Text(At(state, "content", 18)));
        Assert.Equal("#x00", Text(At(state, "content", 17)));
        Assert.Equal("mark", Text(At(state, "dirty", 19)));
        Assert.Equal("false", Text(At(state, "dirty", 17)));
    }

    [Fact]
    public void What_is_known_of_a_truth_value_is_put_in()
    {
        Exploration path = Ask.Path();
        path.Facts.Learn(Ask.Truth("is-used").Term, value: false);
        Assert.Equal("false", Text(Field(Values.Value.State(AnyState()), "used")));
    }

    [Theory]
    [InlineData("create-vcpu", "nothing")]
    [InlineData("create-slot", "create-slot-of id base pages log allocates")]
    [InlineData("set-slot-flags", "set-slot-flags-of id log")]
    [InlineData("move-slot", "move-slot-of id base allocates")]
    [InlineData("delete-slot", "delete-slot-of id allocates")]
    [InlineData("start-migration", "nothing")]
    [InlineData("touch", "touch-of gfn")]
    [InlineData("evict", "evict-of gfn")]
    [InlineData("essa", "essa-of gfn orc")]
    [InlineData("get", "get-of (log start count flags mask address) readable writable allocates bytes buffer-of-the-call")]
    [InlineData("peek", "get-of (log start count flags mask address) readable writable allocates bytes buffer-of-the-call")]
    [InlineData("set", "set-of (log start count flags mask address) readable allocates bytes buffer-of-the-call")]
    public void The_arguments_of_a_call_are_those_of_its_operation(string operation, string arguments)
    {
        Ask.Path();
        Assert.Equal(arguments, Text(Values.Value.Arguments(operation, AnyCall)));
    }

    [Theory]
    [InlineData("create-vcpu", "nothing")]
    [InlineData("set-slot-flags", "nothing")]
    [InlineData("migration-status", "migration-status-returns is-migrating")]
    [InlineData("essa", "essa-returns r1")]
    [InlineData("set", "set-returns (log start-after count-after flags-after remaining-after address-after) length")]
    public void The_answer_of_a_call_is_that_of_its_operation(string operation, string answer)
    {
        Ask.Path();
        Assert.Equal(answer, Text(Values.Value.Result(operation, AnyCall, AnyAnswer)));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("peek")]
    public void The_answer_of_a_walk_is_the_struct_the_bytes_and_where_it_went(string operation)
    {
        Ask.Path();
        RecordValue answer = Values.Value.Result(operation, AnyCall, AnyAnswer);
        Assert.Equal("get-returns", answer.Constructor);
        Assert.Equal("log start-after count-after flags-after remaining-after address-after", Text(Field(answer, "get-log-after")));
        Assert.Equal("first", Text(Field(answer, "get-first")));
        Assert.Equal(Text(new WordValue(Ask.Word("first", 0, 1UL << 52) + Ask.Word("length", 1, 1UL << 20) - 1)), Text(Field(answer, "get-last")));
        ArrayValue bytes = (ArrayValue)Field(answer, "get-buffer-after");
        Assert.Equal(["value-0", "value-1", "(select buffer-of-the-call 2)"], Enumerable.Range(0, 3).Select(index => Text(bytes.Select(new WordValue((ulong)index)))));
    }

    [Fact]
    public void An_outcome_is_the_models_of_that_name() => Assert.Equal("EFAULT", Text(StateValues.Outcome(AnyAnswer)));

    [Theory]
    [InlineData("resident", PageContent.Resident)]
    [InlineData("preserved", PageContent.Preserved)]
    [InlineData("logically-zero", PageContent.LogicallyZero)]
    [InlineData("slot", null)]
    public void A_content_has_the_references_code(string name, PageContent? code) => Assert.Equal((byte?)code, StateValues.Content(name));

    [Fact]
    public void A_slot_has_as_many_pages_as_are_known()
    {
        Exploration path = Ask.Path();
        Word pages = Ask.Word("pages", 0, 2000);
        SlotState slot = new(1, Ask.Word("begin", 0, 1UL << 52), pages, true);
        Assert.Equal("a slot of which it is not known how many pages it has", Assert.Throws<NotSupportedException>(() => StateValues.PagesOf(slot).Count()).Message);
        path.Facts.Learn((pages > 3).Term, value: true);
        Assert.Throws<NotSupportedException>(() => StateValues.EndOf(slot)); // not below is not enough
        path.Facts.Learn((pages < 5).Term, value: true);
        Assert.Equal(["begin", "(+ begin 1)", "(+ begin 2)", "(+ begin 3)"], StateValues.PagesOf(slot).Select(page => page.Term.ToString()));
        Assert.Equal("(+ begin 4)", StateValues.EndOf(slot).Term.ToString());
        Assert.Equal("(+ begin 2000)", StateValues.EndOf(slot with { Pages = 2000 }).Term.ToString());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void Pages_are_counted_up_to_a_thousand(ulong count, bool counted)
    {
        Exploration path = Ask.Path();
        Word pages = Ask.Word("pages", 0, 2000);
        path.Facts.Learn((pages == count).Term, value: true);
        SlotState slot = new(1, 0, pages, true);
        Assert.Equal(counted ? count : null, Record.Exception(() => StateValues.EndOf(slot)) is null ? StateValues.EndOf(slot).Constant : null);
    }

    [Fact]
    public void A_field_of_the_model_without_counterpart_is_refused()
    {
        Ask.Path();
        Definitions more = new();
        more.Read("(declare-datatypes ((Log 0)) (((log (start-gfn Gfn) (count Gfn) (flags Gfn) (remaining-or-mask Gfn) (values-address Gfn)))))\n(declare-datatypes ((touch-arguments 0)) (((touch-of (touch-gfn Gfn) (touch-hard Bool)))))\n(declare-datatypes ((touch-result 0)) (((touch-returns (touch-done Bool)))))");
        StateValues values = new(more);
        Assert.Contains("touch-hard has no counterpart", Assert.Throws<NotSupportedException>(() => values.Arguments("touch", AnyCall)).Message, StringComparison.Ordinal);
        Assert.Contains("touch-done has no counterpart", Assert.Throws<NotSupportedException>(() => values.Result("touch", AnyCall, AnyAnswer)).Message, StringComparison.Ordinal);
        // Without a struct there is nothing that a walk could have answered.
        CallResult bare = AnyAnswer;
        bare.Log = [];
        Assert.Throws<NotSupportedException>(() => Values.Value.Result("set", AnyCall, bare));
    }

    private static MachineState AnyState()
    {
        MachineState state = new()
        {
            HostHasCmma = Ask.Truth("host"), VcpuCount = Ask.Word("vcpus"), Enabled = Ask.Truth("is-enabled"), Used = Ask.Truth("is-used"), Migrating = Ask.Truth("is-migrating"),
        };
        state.Slots.Add(new SlotState(7, 16, 3, Ask.Truth("log-0")));
        state.Slots.Add(new SlotState(2, 19, 1, Ask.Truth("log-1")));
        state.Attributes[17] = Ask.Octet("attribute");
        state.Content[18] = Ask.Octet("held");
        state.Dirty[19] = Ask.Truth("mark");
        return state;
    }

    private static Value Field(RecordValue record, string field) => record.Fields[Model.Constructors[record.Constructor].ToList().IndexOf(field)];

    private static Value At(RecordValue state, string field, ulong index) => ((ArrayValue)Field(state, field)).Select(new WordValue(index));

    private static string Text(Value value) => value switch
    {
        TruthValue truth => truth.Term.ToString(),
        WordValue word => word.Word.Term.ToString(),
        OctetValue octet => octet.Octet.Term.ToString(),
        SymbolArray array => array.Array.ToString(),
        RecordValue record => string.Join(' ', record.Fields.Select(field => field is RecordValue { Fields.Count: > 0 } ? $"({Text(field)})" : Text(field)).Prepend(record.Constructor)),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
