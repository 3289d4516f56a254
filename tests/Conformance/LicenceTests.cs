// SPDX-License-Identifier: MIT
namespace Cmma.Conformance.Tests;

/// <summary>Every source that can hold a comment names its licence, so that a file that is copied elsewhere still does.</summary>
public sealed class LicenceTests
{
    private const string Line = "SPDX-License-Identifier: MIT";

    private static readonly string[] Endings = [".cs", ".c", ".h", ".py", ".rs", ".sh", ".js", ".css", ".smt2", ".md", ".yml"];

    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules"];

    [Fact]
    public void Every_source_names_its_licence() =>
        Assert.Equal("", string.Join('\n', Sources(Spec.Root).Where(path => !Names(File.ReadLines(path))).Select(path => Path.GetRelativePath(Spec.Root, path))));

    [Theory]
    [InlineData("// SPDX-License-Identifier: MIT\nusing System;", true)]
    [InlineData("#!/usr/bin/env bash\n# SPDX-License-Identifier: MIT", true)]
    [InlineData("using System;\n\n// the word SPDX-License-Identifier is no line\n", false)]
    [InlineData("using System;\n\nstatic class X;\n// SPDX-License-Identifier: MIT", false)]
    public void A_line_that_is_missing_is_seen(string text, bool names) => Assert.Equal(names, Names(text.Split('\n')));

    private static bool Names(IEnumerable<string> lines) => lines.Take(2).Any(line => line.Contains(Line, StringComparison.Ordinal));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder)
        .Where(IsSource)
        .Concat(Directory.EnumerateDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(Sources));

    /// <summary>By its ending, or, without one, a script by its first line.</summary>
    private static bool IsSource(string path) =>
        Endings.Contains(Path.GetExtension(path)) || (Path.GetExtension(path).Length == 0 && File.ReadLines(path).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true);
}
