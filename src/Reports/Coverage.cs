// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Reports;

/// <summary>What shows one clause in one way.</summary>
/// <param name="Kind">vector, property, theorem or mutant.</param>
/// <param name="Shows">The checks, each by its id, its method, or its file from the root of the checkout.</param>
/// <param name="Reason">Why there is none; null where there is one, or where the cell is empty.</param>
public sealed record CoverageCell(string Kind, IReadOnlyList<string> Shows, string? Reason)
{
    /// <summary>Whether the cell holds neither a check nor a reason.</summary>
    public bool IsEmpty => Shows.Count == 0 && Reason == null;
}

/// <summary>A clause with what shows it.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Cells">One for each of <see cref="Coverage.Kinds"/>, in that order.</param>
public sealed record CoverageRow(Clause Clause, IReadOnlyList<CoverageCell> Cells);

/// <summary>The traceability matrix: for each clause the vectors, properties, theorems and mutants that name it.</summary>
public static partial class Coverage
{
    private const string MutantsFile = "mutation/clauses.json";
    private const string ByPaths = " by paths"; // ends a name among the reasons of that file

    /// <summary>The ways to show a clause. A clause file gives the reason where one is missing: "- no theorem: ...".</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["vector", "property", "theorem", "mutant"];

    /// <summary>Whether the tests and mutants that show clauses are there: an installed tool has the spec alone.</summary>
    public static bool IsThere(SpecFolder spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return File.Exists(Path.Combine(Root(spec), MutantsFile));
    }

    /// <summary>A row for each clause.</summary>
    /// <param name="spec">The folder spec of a checkout; tests and mutants are found next to it.</param>
    /// <exception cref="InputException">A file cannot be read or does not have its form.</exception>
    public static IReadOnlyList<CoverageRow> Of(SpecFolder spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string root = Root(spec);
        if (!IsThere(spec))
        {
            throw new InputException(MutantsFile, "not here: what covers a clause is found in a checkout with its tests and mutants");
        }

        using JsonDocument document = ReadMutants(Path.Combine(root, MutantsFile));
        JsonElement mutants = document.RootElement;
        HashSet<string> unseenByPaths = [.. Field(mutants, "unseen", JsonValueKind.Object).EnumerateObject().Select(reason => reason.Name)
            .Where(name => name.EndsWith(ByPaths, StringComparison.Ordinal)).Select(name => name[..^ByPaths.Length])];
        Dictionary<string, ILookup<string, string>> shows = new(StringComparer.Ordinal)
        {
            ["vector"] = Lookup(new VectorFolder(spec.Vectors).All().SelectMany(vector => vector.Clauses.Select(clause => (clause, vector.Id)))),
            ["property"] = Lookup(Files(root, "tests", "*.cs").SelectMany(Properties)),
            ["theorem"] = Lookup(Files(root, "spec/smt", "*.smt2").SelectMany(file => Theorems(file, unseenByPaths))),
            ["mutant"] = Lookup(Field(mutants, "mutants", JsonValueKind.Array).EnumerateArray().Select(mutant => (Text(mutant, "clause"), Text(mutant, "file")))),
        };
        return [.. ClauseFolder.Read(spec.Clauses).Select(clause => new CoverageRow(clause, [.. Kinds.Select(kind => Cell(clause, kind, shows[kind]))]))];
    }

    private static string Root(SpecFolder spec) => Path.GetDirectoryName(Path.GetFullPath(spec.Path))!;

    private static CoverageCell Cell(Clause clause, string kind, ILookup<string, string> shows) =>
        new(kind, [.. shows[clause.Id].Distinct(StringComparer.Ordinal)], clause.Reasons.GetValueOrDefault(kind));

    private static ILookup<string, string> Lookup(IEnumerable<(string Clause, string Check)> pairs) =>
        pairs.ToLookup(pair => pair.Clause, pair => pair.Check, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Files(string root, string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)
                .Select(name => (name, File.ReadAllText(Path.Combine(root, name))))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be read: {e.Message}", e);
        }
    }

    // [Clause("GET-BLOCK-4")] above a test names what the test shows, and so does [ClauseProperty("GET-BLOCK-4", "G4", AtLeast = 10)].
    private static IEnumerable<(string Clause, string Check)> Properties((string Name, string Text) file)
    {
        List<string> named = [];
        foreach (string line in file.Text.Split('\n').Select(line => line.Trim()))
        {
            if (ClauseAttribute().Match(line) is { Success: true } attribute)
            {
                named.AddRange(attribute.Groups["id"].Captures.Select(id => id.Value));
            }
            else if (Method().Match(line) is { Success: true } method)
            {
                foreach (string clause in named)
                {
                    yield return (clause, $"{file.Name}: {method.Groups["name"].Value}");
                }

                named.Clear();
            }
        }
    }

    // A theorem names its clauses in its header. A definition of the model cites its clause: the proof of the paths of the
    // reference shows that the reference does what the definition says, unless it does not see the clause switched off.
    private static IEnumerable<(string Clause, string Check)> Theorems((string Name, string Text) file, HashSet<string> unseenByPaths) =>
        file.Name.StartsWith("spec/smt/model/", StringComparison.Ordinal)
            ? ClauseId().Matches(file.Text).Select(id => id.Value).Where(id => !unseenByPaths.Contains(id)).Select(id => (id, $"{file.Name} on every path"))
            : Guarantee().Match(file.Text).Groups["id"].Captures.Select(id => (id.Value, file.Name));

    private static JsonDocument ReadMutants(string path)
    {
        try
        {
            return JsonDocument.Parse(JsonInput.Bytes(path, MutantsFile), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new InputException($"{MutantsFile}:{e.LineNumber + 1}: no valid JSON: {e.Message}", e);
        }
    }

    private static JsonElement Field(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement field) && field.ValueKind == kind
            ? field
            : throw new InputException(MutantsFile, $"field '{name}' is missing, or of another kind");

    private static string Text(JsonElement mutant, string name) => Field(mutant, name, JsonValueKind.String).GetString()!;

    [GeneratedRegex("""^\[Clause(Property)?\("(?<id>[A-Z0-9-]+)"(, "(?<id>[A-Z0-9-]+)")*(, \w+ = [^"]+)?\)\]$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClauseAttribute();

    [GeneratedRegex(@"^public (static )?(async )?\w+ (?<name>\w+)\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Method();

    [GeneratedRegex(@"^; guarantee: (?<id>[A-Z0-9-]+)(, (?<id>[A-Z0-9-]+))*", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Guarantee();

    [GeneratedRegex("[A-Z][A-Z0-9]*(-[A-Z0-9]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ClauseId();
}
