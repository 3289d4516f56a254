// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>What the machines cite is there, and what is there is cited.</summary>
public sealed class FactTests
{
    private static readonly string Root = Path.GetDirectoryName(SpecFolder.Find().Path)!;

    [Fact]
    public void The_facts_that_the_machines_cite_are_the_rows_of_the_table()
    {
        IEnumerable<string> cited = Directory.EnumerateFiles(Path.Combine(Root, "src", "Kernels"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("act \"", StringComparison.Ordinal) || line.Contains("acts \"", StringComparison.Ordinal))
            .SelectMany(line => line.Split('"').Where((_, index) => index % 2 == 1))
            .Where(fact => fact != "...");

        Assert.Equal(Rows().Order(StringComparer.Ordinal), cited.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(Root, "docs", "kernels.md"))
        .SkipWhile(line => !line.StartsWith("| fact |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|')[1].Trim());
}
