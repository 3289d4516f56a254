using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cmma.Traces.Json;

/// <summary>
/// Checks a value against a JSON Schema: the part of draft 2020-12 that spec/vectors/schema.json uses. A schema with a keyword that is not
/// understood here is refused, so it cannot ask for something that nobody checks.
/// </summary>
public sealed class JsonSchema
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "required", "properties",
        "additionalProperties", "items", "minItems", "uniqueItems", "pattern", "maxLength", "minimum", "maximum", "allOf", "oneOf", "if", "then",
    };

    private readonly JsonValue root;
    private readonly ConcurrentDictionary<string, Regex> patterns = new(StringComparer.Ordinal);

    /// <summary>Takes the schema.</summary>
    /// <exception cref="InputException">It has a keyword that is not known here.</exception>
    public JsonSchema(JsonValue root, string shownAs)
    {
        this.root = root;
        RequireKnown(root, shownAs);
    }

    /// <summary>The first thing wrong with the value, or null.</summary>
    public SchemaError? Check(JsonValue value) => Check(value, root, "");

    /// <summary>As <see cref="Check(JsonValue)"/>, against one definition of the schema's $defs.</summary>
    public SchemaError? Check(JsonValue value, string definition) => Check(value, Resolve("#/$defs/" + definition), "");

    private static void RequireKnown(JsonValue schema, string shownAs)
    {
        if (schema.Kind != JsonValueKind.Object)
        {
            throw new InputException(shownAs, schema.Line, "a schema must be an object");
        }

        foreach (JsonMember member in schema.Members)
        {
            if (!Known.Contains(member.Name))
            {
                throw new InputException(shownAs, member.Line, $"schema keyword '{member.Name}' is not supported");
            }

            if (member.Name == "additionalProperties" && member.Value.Kind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw new InputException(shownAs, member.Line, "additionalProperties must be true or false");
            }

            foreach (JsonValue inner in SchemasIn(member))
            {
                RequireKnown(inner, shownAs);
            }
        }
    }

    private static IEnumerable<JsonValue> SchemasIn(JsonMember member) => member.Name switch
    {
        "$defs" or "properties" => member.Value.Members.Select(named => named.Value),
        "allOf" or "oneOf" => member.Value.Items,
        "items" or "if" or "then" => [member.Value],
        _ => [],
    };

    private SchemaError? Check(JsonValue value, JsonValue schema, string path)
    {
        if (schema["$ref"] is { } reference && Check(value, Resolve(reference.Text), path) is { } referenced)
        {
            return referenced;
        }

        return CheckValue(value, schema, path)
            ?? CheckObject(value, schema, path)
            ?? CheckArray(value, schema, path)
            ?? CheckCombined(value, schema, path);
    }

    private SchemaError? CheckValue(JsonValue value, JsonValue schema, string path)
    {
        if (schema["type"] is { } type && !HasType(value, type.Text))
        {
            bool negative = value.Kind == JsonValueKind.Number && type.Text == "integer" && value.Text[0] == '-' && value.Text.Skip(1).All(char.IsAsciiDigit);
            return Error(value, path, negative && schema["minimum"] is { } floor ? $"is below {floor.Text}" : $"must be {Article(type.Text)}");
        }

        if (schema["const"] is { } constant && !Same(value, constant))
        {
            return Error(value, path, $"must be {Show(constant)}");
        }

        if (schema["enum"] is { } choices && !choices.Items.Any(choice => Same(value, choice)))
        {
            return Error(value, path, $"'{Shorten(value.Text)}' is none of {string.Join(", ", choices.Items.Select(item => item.Text))}");
        }

        return value.Kind switch
        {
            JsonValueKind.String => CheckString(value, schema, path),
            JsonValueKind.Number => CheckNumber(value, schema, path),
            _ => null,
        };
    }

    private SchemaError? CheckString(JsonValue value, JsonValue schema, string path)
    {
        if (schema["maxLength"] is { } most && value.Text.Length > most.Number())
        {
            return Error(value, path, $"is longer than {most.Text} characters");
        }

        if (schema["pattern"] is { } pattern && !Pattern(pattern.Text).IsMatch(value.Text))
        {
            string form = schema["description"]?.Text ?? pattern.Text;
            return Error(value, path, $"'{Shorten(value.Text)}' does not have the form: {form}");
        }

        return null;
    }

    private static SchemaError? CheckNumber(JsonValue value, JsonValue schema, string path)
    {
        decimal number = decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed) ? parsed : decimal.MaxValue;
        if (schema["minimum"] is { } least && number < decimal.Parse(least.Text, CultureInfo.InvariantCulture))
        {
            return Error(value, path, $"is below {least.Text}");
        }

        if (schema["maximum"] is { } most && number > decimal.Parse(most.Text, CultureInfo.InvariantCulture))
        {
            return Error(value, path, $"is above {most.Text}");
        }

        return null;
    }

    private SchemaError? CheckObject(JsonValue value, JsonValue schema, string path)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonMember member in value.Members)
        {
            JsonValue? property = schema["properties"]?[member.Name];
            if (property == null && schema["additionalProperties"] is { Kind: JsonValueKind.False })
            {
                return new SchemaError(member.Line, $"{Prefix(path)}unknown field '{Shorten(member.Name)}'");
            }

            if (property != null && Check(member.Value, property, path.Length == 0 ? member.Name : $"{path}.{member.Name}") is { } error)
            {
                return error;
            }
        }

        foreach (JsonValue name in schema["required"]?.Items ?? [])
        {
            if (value[name.Text] == null)
            {
                return Error(value, path, $"field '{name.Text}' is missing");
            }
        }

        return null;
    }

    private SchemaError? CheckArray(JsonValue value, JsonValue schema, string path)
    {
        if (value.Kind != JsonValueKind.Array)
        {
            return null;
        }

        if (schema["minItems"] is { } least && value.Items.Count < least.Number())
        {
            return Error(value, path, $"needs at least {least.Text} item(s)");
        }

        if (schema["uniqueItems"] is { Kind: JsonValueKind.True }
            && value.Items.GroupBy(item => item.Text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return Error(twice.Last(), path, $"'{Shorten(twice.Key)}' stands twice");
        }

        JsonValue? items = schema["items"];
        for (int index = 0; items != null && index < value.Items.Count; index++)
        {
            if (Check(value.Items[index], items, $"{path}[{index}]") is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private SchemaError? CheckCombined(JsonValue value, JsonValue schema, string path)
    {
        foreach (JsonValue each in schema["allOf"]?.Items ?? [])
        {
            if (Check(value, each, path) is { } error)
            {
                return error;
            }
        }

        if (schema["if"] is { } condition && Check(value, condition, path) == null && schema["then"] is { } then
            && Check(value, then, path) is { } thenError)
        {
            return thenError;
        }

        return schema["oneOf"] is { } choices ? CheckOneOf(value, choices, path) : null;
    }

    private SchemaError? CheckOneOf(JsonValue value, JsonValue choices, string path)
    {
        List<SchemaError> errors = [.. choices.Items.Select(choice => Check(value, choice, path)).OfType<SchemaError>()];
        if (errors.Count == choices.Items.Count - 1)
        {
            return null;
        }

        return errors.Count < choices.Items.Count
            ? Error(value, path, "fits more than one of the allowed forms")
            : new SchemaError(errors[0].Line, string.Join("; or ", errors.Select(error => error.Reason).Distinct(StringComparer.Ordinal).Take(2)));
    }

    private JsonValue Resolve(string reference)
    {
        JsonValue found = root;
        foreach (string name in reference.Split('/').Skip(1))
        {
            found = found[name] ?? throw new InputException($"schema: '{reference}' names nothing");
        }

        return found;
    }

    private Regex Pattern(string pattern) => patterns.GetOrAdd(pattern, text =>
    {
        // "$" of a JSON Schema is the end; that of .NET lets a newline follow.
        string whole = text.EndsWith('$') ? text[..^1] + @"\z" : text;
        return new Regex(whole, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    });

    private static bool HasType(JsonValue value, string type) => type switch
    {
        "object" => value.Kind == JsonValueKind.Object,
        "array" => value.Kind == JsonValueKind.Array,
        "string" => value.Kind == JsonValueKind.String,
        "boolean" => value.Kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.Kind == JsonValueKind.Number && (value.Text == "-0" || value.Text.All(char.IsAsciiDigit)),
        _ => throw new InputException($"schema: type '{type}' is not supported"),
    };

    private static bool Same(JsonValue one, JsonValue other) =>
        one.Kind == other.Kind && string.Equals(one.Text, other.Text, StringComparison.Ordinal);

    private static string Article(string type) => type is "object" or "array" or "integer" ? "an " + type : "a " + type;

    private static string Show(JsonValue value) => value.Kind == JsonValueKind.String ? $"'{value.Text}'" : value.Text;

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static string Prefix(string path) => path.Length == 0 ? "" : path + ": ";

    private static SchemaError Error(JsonValue value, string path, string reason) => new(value.Line, Prefix(path) + reason);
}

/// <summary>What is wrong with a value, and on which line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Reason">One line.</param>
public sealed record SchemaError(int Line, string Reason);
