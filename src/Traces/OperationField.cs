// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cmma.Traces;

/// <summary>How the value of a field is written.</summary>
public enum FieldKind
{
    /// <summary>A JSON number, whole, of at most 32 bits.</summary>
    Number = 0,

    /// <summary>A string: 0x and hex digits, of at most 64 bits.</summary>
    Hex,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>Bytes in runs, see <see cref="ByteRuns"/>.</summary>
    Bytes,
}

/// <summary>A field of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How its value is written.</param>
public sealed record OperationField(string Name, FieldKind Kind)
{
    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What an optional field is where it is left out, and what is therefore not written; null: there is no value that says the same.</summary>
    public ulong? Default { get; init; } = 0;

    /// <summary>The least value that may be written.</summary>
    public ulong Minimum { get; init; }

    /// <summary>The greatest value that may be written.</summary>
    public ulong Maximum { get; init; } = Kind == FieldKind.Number ? uint.MaxValue : ulong.MaxValue;

    /// <summary>The words that may be written, for 1, 2 and so on; none stands for 0.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What an implementation must be able to do where the field has another value than its default; null: nothing.</summary>
    public Capability? Needs { get; init; }

    /// <summary>The name as JSON.</summary>
    internal JsonEncodedText Json { get; } = JsonEncodedText.Encode(Name);
}

/// <summary>The values of an operation's fields, in the order of its fields.</summary>
[StructLayout(LayoutKind.Auto)]
public struct FieldValues
{
    private InlineArray7<ulong> numbers; // as many as GET and SET have
    private uint present;

    /// <summary>With these values; null: left out.</summary>
    public FieldValues(params ReadOnlySpan<ulong?> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            if (values[index] is { } value)
            {
                this[index] = value;
            }
        }
    }

    /// <summary>The value of the one field that is bytes.</summary>
    public ByteRuns? Bytes { get; set; }

    /// <summary>The value of a field: a number, 1 for true, the place of a word from 1; 0 where it has none.</summary>
    public ulong this[int index]
    {
        readonly get => numbers[index];
        set
        {
            numbers[index] = value;
            present |= 1u << index;
        }
    }

    /// <summary>Whether a field has a value.</summary>
    public readonly bool Has(int index) => (present & (1u << index)) != 0;

    /// <summary>The value of a field of at most 32 bits.</summary>
    public readonly uint Number(int index) => (uint)numbers[index];

    /// <summary>The value of a field that is a flag, or whose word is there or not.</summary>
    public readonly bool Is(int index) => numbers[index] != 0;
}
