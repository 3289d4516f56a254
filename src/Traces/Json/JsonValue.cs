using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>A JSON value that knows its line.</summary>
public sealed class JsonValue
{
    /// <summary>What kind of value.</summary>
    public required JsonValueKind Kind { get; init; }

    /// <summary>The line on which it begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>A string's characters, a number as it was written; empty for objects and arrays.</summary>
    public string Text { get; init; } = "";

    /// <summary>An array's items.</summary>
    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    /// <summary>An object's members, in their order.</summary>
    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    /// <summary>An object's member, or null.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            foreach (JsonMember member in Members)
            {
                if (string.Equals(member.Name, name, StringComparison.Ordinal))
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The value of "0x..." (the schema has checked the form).</summary>
    public ulong Hex() => ulong.Parse(Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>A number of at most 32 bits (the schema has checked the range); -0 is 0.</summary>
    public uint Number() => uint.Parse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>The strings of an array.</summary>
    public IReadOnlyList<string> Strings()
    {
        List<string> strings = [];
        foreach (JsonValue item in Items)
        {
            strings.Add(item.Text);
        }

        return strings;
    }
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">The line of the name, from 1.</param>
/// <param name="Value">Its value.</param>
public sealed record JsonMember(string Name, int Line, JsonValue Value);
