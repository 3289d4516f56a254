// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Cmma.Conformance.Tests;

/// <summary>The projects use each other as the table of docs/architecture.md says, and not otherwise.</summary>
public sealed partial class ArrowTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Table = ReadTable(File.ReadAllText(Path.Combine(Spec.Root, "docs", "architecture.md")));

    [Fact]
    public void Every_project_has_its_row() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(Spec.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path))
            .Append("Measures").Order(StringComparer.Ordinal),
        Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_arrow_of_the_table_leads_back() => Assert.All(Table.Keys, project => Assert.DoesNotContain(project, MayUse(project)));

    [Fact]
    public void No_project_uses_what_it_may_not() =>
        Assert.Equal("", string.Join('\n', Table.Keys.SelectMany(ArrowsOf).Where(IsForbidden)));

    [Fact]
    public void Each_file_has_the_namespace_of_its_folder() => Assert.All(
        Sources("Traces").Concat(Sources("Judging")).Concat(Sources("Reports")).Concat(Sources("Catalogue")),
        path => Assert.Contains(
            $"namespace Cmma.{Path.GetRelativePath(Path.Combine(Spec.Root, "src"), Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '.')};",
            File.ReadAllText(path),
            StringComparison.Ordinal));

    [Theory]
    [InlineData("Judging", "using Cmma.Catalogue;\n", true)]
    [InlineData("Traces", "using static Cmma.Judging.Judge;\n", true)]
    [InlineData("Exploring", "        Cmma.Reference.ReferenceMachine machine = new();", true)]
    [InlineData("Optimized", "<Project><ItemGroup><ProjectReference Include=\"../Reference/Reference.csproj\" /></ItemGroup></Project>", true)]
    [InlineData("Optimized", "<Project><ItemGroup><Compile Include=\"../Reference/*.cs\" /></ItemGroup></Project>", true)]
    [InlineData("Catalogue", "using Cmma.Traces.Vectors;\n", false)]
    [InlineData("Reports", "/// as Cmma.Cli prints it\nnamespace Cmma.Reports;\n", false)]
    public void A_planted_arrow_is_seen(string project, string text, bool forbidden) =>
        Assert.Equal(forbidden, ArrowsIn(project, text.StartsWith('<') ? "X.csproj" : "X.cs", text).Any(IsForbidden));

    private static bool IsForbidden(Arrow arrow) => arrow.To != arrow.From && Table.ContainsKey(arrow.To) && !MayUse(arrow.From).Contains(arrow.To);

    private static HashSet<string> MayUse(string project)
    {
        HashSet<string> all = [];
        Stack<string> open = new(Table[project]);
        while (open.TryPop(out string? next))
        {
            if (all.Add(next))
            {
                Array.ForEach(Table[next], open.Push);
            }
        }

        return all;
    }

    private static IEnumerable<Arrow> ArrowsOf(string project) => Sources(project)
        .Append(Path.Combine(FolderOf(project), project + ".csproj"))
        .SelectMany(path => ArrowsIn(project, Path.GetRelativePath(Spec.Root, path), File.ReadAllText(path)));

    private static IEnumerable<Arrow> ArrowsIn(string project, string file, string text) => file.EndsWith(".csproj", StringComparison.Ordinal)
        ? XElement.Parse(text).Descendants()
            .Where(each => each.Name.LocalName is "ProjectReference" or "Compile")
            .Select(each => new Arrow(project, ((string)each.Attribute("Include")!).Split('/').SkipWhile(part => part is ".." or "src" or "bench").First(), file))
        : Names().Matches(text).Select(name => new Arrow(project, name.Groups["to"].Value, file));

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(FolderOf(project), "*.cs", SearchOption.AllDirectories);

    private static string FolderOf(string project) => Path.Combine(Spec.Root, project == "Measures" ? "bench" : "src", project);

    private static Dictionary<string, string[]> ReadTable(string text) => Rows().Matches(text).ToDictionary(
        row => row.Groups["project"].Value,
        row => row.Groups["uses"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    // a name of ours outside comments
    [GeneratedRegex(@"^(?!\s*//).*?\bCmma\.(?<to>\w+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Names();

    [GeneratedRegex(@"^\| (?<project>[A-Z]\w*) \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rows();

    private sealed record Arrow(string From, string To, string File);
}
