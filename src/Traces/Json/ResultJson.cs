// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cmma.Traces.Json;

/// <summary>Results as they occur in vectors, profiles and messages.</summary>
public static partial class ResultJson
{
    private const int MaxBreachOfProfile = 200;
    private const int MaxText = 1000;
    private const int MaxBuffer = ByteRuns.MaxLength + 1000; // with what lies behind it

    // in the order of ResultField
    private static readonly string[] Fields = ["result", "r1", "migrating", "zeroed", "start_gfn", "count", "remaining", "values", "argument", "buffer", "buffer_address", "breach"];
    private static readonly JsonEncodedText[] Encoded = [.. Fields.Select(field => JsonEncodedText.Encode(field))];
    private static readonly JsonNames Names = new(Fields, required: (uint)ResultField.Result);
    private static readonly JsonNames OneOf = new("one_of");

    /// <summary>Reads what must come back from an operation.</summary>
    public static Expectation ReadExpectation(ref JsonCursor json, ResultForm form) => ReadExpectation(ref json, (ref json) => ReadExpected(ref json, form));

    /// <summary>Reads what a profile expects: it may be what the contract never answers.</summary>
    public static Expectation ReadOfProfile(ref JsonCursor json) => ReadExpectation(ref json, ReadAnyExpected);

    /// <summary>The names of the fields, as they are written.</summary>
    public static IReadOnlyList<string> FieldNames => Fields;

    /// <summary>Reads what came back.</summary>
    public static Outcome ReadOutcome(ref JsonCursor json)
    {
        Draft draft = default;
        long begin = json.BeginObject();
        ResultField memory = ReadFields(ref json, ref draft, RunsForm.Plain, Word, MaxText) & ResultField.Memory;
        if (memory is not (ResultField.None or ResultField.Memory))
        {
            throw JsonInput.Wrong(begin, $"field '{Fields[BitOperations.TrailingZeroCount((uint)(ResultField.Memory & ~memory))]}' is missing");
        }

        return new Outcome(draft.Result!)
        {
            R1 = draft.R1,
            Migrating = draft.Migrating,
            Zeroed = draft.Zeroed == true,
            StartGfn = draft.StartGfn,
            Count = draft.Count,
            Remaining = draft.Remaining,
            Values = draft.Values?.ToArray(),
            Memory = draft.Argument == null ? null : new CallerMemory(draft.Argument.ToArray(), draft.Buffer!.ToArray(), draft.BufferAddress),
            Breach = draft.Breach,
        };
    }

    /// <summary>Writes what must come back.</summary>
    public static void Write(Utf8JsonWriter writer, Expected expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Write(writer, expected, expected.Values, memory: null);
    }

    /// <summary>Writes what came back.</summary>
    public static void Write(Utf8JsonWriter writer, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Write(writer, outcome, outcome.Count == null && outcome.Values.IsEmpty ? null : ByteRuns.Of(outcome.Values.Span), outcome.Memory);
    }

    /// <summary>A result of one's own choice, as a message may have it.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnyWord();

