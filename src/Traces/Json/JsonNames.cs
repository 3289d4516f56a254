// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text.Json;

namespace Cmma.Traces.Json;

/// <summary>The names of an object's fields, at most 32, in the order in which they are usually written.</summary>
/// <param name="names">The names.</param>
/// <param name="required">Those that may not be left out, a bit each.</param>
public sealed class JsonNames(IReadOnlyList<string> names, uint required)
{
    private readonly JsonEncodedText[] encoded = [.. names.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>Names of which none may be left out.</summary>
    public JsonNames(params IReadOnlyList<string> names)
        : this(names, (1u << names.Count) - 1)
    {
    }

    /// <summary>One of the names.</summary>
    internal string this[int index] => names[index];

    /// <summary>The first field that is missing, or null.</summary>
    public string? Missing(uint seen) => (required & ~seen) is var missing and not 0 ? names[BitOperations.TrailingZeroCount(missing)] : null;

    /// <summary>The index of the name at the reader, or -1. The one after the last that was seen is tried first.</summary>
    internal int IndexOf(ref Utf8JsonReader json, uint seen)
    {
        int guess = 32 - BitOperations.LeadingZeroCount(seen);
        for (int tried = 0; tried < encoded.Length; tried++)
        {
            int index = (guess + tried) % encoded.Length;
            if (json.ValueTextEquals(encoded[index].EncodedUtf8Bytes))
            {
                return index;
            }
        }

        return -1;
    }
}
