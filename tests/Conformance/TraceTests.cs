// SPDX-License-Identifier: MIT
using Cmma.Generators;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

public sealed class TraceTests
{
    public static TheoryData<string> EveryOperation { get; } =
    [
        """{"op":"create_vcpu"}""",
        """{"op":"create_slot","id":7,"base_gfn":"0x100","pages":"0x200","dirty_log":true}""",
        """{"op":"create_slot","id":4294967295,"base_gfn":"0xffffffffffffffff","pages":"0x0","dirty_log":false}""",
        """{"op":"set_slot_flags","id":7,"dirty_log":false}""",
        """{"op":"move_slot","id":7,"base_gfn":"0x1000"}""",
        """{"op":"delete_slot","id":7}""",
        """{"op":"enable_cmma"}""",
        """{"op":"clear_cmma"}""",
        """{"op":"start_migration"}""",
        """{"op":"stop_migration"}""",
        """{"op":"migration_status"}""",
        """{"op":"touch","gfn":"0x5"}""",
        """{"op":"evict","gfn":"0x5"}""",
        """{"op":"essa","gfn":"0x5","orc":4294967295}""",
        """{"op":"essa","gfn":"0x5","orc":1,"pages":65536}""",
        """{"op":"essa_begin","gfn":"0x5","orc":4294967295}""",
        """{"op":"essa_end"}""",
        """{"op":"get","start_gfn":"0x0","count":512}""",
        """{"op":"get","start_gfn":"0x1","count":4294967295,"flags":"0xffffffff","remaining":"0xffffffffffffffff","buffer_bytes":0,"argument":"unreadable","allocation":"fails"}""",
        """{"op":"get","start_gfn":"0x1","count":3,"buffer_bytes":1048576,"argument":"read_only"}""",
        """{"op":"set","start_gfn":"0x0","count":3,"mask":"0xffffffffffffffff","values":"00 41 03"}""",
        """{"op":"set","start_gfn":"0x0","count":3,"flags":"0x1","mask":"0x0","values":"","argument":"unreadable","allocation":"fails"}""",
    ];

