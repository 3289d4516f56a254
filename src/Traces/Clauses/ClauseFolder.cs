// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Cmma.Traces.Clauses;

/// <summary>Reads the clauses out of spec/clauses/*.md; its README.md describes the form.</summary>
public static partial class ClauseFolder
{
    private const string ShownFolder = "spec/clauses/";
    private const string SourceMark = "- source: ";

    /// <summary>Every clause, in the order of the files' names.</summary>
    /// <exception cref="InputException">A clause does not have the form, or an id occurs twice.</exception>
    public static IReadOnlyList<Clause> Read(string folder)
    {
        List<Clause> clauses = ReadFiles(folder);
        HashSet<string> ids = new(StringComparer.Ordinal);
        if (clauses.Find(clause => !ids.Add(clause.Id)) is { } twice)
        {
            throw new InputException(twice.File, twice.Line, $"clause {twice.Id} occurs twice");
        }

        return clauses;
    }

    private static List<Clause> ReadFiles(string folder)
    {
        List<Clause> clauses = [];
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
            {
                string file = Path.GetFileName(path);
                if (file is not ("README.md" or "doc-2017.md"))
                {
                    clauses.AddRange(Parse(File.ReadAllLines(path), ShownFolder + file));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: cannot be read: {e.Message}", e);
        }

        return clauses;
    }

    /// <summary>The clauses of one file.</summary>
    /// <exception cref="InputException">A clause does not have the form.</exception>
    public static IReadOnlyList<Clause> Parse(IReadOnlyList<string> lines, string file)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<Clause> clauses = [];
        for (int index = 0; index < lines.Count; index++)
        {
            Match heading = Heading().Match(lines[index]);
            if (heading.Success)
            {
                int end = index + 1;
                while (end < lines.Count && !lines[end].StartsWith('#'))
                {
                    end++;
                }

                clauses.Add(ParseClause(heading, [.. lines.Skip(index + 1).Take(end - index - 1)], file, index + 1));
            }
            else if (lines[index].StartsWith("###", StringComparison.Ordinal))
            {
                throw new InputException(file, index + 1, "a clause begins with '### ID: title'");
            }
        }

        return clauses;
    }

    private static Clause ParseClause(Match heading, List<string> body, string file, int line)
    {
        string id = heading.Groups["id"].Value;
        string? source = null;
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        List<string> text = [];
        foreach (string bodyLine in body)
        {
            Match reason = Reason().Match(bodyLine);
            if (bodyLine.StartsWith(SourceMark, StringComparison.Ordinal))
            {
                RequireFirst(source == null, id, SourceMark, file, line);
                source = bodyLine[SourceMark.Length..];
            }
            else if (reason.Success)
            {
                string kind = reason.Groups["kind"].Value;
                RequireFirst(reasons.TryAdd(kind, reason.Groups["text"].Value), id, $"- no {kind}: ", file, line);
            }
            else
            {
                text.Add(bodyLine);
            }
        }

        if (source == null || !Source().IsMatch(source))
        {
            throw new InputException(file, line, $"clause {id} needs a line '{SourceMark}doc-2017 | all kernels | choice', D-numbers and reason behind it");
        }

        string whole = string.Join('\n', text).Trim();
        if (whole.Length == 0)
        {
            throw new InputException(file, line, $"clause {id} has no text");
        }

        return new Clause(id, heading.Groups["title"].Value, whole, source, reasons, file, line);
    }

    private static void RequireFirst(bool first, string id, string mark, string file, int line)
    {
        if (!first)
        {
            throw new InputException(file, line, $"clause {id} has two lines '{mark}'");
        }
    }

    [GeneratedRegex(@"^### (?<id>[A-Z][A-Z0-9]*(-[A-Z0-9]+)*): (?<title>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^- no (?<kind>vector|property|theorem|mutant): (?<text>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reason();

    [GeneratedRegex(@"^(doc-2017|all kernels|choice)( \(D\d+(, D\d+)*\))?(: .+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();
}
