// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Cmma.Mutation;

/// <summary>A mutant that no check can see, since it does what the source does.</summary>
/// <param name="File">The file, from the root of the project.</param>
/// <param name="Line">The line it begins in, without the space before it.</param>
/// <param name="Old">The text that is replaced, in one line.</param>
/// <param name="Replacement">What replaces it, in one line.</param>
/// <param name="Times">How many mutants this is: a file may hold the same line more than once.</param>
/// <param name="Reason">Why it does the same.</param>
/// <param name="ShownBy">What proves it: see <see cref="EquivalenceTrial"/>.</param>
public sealed record Equivalent(string File, string Line, string Old, string Replacement, int Times, string Reason, string ShownBy)
{
    /// <summary>For a solver: declarations, and the condition under which the two differ, both in SMT-LIB.</summary>
    public (string Given, string Differ)? Question { get; init; }

    /// <summary>Where they are listed, from the root of the project.</summary>
    public const string Path = "mutation/equivalent.json";

    /// <summary>Whether this is that mutant.</summary>
    public bool Is(StrykerMutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return mutant.Change.File == File && mutant.Line == Line && OneLine(mutant.Old) == Old && OneLine(mutant.Change.Replacement) == Replacement;
    }

    /// <summary>Code with a space for each row of spaces and line ends.</summary>
    public static string OneLine(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>mutation/equivalent.json.</summary>
    /// <param name="root">The root of the project.</param>
    public static IReadOnlyList<Equivalent> Read(string root)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(root, Path)));
        return [.. document.RootElement.GetProperty("mutants").EnumerateArray().Select(One)];
    }

    private static Equivalent One(JsonElement mutant)
    {
        string Field(string name) => mutant.GetProperty(name).GetString()!;
        int times = mutant.TryGetProperty("times", out JsonElement several) ? several.GetInt32() : 1;
        return new Equivalent(Field("file"), Field("line"), Field("old"), Field("new"), times, Field("reason"), Field("shown_by"))
        {
            Question = mutant.TryGetProperty("given", out JsonElement given) ? (given.GetString()!, Field("differ")) : null,
        };
    }
}