    public static TheoryData<string, string> EveryExpectation
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string failure in (string[])["ENXIO", "ENOMEM", "EFAULT", "EBUSY", "EEXIST", "EINVAL"])
            {
                data.Add("""{"op":"enable_cmma","expect":EXPECT}""", $$"""{"result":"{{failure}}"}""");
            }

            data.Add("""{"op":"enable_cmma","expect":EXPECT}""", """{"result":"ok"}""");
            data.Add("""{"op":"enable_cmma","expect":EXPECT}""", """{"one_of":[{"result":"ok"},{"result":"EBUSY"}]}""");
            data.Add("""{"op":"migration_status","expect":EXPECT}""", """{"result":"ok","migrating":true}""");
            data.Add("""{"op":"migration_status","expect":EXPECT}""", """{"result":"ok","migrating":false}""");
            data.Add("""{"op":"touch","gfn":"0x0","expect":EXPECT}""", """{"result":"addressing"}""");
            data.Add("""{"op":"essa","gfn":"0x0","orc":1,"expect":EXPECT}""", """{"result":"ok","r1":"0x23"}""");
            data.Add("""{"op":"essa","gfn":"0x0","orc":1,"expect":EXPECT}""", """{"result":"operation"}""");
            data.Add("""{"op":"essa","gfn":"0x0","orc":1,"expect":EXPECT}""", """{"one_of":[{"result":"specification"},{"result":"ok","r1":"0x0"}]}""");
            data.Add("""{"op":"essa_begin","gfn":"0x0","orc":1,"expect":EXPECT}""", """{"result":"ok"}""");
            data.Add("""{"op":"essa_end","expect":EXPECT}""", """{"result":"ok","r1":"0x23"}""");
            data.Add("""{"op":"essa_end","expect":EXPECT}""", """{"result":"addressing"}""");
            const string get = """{"op":"get","start_gfn":"0x0","count":9,"expect":EXPECT}""";
            data.Add(get, """{"result":"ok","start_gfn":"0x0","count":3,"remaining":"0x7","values":"00 ??*2"}""");
            data.Add(get, """{"result":"ok","start_gfn":"0x0","count":0,"remaining":"0x0","values":""}""");
            data.Add(get, """{"result":"ok","zeroed":true}""");
            data.Add(get, """{"result":"EFAULT"}""");
            data.Add(get, """{"one_of":[{"result":"EFAULT"},{"result":"ok","zeroed":true},{"result":"ok","start_gfn":"0x1","count":1,"remaining":"0x0","values":"40"}]}""");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public void Every_operation_comes_back_as_it_was_written(string json) => Assert.Equal(json, TraceWriter.Step(Spec.Trace(json).Steps[0]));

    [Theory]
    [MemberData(nameof(EveryExpectation))]
    public void Every_expectation_comes_back_as_it_was_written(string operation, string expect)
    {
        string json = operation.Replace("EXPECT", expect, StringComparison.Ordinal);

        Assert.Equal(json, TraceWriter.Step(Spec.Trace(json).Steps[0]));
    }

    [Fact]
    public void Every_operation_has_a_sample_here()
    {
        HashSet<Type> sampled = [.. EveryOperation.Select(row => Spec.Operation(row.Data).GetType())];

        Assert.Equal(
            typeof(Operation).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(Operation))).Select(type => type.Name).Order(StringComparer.Ordinal),
            sampled.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_fields_of_a_get_are_read_into_their_places() =>
        Assert.Equal(
            new Operation.Get(1, 2, 3, 4, 5, ArgumentMemory.ReadOnly, AllocationFails: true),
            Spec.Operation("""{"op":"get","start_gfn":"0x1","count":2,"flags":"0x3","remaining":"0x4","buffer_bytes":5,"argument":"read_only","allocation":"fails"}"""));

    [Fact]
    public void The_fields_of_a_set_are_read_into_their_places()
    {
        Operation.Set set = (Operation.Set)Spec.Operation("""{"op":"set","start_gfn":"0x1","count":2,"flags":"0x3","mask":"0x4","values":"05","argument":"unreadable","allocation":"fails"}""");

        Assert.Equal(new Operation.Set(1, 2, 3, 4, set.Values, ArgumentMemory.Unreadable, AllocationFails: true), set);
        Assert.Equal([5], set.Values.ToArray());
    }

    [Fact]
    public void The_fields_of_slots_and_essa_are_read_into_their_places()
    {
        Assert.Equal(new Operation.CreateSlot(1, 2, 3, DirtyLog: true), Spec.Operation("""{"op":"create_slot","id":1,"base_gfn":"0x2","pages":"0x3","dirty_log":true}"""));
        Assert.Equal(new Operation.MoveSlot(1, 2), Spec.Operation("""{"op":"move_slot","id":1,"base_gfn":"0x2"}"""));
        Assert.Equal(new Operation.SetSlotFlags(1, DirtyLog: false), Spec.Operation("""{"op":"set_slot_flags","id":1,"dirty_log":false}"""));
        Assert.Equal(new Operation.Essa(1, 2, 3), Spec.Operation("""{"op":"essa","gfn":"0x1","orc":2,"pages":3}"""));
    }

    [Fact]
    public void Defaults_are_left_out() =>
        Assert.Equal(
            """{"op":"get","start_gfn":"0x0","count":1}""",
            TraceWriter.Step(Spec.Trace("""{"op":"get","start_gfn":"0x0","count":1,"flags":"0x0","remaining":"0x0"}""").Steps[0]));

    [Fact]
    public void A_host_without_CMMA_and_the_lines_of_steps_are_read()
    {
        Trace trace = TraceReader.Trace(Spec.Json("{\"host_has_cmma\":false,\n\"operations\":[\n{\"op\":\"create_vcpu\"},\n{\"op\":\"enable_cmma\"}]}"), "test.json");

        Assert.False(trace.HostHasCmma);
        Assert.Equal([3, 4], trace.Steps.Select(step => step.Line));
        Assert.Contains("\"host_has_cmma\": false", TraceWriter.Trace(trace), StringComparison.Ordinal);
    }

    [TraceProperty(MaxTest = 150)]
    public bool A_random_trace_comes_back_as_it_was_written(Trace trace)
    {
        string written = TraceWriter.Trace(trace);
        Trace read = TraceReader.Trace(Spec.Json(written), "test.json");
        return read.HostHasCmma == trace.HostHasCmma && read.Steps.Count == trace.Steps.Count && TraceWriter.Trace(read) == written
            && read.Steps.Zip(trace.Steps).All(pair => Same(pair.First.Operation, pair.Second.Operation));
    }

    [Fact]
    public void The_canonical_form_of_every_real_vector_is_a_fixed_point()
    {
        string written = TraceWriter.Vectors(Spec.Vectors);

        Assert.Equal(written, TraceWriter.Vectors(TraceReader.Vectors(Spec.Json(written), "test.json")));
    }

    [Fact]
    public void Every_field_of_a_vector_is_written_and_read()
    {
        Vector vector = Spec.Vector("an-id", """{"op":"create_vcpu","expect":{"result":"ok"}}""") with
        {
            Clauses = ["GET-1", "SET-2"],
            Why = "Quotes \" and \\ and é.",
            Source = "class:holes",
            Trace = new Trace(HostHasCmma: false, Spec.Trace("""{"op":"create_vcpu","expect":{"result":"ok"}}""").Steps),
        };

        Vector read = TraceReader.Vectors(Spec.Json(TraceWriter.Vectors([vector])), "get/some.json")[0];

        Assert.Equal((vector.Id, vector.Why, vector.Source, vector.File), (read.Id, read.Why, read.Source, read.File));
        Assert.Equal(vector.Clauses, read.Clauses);
        Assert.Equal(vector.Profiles, read.Profiles);
        Assert.Equal(vector.Capabilities, read.Capabilities);
        Assert.False(read.Trace.HostHasCmma);
        Assert.Equal(4, read.Line);
    }

    [Theory]
    [InlineData("{}", "test.json:1: field 'operations' is missing")]
    [InlineData("[]", "test.json:1: must be an object")]
    [InlineData("""{"operations":[]}""", "test.json:1: operations: needs at least 1 item(s)")]
    [InlineData("""{"operations":[{"op":"create_vcpu"}],"host_has_cmma":true}""", "test.json:1: host_has_cmma: must be false")]
    [InlineData("{\"operations\":[{\"op\":\"create_vcpu\"}],\n\"id\":\"x\"}", "test.json:2: unknown field 'id'")]
    public void A_malformed_trace_is_refused_with_its_line(string json, string reason) =>
        Assert.Equal(reason, Spec.Refused(() => TraceReader.Trace(Spec.Json(json), "test.json")));

    [Fact]
    public void An_operation_of_a_vector_needs_an_expectation()
    {
        string json = TraceWriter.Vectors([Spec.Vector("an-id", """{"op":"create_vcpu"}""")]);

        Assert.Equal("test.json:12: vectors[0].operations[0]: field 'expect' is missing", Spec.Refused(() => TraceReader.Vectors(Spec.Json(json), "test.json")));
    }

    private static bool Same(Operation one, Operation other) => (one, other) switch
    {
        (Operation.Set first, Operation.Set second) =>
            first with { Values = second.Values } == second && first.Values.ToArray().AsSpan().SequenceEqual(second.Values.ToArray()),
        _ => one == other,
    };
}
