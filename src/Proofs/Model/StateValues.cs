// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>States, arguments and results of the reference as values of the model, field by field by their names.</summary>
internal sealed class StateValues(Definitions definitions)
{
    private const ulong MostPages = 1000;

    /// <summary>The code of a content in the reference, by its name in the model.</summary>
    public static byte? Content(string name) => name switch
    {
        "resident" => (byte)Abi.PageContent.Resident,
        "preserved" => (byte)Abi.PageContent.Preserved,
        "logically-zero" => (byte)Abi.PageContent.LogicallyZero,
        _ => null,
    };

    /// <summary>A state.</summary>
    public RecordValue State(MachineState state)
    {
        ArrayValue slots = new ConstantArray(new RecordValue("no-slot", []));
        TruthMap exist = new();
        foreach (SlotState slot in state.Slots)
        {
            slots = new StoredArray(slots, slot.Id, Record("slot", new(StringComparer.Ordinal)
            {
                ["base"] = Of(slot.BaseGfn), ["pages"] = Of(slot.Pages), ["dirty-log"] = Of(slot.DirtyLog),
            }));
            foreach (Word page in PagesOf(slot))
            {
                exist[page] = true;
            }
        }

        return Record("state", new(StringComparer.Ordinal)
        {
            ["host-has-cmma"] = Of(state.HostHasCmma),
            ["vcpu-count"] = Of(state.VcpuCount),
            ["enabled"] = Of(state.Enabled),
            ["used"] = Of(state.Used),
            ["migrating"] = Of(state.Migrating),
            ["slots"] = slots,
            ["exist"] = new TruthArray(exist),
            ["attributes"] = new OctetArray(state.Attributes),
            ["content"] = new OctetArray(state.Content),
            ["dirty"] = new TruthArray(state.Dirty),
        });
    }

    /// <summary>The pages of a slot: on each path it is known how many.</summary>
    public static IEnumerable<Word> PagesOf(SlotState slot)
    {
        ulong pages = CountOf(slot);
        for (ulong page = 0; page < pages; page++)
        {
            yield return new Word(slot.BaseGfn.Sum.Add(page));
        }
    }

    /// <summary>One past the last page of a slot.</summary>
    public static Word EndOf(SlotState slot) => new(slot.BaseGfn.Sum.Add(CountOf(slot)));

    /// <summary>The arguments of a call, as the model's datatype for this operation wants them.</summary>
    public RecordValue Arguments(string operation, Call call)
    {
        string name = operation == "peek" ? "get" : operation;
        return definitions.Constructors.ContainsKey($"{name}-of") ? Record($"{name}-of", Fields(name, call)) : new RecordValue("nothing", []);
    }

    /// <summary>The outcome of a call.</summary>
    public static RecordValue Outcome(CallResult result) => new(result.Outcome, []);

    /// <summary>What a call answers besides its outcome, as the model's datatype for this operation wants it.</summary>
    public RecordValue Result(string operation, Call call, CallResult result)
    {
        string name = operation == "peek" ? "get" : operation;
        if (!definitions.Constructors.ContainsKey($"{name}-returns"))
        {
            return new RecordValue("nothing", []);
        }

        Dictionary<string, Value> fields = new(StringComparer.Ordinal)
        {
            ["migration-status-migrating"] = Of(result.Migrating),
            ["essa-r1"] = new OctetValue(result.R1),
        };
        if (result.Log.Count > 0)
        {
            fields["get-log-after"] = fields["set-log-after"] = Log(result.Log);
            fields["get-buffer-after"] = BufferAfter(call, result);
            fields["get-first"] = Of(result.First);
            fields["get-last"] = Of(new Word(result.First.Sum.Add(result.Length.Sum).Subtract(Sum.Of(1))));
            fields["set-done"] = Of(result.Length);
        }

        return Record($"{name}-returns", fields);
    }

    private Dictionary<string, Value> Fields(string name, Call call) => new(StringComparer.Ordinal)
    {
        [$"{name}-id"] = Of(call.Id),
        [$"{name}-base"] = Of(call.BaseGfn),
        [$"{name}-pages"] = Of(call.Pages),
        [$"{name}-dirty-log"] = Of(call.DirtyLog),
        [$"{name}-gfn"] = Of(call.Gfn),
        [$"{name}-orc"] = Of(call.Orc),
        [$"{name}-log"] = Log([call.StartGfn, call.Count, call.Flags, call.RemainingOrMask, call.Values]),
        [$"{name}-readable"] = Of(call.ArgumentIsReadable),
        [$"{name}-writable"] = Of(call.ArgumentIsWritable),
        [$"{name}-allocates"] = Of(call.Allocates),
        [$"{name}-buffer-bytes"] = Of(call.BufferBytes),
        [$"{name}-buffer"] = new SymbolArray(call.Buffer),
    };

    private static ulong CountOf(SlotState slot)
    {
        if (slot.Pages.Constant is ulong constant)
        {
            return constant;
        }

        // A loop has counted them: it went on as long as its number was below. That there are not more is not enough.
        for (ulong count = 0; count < MostPages; count++)
        {
            if (Exploration.Current.Facts.Answer((slot.Pages == count).Term) == true)
            {
                return count;
            }
        }

        throw new NotSupportedException("a slot of which it is not known how many pages it has");
    }

    private static ArrayValue BufferAfter(Call call, CallResult result)
    {
        ArrayValue bytes = new SymbolArray(call.Buffer);
        for (int index = 0; index < result.Values.Count; index++)
        {
            bytes = new StoredArray(bytes, (ulong)index, new OctetValue(result.Values[index]));
        }

        return bytes;
    }

    private RecordValue Log(IReadOnlyList<Word> fields) => Record("log", new(StringComparer.Ordinal)
    {
        ["start-gfn"] = Of(fields[0]),
        ["count"] = Of(fields[1]),
        ["flags"] = Of(fields[2]),
        ["remaining-or-mask"] = Of(fields[3]),
        ["values-address"] = Of(fields[4]),
    });

    private RecordValue Record(string constructor, Dictionary<string, Value> fields)
    {
        List<Value> values = [];
        foreach (string field in definitions.Constructors[constructor])
        {
            values.Add(fields.TryGetValue(field, out Value? value)
                ? value
                : throw new NotSupportedException($"the model's field {field} has no counterpart in the reference"));
        }

        return new RecordValue(constructor, values);
    }

    private static TruthValue Of(Truth truth) => TruthValue.Of(Logic.Known(truth.Term));

    private static WordValue Of(Word word) => new(word);
}
