// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Json.Pointer;
using Json.Schema;

namespace Cmma.Traces.Json;

/// <summary>
/// A JSON Schema of the folder spec/, followed by a library that knows nothing of this program. What reads does not need it: it is the second
/// opinion of lint, of --verify-protocol and of the tests.
/// </summary>
public sealed class JsonSchemaFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = JsonCursor.MaxDepth };

    // They say that a part does not fit, and the part says why.
    private static readonly HashSet<string> OnlyParts =
        new(StringComparer.Ordinal) { "$ref", "allOf", "oneOf", "if", "then", "properties", "items", "additionalProperties" };

    private readonly string shownAs;
    private readonly JsonSchema whole;
    private readonly BuildOptions building = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly ConcurrentDictionary<string, JsonSchema> definitions = new(StringComparer.Ordinal);

    /// <summary>Reads a schema.</summary>
    /// <exception cref="InputException">It cannot be read, or is none.</exception>
    public JsonSchemaFile(string path, string shownAs)
    {
        this.shownAs = shownAs;
        byte[] utf8 = JsonInput.Bytes(path, shownAs);
        try
        {
            // "$" of a JSON Schema is the end; that of .NET lets a line end follow.
            string text = Encoding.UTF8.GetString(utf8).Replace("$\"", "(?!\\\\n)$\"", StringComparison.Ordinal);
            whole = JsonSchema.FromText(text, building);
        }
        catch (Exception e) when (e is JsonException or JsonSchemaException or ArgumentException or InvalidOperationException)
        {
            throw NoSchema(e);
        }
    }

    /// <summary>What is wrong with a document, in one line, or null.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="definition">Against which of the schema's $defs; null: the whole.</param>
    public string? Breach(ReadOnlySpan<byte> utf8, string? definition = null)
    {
        try
        {
            Utf8JsonReader json = new(utf8, new JsonReaderOptions { MaxDepth = JsonCursor.MaxDepth });
            using JsonDocument document = JsonDocument.Parse(utf8.ToArray(), Strict);
            RequireUnicode(ref json);
            JsonSchema schema = definition == null ? whole : definitions.GetOrAdd(definition, Definition);
            EvaluationOptions options = new() { OutputFormat = OutputFormat.Flag };
            return schema.Evaluate(document.RootElement, options).IsValid ? null
                : Reason(schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.Hierarchical }), document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"no valid JSON: {e.Message}";
        }
        catch (FormatException)
        {
            return "a number is greater than any that is allowed"; // and than the library can look at
        }
        catch (JsonSchemaException e)
        {
            throw NoSchema(e);
        }
    }

    private InputException NoSchema(Exception e) => new($"{shownAs}: is no schema: {e.Message}", e);

    private JsonSchema Definition(string name) =>
        JsonSchema.FromText($$"""{"$ref":"{{whole.BaseUri}}#/$defs/{{name}}"}""", building);

    // What no string of Unicode can be, the library may not look at.
    private static void RequireUnicode(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = json.GetString();
            }
        }
    }

    // A misspelt field makes hundreds of details, most about what the value is not meant to be: another operation, another answer.
    private static string Reason(EvaluationResults results, JsonElement document)
    {
        List<Detail> details = [.. Invalid(results).SelectMany(Details)];
        foreach (IGrouping<string, Detail> choice in details.Where(detail => detail.Choice != null).GroupBy(detail => detail.Choice!, StringComparer.Ordinal).ToList())
        {
            string nearest = choice.GroupBy(detail => detail.Branch, StringComparer.Ordinal).MinBy(branch => branch.Count())!.Key!;
            details.RemoveAll(detail => detail.Choice == choice.Key && detail.Branch != nearest);
        }

        Detail? first = details.OrderByDescending(detail => detail.IsUnknownField).ThenByDescending(detail => detail.Location.SegmentCount).FirstOrDefault();
        if (first == null)
        {
            return "does not fit the schema";
        }

        string[] way = [.. Enumerable.Range(0, first.Location.SegmentCount).Select(index => first.Location[index].ToString())];
        string path = Shown(first.IsUnknownField ? way[..^1] : way, document);
        string reason = first.IsUnknownField ? $"unknown field '{way[^1]}'" : first.Says;
        return path.Length == 0 ? reason : $"{path}: {reason}";
    }

    // Below what fits, much does not: all choices but the one.
    private static IEnumerable<EvaluationResults> Invalid(EvaluationResults results) =>
        results.IsValid ? [] : [results, .. (results.Details ?? []).SelectMany(Invalid)];

    private static IEnumerable<Detail> Details(EvaluationResults result)
    {
        string way = result.EvaluationPath.ToString();
        if (result.Errors == null || way.Contains("/if", StringComparison.Ordinal))
        {
            yield break;
        }

        int choice = way.IndexOf("/oneOf/", StringComparison.Ordinal);
        int end = choice < 0 ? -1 : way.IndexOf('/', choice + "/oneOf/".Length);
        foreach ((string keyword, string message) in result.Errors.Where(error => !OnlyParts.Contains(error.Key)))
        {
            bool unknown = way.EndsWith("/additionalProperties", StringComparison.Ordinal) || way.Contains("/additionalProperties/", StringComparison.Ordinal);
            yield return new Detail(
                result.InstanceLocation,
                keyword.Length == 0 ? message : $"{keyword}: {message}",
                unknown,
                choice < 0 ? null : way[..choice],
                choice < 0 ? null : end < 0 ? way : way[..end]);
        }
    }

    // operations[3].count
    private static string Shown(string[] way, JsonElement document)
    {
        StringBuilder shown = new();
        foreach (string part in way)
        {
            bool isItem = document.ValueKind == JsonValueKind.Array;
            shown.Append(isItem ? $"[{part}]" : shown.Length == 0 ? part : $".{part}");
            document = isItem ? document[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : document.GetProperty(part);
        }

        return shown.ToString();
    }

    private sealed record Detail(JsonPointer Location, string Says, bool IsUnknownField, string? Choice, string? Branch);
}
