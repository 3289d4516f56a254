// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
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
        Draft draft = Read(ref json, new Draft(RunsForm.Plain, Word, MaxText), draft => draft.Seen | (draft.Has(ResultField.Memory) ? ResultField.Memory : ResultField.None));
        return new Outcome(draft.Known)
        {
            Values = draft.Known.Values?.ToArray(),
            Memory = draft.Argument == null ? null : new CallerMemory(draft.Argument.ToArray(), draft.Buffer!.ToArray(), draft.BufferAddress),
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
        if (!ahead.Find("one_of"u8, (ref _) => true, nothing: false))
        {
            return new Expectation([read(ref json)]);
        }

        return new Expectation(json.Fields<IReadOnlyList<Expected>>(OneOf, [], (ref json, _, _) => json.Items(read, least: 2)));
    }

    private static Expected ReadExpected(ref JsonCursor json, ResultForm form) => Read(
        ref json,
        new Draft(RunsForm.Expected, (ref json) => WordOf(ref json, form), MaxBreach: 0),
        draft => ResultField.Result | (draft.Known.Result == Outcome.Ok ? form.Forms.FirstOrDefault(draft.Has, form.Forms[0]) : ResultField.None)).Known;

    private static Expected ReadAnyExpected(ref JsonCursor json) =>
        Read(ref json, new Draft(RunsForm.Expected, OfProfile, MaxBreachOfProfile), draft => draft.Seen & ~ResultField.Memory).Known;

    private static Draft Read(ref JsonCursor json, Draft nothing, Func<Draft, ResultField> fieldsOf)
    {
        long begin = json.BeginObject();
        Draft draft = json.Fields(Names, nothing, (ref json, index, draft) =>
            ReadField(ref json, (ResultField)(1 << index), draft) with { Seen = draft.Seen | (ResultField)(1 << index) });
        ResultField fields = fieldsOf(draft);
        return (draft.Seen & ~fields) is var unknown && unknown != ResultField.None ? throw JsonCursor.WrongAt(begin, $"unknown field '{FirstOf(unknown)}'")
            : (fields & ~draft.Seen) is var missing && missing != ResultField.None ? throw JsonCursor.WrongAt(begin, $"field '{FirstOf(missing)}' is missing")
            : draft;
    }

    private static Draft ReadField(ref JsonCursor json, ResultField field, in Draft draft) => field switch
    {
        ResultField.Result => draft with { Known = draft.Known with { Result = draft.ReadWord(ref json) } },
        ResultField.R1 => draft with { Known = draft.Known with { R1 = json.Hex() } },
        ResultField.Migrating => draft with { Known = draft.Known with { Migrating = json.Flag() } },
        ResultField.Zeroed => draft with { Known = draft.Known with { Zeroed = ReadZeroed(ref json, draft.Runs) } },
        ResultField.StartGfn => draft with { Known = draft.Known with { StartGfn = json.Hex() } },
        ResultField.Count => draft with { Known = draft.Known with { Count = (uint)json.Number() } },
        ResultField.Remaining => draft with { Known = draft.Known with { Remaining = json.Hex() } },
        ResultField.Values => draft with { Known = draft.Known with { Values = json.Runs(draft.Runs) } },
        ResultField.Argument => draft with { Argument = json.Runs(draft.Runs) },
        ResultField.Buffer => draft with { Buffer = json.Runs(draft.Runs, MaxBuffer) },
        ResultField.BufferAddress => draft with { BufferAddress = json.Hex() },
        _ => draft with { Known = draft.Known with { Breach = ReadBreach(ref json, draft.MaxBreach) } },
    };

    // One without words would fail its vector and say nothing of why.
    private static string ReadBreach(ref JsonCursor json, int most) => json.OneLine(most) is { Length: > 0 } breach ? breach : throw json.Wrong("empty: where there is no breach, it is left out");

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

    /// <summary>The name of the first of these fields.</summary>
    public static string FirstOf(ResultField fields) => Fields[BitOperations.TrailingZeroCount((uint)fields)];

    // What is known of a result that is being read, and how it is read.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Draft(RunsForm Runs, JsonRead<string> ReadWord, int MaxBreach)
    {
        public ResultField Seen { get; init; }

        public Expected Known { get; init; } = new("");

        public ByteRuns? Argument { get; init; }

        public ByteRuns? Buffer { get; init; }

        public ulong BufferAddress { get; init; }

        public bool Has(ResultField any) => (Seen & any) != ResultField.None;
    }
}
