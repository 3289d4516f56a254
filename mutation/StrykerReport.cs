// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Mutation;

/// <summary>A mutant of Stryker's.</summary>
/// <param name="Change">What it changes; named FILE:LINE:COLUMN.</param>
/// <param name="Line">The line it begins in, without the space before it.</param>
/// <param name="Old">The text that it replaces.</param>
/// <param name="Mutator">Stryker's name for the kind of change.</param>
/// <param name="Status">Killed, Timeout, RuntimeError (the tests' program crashed), Survived, NoCoverage, CompileError or Ignored.</param>
public sealed record StrykerMutant(SourceChange Change, string Line, string Old, string Mutator, string Status)
{
    /// <summary>See <see cref="SourceChange.Key"/>.</summary>
    public string Key => Change.Key;

    /// <summary>Whether no check saw it.</summary>
    public bool Lives => Status is "Survived" or "NoCoverage";

    /// <summary>Whether it was tried, or would have been if a test reached it.</summary>
    public bool Counts => Lives || Status is "Killed" or "Timeout" or "RuntimeError";
}

/// <summary>Reads Stryker's report in JSON.</summary>
public static class StrykerReport
{
    /// <summary>Every mutant, in the order of files and places.</summary>
    /// <param name="root">The root of the project.</param>
    /// <param name="path">The report.</param>
    /// <exception cref="InputException">There is none, or it is of other sources than those of today.</exception>
    public static IReadOnlyList<StrykerMutant> Read(string root, string path)
    {
        string shown = Path.GetRelativePath(root, path);
        if (!File.Exists(path))
        {
            throw new InputException(shown, $"is not there: ./mutate {Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path)))} makes it");
        }

        try
        {
            using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
            return [.. All(root, shown, report.RootElement).OrderBy(mutant => mutant.Change.File, StringComparer.Ordinal).ThenBy(mutant => mutant.Change.Start)
                .ThenBy(mutant => mutant.Change.Length).ThenBy(mutant => mutant.Change.Replacement, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException(shown, "is no whole report of Stryker's: run this part of ./mutate again");
        }
    }

    private static List<StrykerMutant> All(string root, string shown, JsonElement report)
    {
        List<StrykerMutant> mutants = [];
        foreach (JsonProperty file in report.GetProperty("files").EnumerateObject().Where(file => !IsLeftOut(file.Value)))
        {
            string name = Path.GetRelativePath(root, file.Name).Replace('\\', '/');
            string text = file.Value.GetProperty("source").GetString()!;
            string today = Path.Combine(root, name);
            if (name.StartsWith("..", StringComparison.Ordinal))
            {
                throw new InputException(shown, $"is of the checkout in another folder, with {file.Name}: run this part of ./mutate here");
            }

            if (!File.Exists(today) || File.ReadAllText(today) != text)
            {
                throw new InputException(shown, $"{name} has changed since: run this part of ./mutate again");
            }

            mutants.AddRange(file.Value.GetProperty("mutants").EnumerateArray().Select(mutant => One(name, text, mutant)));
        }

        return mutants;
    }

    // Of a file that was not to be mutated the report has no source.
    private static bool IsLeftOut(JsonElement file) => file.GetProperty("mutants").EnumerateArray().All(mutant => mutant.GetProperty("status").GetString() == "Ignored");

    private static StrykerMutant One(string file, string text, JsonElement mutant)
    {
        JsonElement location = mutant.GetProperty("location");
        (int line, int column, int start) = Place(text, location.GetProperty("start"));
        int end = Place(text, location.GetProperty("end")).Offset;
        string replacement = mutant.GetProperty("replacement").GetString()!;
        return new StrykerMutant(
            new SourceChange($"{file}:{line}:{column}", file, start, end - start, replacement),
            text.Split('\n')[line - 1].Trim(),
            text[start..end],
            mutant.GetProperty("mutatorName").GetString()!,
            mutant.GetProperty("status").GetString()!);
    }

    // Lines and columns begin with 1.
    private static (int Line, int Column, int Offset) Place(string text, JsonElement place)
    {
        int line = place.GetProperty("line").GetInt32();
        int column = place.GetProperty("column").GetInt32();
        int offset = 0;
        for (int before = 1; before < line; before++)
        {
            offset = text.IndexOf('\n', offset) + 1;
        }

        return (line, column, offset + column - 1);
    }
}
