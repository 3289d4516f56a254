using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cmma.Traces.Json;

namespace Cmma.Traces;

/// <summary>Turns JSON into traces and vectors. The schema decides what is well formed; only then are values taken out.</summary>
/// <param name="schema">spec/vectors/schema.json.</param>
public sealed class TraceReader(JsonSchema schema)
{
    /// <summary>Reads a file of vectors.</summary>
    /// <exception cref="InputException">File, line and reason.</exception>
    public IReadOnlyList<Vector> Vectors(JsonValue json, string shownAs)
    {
        Require(schema.Check(json), shownAs);
        return [.. json["vectors"]!.Items.Select(vector => ReadVector(vector, shownAs))];
    }

    /// <summary>Reads a trace for replay.</summary>
    /// <exception cref="InputException">File, line and reason.</exception>
    public Trace Trace(JsonValue json, string shownAs)
    {
        Require(schema.Check(json, "trace"), shownAs);
        return ReadTrace(json, shownAs);
    }

    /// <summary>Whether this is a file of vectors rather than a trace.</summary>
    public static bool HoldsVectors(JsonValue json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json["vectors"] != null;
    }

    private static void Require(SchemaError? error, string shownAs)
    {
        if (error != null)
        {
            throw new InputException(shownAs, error.Line, error.Reason);
        }
    }

    private static Vector ReadVector(JsonValue json, string shownAs) => new(
        json["id"]!.Text,
        json["clauses"]!.Strings(),
        json["why"]!.Text,
        json["profiles"]!.Strings(),
        json["source"]!.Text,
        json["capabilities"]!.Strings(),
        ReadTrace(json, shownAs),
        shownAs,
        json.Line);

    private static Trace ReadTrace(JsonValue json, string shownAs) => new(
        json["host_has_cmma"] == null,
        [.. json["operations"]!.Items.Select(step => ReadStep(step, shownAs))]);

    private static Step ReadStep(JsonValue json, string shownAs) => new(ReadOperation(json, shownAs), ReadExpectation(json["expect"], shownAs), json.Line);

    private static Operation ReadOperation(JsonValue json, string shownAs) => json["op"]!.Text switch
    {
        "create_vcpu" => new Operation.CreateVcpu(),
        "create_slot" => new Operation.CreateSlot(Number(json, "id"), Hex(json, "base_gfn"), Hex(json, "pages"), Flag(json, "dirty_log")),
        "set_slot_flags" => new Operation.SetSlotFlags(Number(json, "id"), Flag(json, "dirty_log")),
        "move_slot" => new Operation.MoveSlot(Number(json, "id"), Hex(json, "base_gfn")),
        "delete_slot" => new Operation.DeleteSlot(Number(json, "id")),
        "enable_cmma" => new Operation.EnableCmma(),
        "clear_cmma" => new Operation.ClearCmma(),
        "start_migration" => new Operation.StartMigration(),
        "stop_migration" => new Operation.StopMigration(),
        "migration_status" => new Operation.MigrationStatus(),
        "touch" => new Operation.Touch(Hex(json, "gfn")),
        "evict" => new Operation.Evict(Hex(json, "gfn")),
        "essa" => new Operation.Essa(Hex(json, "gfn"), Number(json, "orc"), json["pages"]?.Number() ?? 1),
        "essa_begin" => new Operation.EssaBegin(Hex(json, "gfn"), Number(json, "orc")),
        "essa_end" => new Operation.EssaEnd(),
        "get" => new Operation.Get(
            Hex(json, "start_gfn"),
            Number(json, "count"),
            (uint)(json["flags"]?.Hex() ?? 0),
            json["remaining"]?.Hex() ?? 0,
            json["buffer_bytes"]?.Number(),
            OperationNames.ArgumentMemoryOf(json["argument"]?.Text),
            json["allocation"] != null),
        _ => new Operation.Set(
            Hex(json, "start_gfn"),
            Number(json, "count"),
            (uint)(json["flags"]?.Hex() ?? 0),
            Hex(json, "mask"),
            Bytes(json["values"]!, shownAs),
            OperationNames.ArgumentMemoryOf(json["argument"]?.Text),
            json["allocation"] != null),
    };

    /// <summary>An expectation that the schema has checked; null for none.</summary>
    public static Expectation? ReadExpectation(JsonValue? json, string shownAs)
    {
        if (json == null)
        {
            return null;
        }

        return new Expectation(json["one_of"] is { } several
            ? [.. several.Items.Select(each => ReadExpected(each, shownAs))]
            : [ReadExpected(json, shownAs)]);
    }

    private static Expected ReadExpected(JsonValue json, string shownAs) => new(json["result"]!.Text)
    {
        R1 = json["r1"]?.Hex(),
        Migrating = json["migrating"] is { } migrating ? migrating.Kind == JsonValueKind.True : null,
        Zeroed = json["zeroed"] != null,
        StartGfn = json["start_gfn"]?.Hex(),
        Count = json["count"]?.Number(),
        Remaining = json["remaining"]?.Hex(),
        Values = json["values"] is { } values ? Bytes(values, shownAs) : null,
        Breach = json["breach"]?.Text,
    };

    private static uint Number(JsonValue json, string name) => json[name]!.Number();

    private static ulong Hex(JsonValue json, string name) => json[name]!.Hex();

    private static bool Flag(JsonValue json, string name) => json[name]!.Kind == JsonValueKind.True;

    private static ByteRuns Bytes(JsonValue json, string shownAs) =>
        ByteRuns.Parse(json.Text) ?? throw new InputException(shownAs, json.Line, $"values: more than {ByteRuns.MaxLength} bytes");
}