    [GeneratedRegex(@"^(ok|E[A-Z]+|operation|specification|addressing|[1-9][0-9]*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordOfProfile();

    private static Expectation ReadExpectation(ref JsonCursor json, JsonRead<Expected> read)
    {
        JsonCursor ahead = json;
        if (!ahead.Find("one_of"u8))
        {
            return new Expectation([read(ref json)]);
        }

        return new Expectation(json.Fields<IReadOnlyList<Expected>>(OneOf, [], (ref json, _, _) => json.Items(read, least: 2)));
    }

    private static Expected ReadExpected(ref JsonCursor json, ResultForm form)
    {
        Draft draft = default;
        long begin = json.BeginObject();
        ResultField seen = ReadFields(ref json, ref draft, RunsForm.Expected, (ref json) => WordOf(ref json, form), maxBreach: 0) & ~ResultField.Result;
        ResultField wanted = draft.Result != Outcome.Ok ? ResultField.None : form.Forms.FirstOrDefault(each => (each & seen) != ResultField.None, form.Forms[0]);
        if (seen != wanted)
        {
            ResultField wrong = (seen & ~wanted) != ResultField.None ? seen & ~wanted : wanted & ~seen;
            string name = Fields[BitOperations.TrailingZeroCount((uint)wrong)];
            throw JsonInput.Wrong(begin, (seen & ~wanted) != ResultField.None ? $"unknown field '{name}'" : $"field '{name}' is missing");
        }

        return ToExpected(draft);
    }

    private static Expected ReadAnyExpected(ref JsonCursor json)
    {
        Draft draft = default;
        long begin = json.BeginObject();
        ResultField memory = ReadFields(ref json, ref draft, RunsForm.Expected, OfProfile, MaxBreachOfProfile) & ResultField.Memory;
        if (memory != ResultField.None)
        {
            throw JsonInput.Wrong(begin, $"unknown field '{Fields[BitOperations.TrailingZeroCount((uint)memory)]}'");
        }

        return ToExpected(draft);
    }

    private static Expected ToExpected(Draft draft) => new(draft.Result!)
    {
        R1 = draft.R1,
        Migrating = draft.Migrating,
        Zeroed = draft.Zeroed == true,
        StartGfn = draft.StartGfn,
        Count = draft.Count,
        Remaining = draft.Remaining,
        Values = draft.Values,
        Breach = draft.Breach,
    };

    private static ResultField ReadFields(ref JsonCursor json, ref Draft draft, RunsForm runs, JsonRead<string> word, int maxBreach)
    {
        long begin = json.BeginObject();
        uint seen = 0;
        while (json.NextField(Names, ref seen, out int index))
        {
            switch ((ResultField)(1 << index))
            {
                case ResultField.Result:
                    draft.Result = word(ref json);
                    break;
                case ResultField.R1:
                    draft.R1 = json.Hex();
                    break;
                case ResultField.Migrating:
                    draft.Migrating = json.Flag();
                    break;
                case ResultField.Zeroed:
                    draft.Zeroed = ReadZeroed(ref json, runs);
                    break;
                case ResultField.StartGfn:
                    draft.StartGfn = json.Hex();
                    break;
                case ResultField.Count:
                    draft.Count = (uint)json.Number();
                    break;
                case ResultField.Remaining:
                    draft.Remaining = json.Hex();
                    break;
                case ResultField.Values:
                    draft.Values = json.Runs(runs);
                    break;
                case ResultField.Argument:
                    draft.Argument = json.Runs(runs);
                    break;
                case ResultField.Buffer:
                    draft.Buffer = json.Runs(runs, MaxBuffer);
                    break;
                case ResultField.BufferAddress:
                    draft.BufferAddress = json.Hex();
                    break;
                default:
                    draft.Breach = json.OneLine(maxBreach);
                    break;
            }
        }

        JsonCursor.Require(begin, Names, seen);
        return (ResultField)seen;
    }

    // An implementation may also say that the struct is not zeroed; what is expected is left out then.
    private static bool ReadZeroed(ref JsonCursor json, RunsForm runs) => runs == RunsForm.Plain ? json.Flag() : json.Flag(only: true);

    private static string Word(ref JsonCursor json) => KnownWord(ref json)
        ?? json.Text(AnyWord().IsMatch, "ok, an errno by name, a program interruption, or a word of your own");

    private static string OfProfile(ref JsonCursor json) => KnownWord(ref json)
        ?? json.Text(WordOfProfile().IsMatch, "ok, an errno by name, a program interruption, or a number that a kernel answers");

    private static string WordOf(ref JsonCursor json, ResultForm form) =>
        KnownWord(ref json) is { } word && (word == Outcome.Ok || form.Failures.Contains(word, StringComparer.Ordinal))
            ? word
            : throw json.Wrong($"'{json.Shown()}' is none of {Outcome.Ok}, {string.Join(", ", form.Failures)}");

    // Nearly every word is one of these; so it is not a new string each time.
    private static string? KnownWord(ref JsonCursor json)
    {
        ReadOnlySpan<byte> text = json.Utf8();
        if (text.SequenceEqual("ok"u8))
        {
            return Outcome.Ok;
        }

        foreach (string failure in ResultForm.AllFailures)
        {
            if (System.Text.Ascii.Equals(text, failure))
            {
                return failure;
            }
        }

        return null;
    }

    private static void Write(Utf8JsonWriter writer, ResultFields result, ByteRuns? values, CallerMemory? memory)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString(Name(ResultField.Result), result.Result);
        WriteHex(writer, ResultField.R1, result.R1);
        if (result.Migrating is { } migrating)
        {
            writer.WriteBoolean(Name(ResultField.Migrating), migrating);
        }

        if (result.Zeroed)
        {
            writer.WriteBoolean(Name(ResultField.Zeroed), value: true);
        }

        WriteHex(writer, ResultField.StartGfn, result.StartGfn);
        if (result.Count is { } count)
        {
            writer.WriteNumber(Name(ResultField.Count), count);
        }

        WriteHex(writer, ResultField.Remaining, result.Remaining);
        if (values != null)
        {
            writer.WriteString(Name(ResultField.Values), values.ToString());
        }

        if (memory != null)
        {
            writer.WriteString(Name(ResultField.Argument), ByteRuns.Of(memory.Argument.Span).ToString());
            writer.WriteString(Name(ResultField.Buffer), ByteRuns.Of(memory.Buffer.Span).ToString());
            WriteHex(writer, ResultField.BufferAddress, memory.BufferAddress);
        }

        if (result.Breach is { } breach)
        {
            writer.WriteString(Name(ResultField.Breach), breach);
        }

        writer.WriteEndObject();
    }

    private static void WriteHex(Utf8JsonWriter writer, ResultField field, ulong? value)
    {
        if (value is { } number)
        {
            writer.WriteString(Name(field), TraceWriter.Hex(number));
        }
    }

    private static JsonEncodedText Name(ResultField field) => Encoded[BitOperations.TrailingZeroCount((uint)field)];

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private struct Draft
    {
        public string? Result;
        public ulong? R1;
        public bool? Migrating;
        public bool? Zeroed;
        public ulong? StartGfn;
        public uint? Count;
        public ulong? Remaining;
        public ByteRuns? Values;
        public ByteRuns? Argument;
        public ByteRuns? Buffer;
        public ulong BufferAddress;
        public string? Breach;
    }
}
