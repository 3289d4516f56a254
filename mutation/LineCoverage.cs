// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml.Linq;

namespace Cmma.Mutation;

/// <summary>What coverlet saw run of Reference, Optimized and Abi, merged by ReportGenerator (artifacts/coverage/Cobertura.xml).</summary>
/// <param name="root">The root of the project.</param>
public sealed class LineCoverage(string root)
{
    private static readonly string[] Projects = ["Abi", "Optimized", "Reference"];

    // In a comment at the line, followed by the reason.
    private const string Mark = "not covered: ";

    private readonly XElement report = XDocument.Load(Path.Combine(root, "artifacts/coverage/Cobertura.xml")).Root!;

    /// <summary>Lines that did not run, or not in all branches, and do not say why; and those that say why, and ran.</summary>
    public IReadOnlyList<string> Holes()
    {
        HashSet<(string File, int Line)> excepted = [.. Exceptions().Select(each => (each.File, each.Line))];
        HashSet<(string File, int Line)> missed = [.. Missed()];
        string[] measured = [.. report.Descendants("class").Select(each => Relative(each.Attribute("filename")!.Value).Split('/')[1])];
        return [.. Projects.Except(measured, StringComparer.Ordinal).Select(project => $"src/{project}: nothing of it was measured"), .. missed.Except(excepted).Order().Select(line => $"{line.File}:{line.Line}: not covered, and no reason"),
            .. excepted.Except(missed).Order().Select(line => $"{line.File}:{line.Line}: has a reason, but is covered")];
    }

    /// <summary>The section of docs/mutation.md.</summary>
    public string Markdown()
    {
        string text = "## Lines and branches\n\nWhat the vectors, the properties and the equivalence tests run of Reference, Optimized and Abi (coverlet, ReportGenerator):\n"
            + $"{Share("lines")} lines, {Share("branches")} branches. The others, and why:\n\n";
        return text + string.Concat(Exceptions().Select(each => $"- {each.File}:{each.Line}: {each.Reason}\n"));
    }

    private string Share(string what) => string.Create(
        CultureInfo.InvariantCulture, $"{report.Attribute($"{what}-covered")!.Value} of {report.Attribute($"{what}-valid")!.Value}");

    // A line may occur in the report more than once, as of two classes.
    private IEnumerable<(string File, int Line)> Missed() => report.Descendants("class")
        .SelectMany(each => each.Element("lines")!.Elements("line").Select(line => (File: Relative(each.Attribute("filename")!.Value), Line: line)))
        .Where(each => each.Line.Attribute("hits")!.Value == "0" || each.Line.Attribute("condition-coverage") is { } branches && !branches.Value.StartsWith("100", StringComparison.Ordinal))
        .Select(each => (each.File, int.Parse(each.Line.Attribute("number")!.Value, CultureInfo.InvariantCulture)));

    private IEnumerable<(string File, int Line, string Reason)> Exceptions() => Projects
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, "src", project), "*.cs", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .SelectMany(path => File.ReadLines(path).Select((text, index) => (File: Relative(path), Line: index + 1, Text: text)))
        .Where(line => line.Text.Contains("//", StringComparison.Ordinal) && line.Text.Contains(Mark, StringComparison.Ordinal))
        .Select(line => (line.File, line.Line, line.Text[(line.Text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]));

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
