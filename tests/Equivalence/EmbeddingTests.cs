// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.Loader;
using Cmma.Mutation;
using Cmma.Traces;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cmma.Equivalence.Tests;

/// <summary>The program in the section "Ten lines" of docs/embedding.md compiles with nothing but src/Abi and src/Optimized, and prints what the page shows.</summary>
public sealed class EmbeddingTests
{
    private const int MostLines = 10;

    // A type of this name outside any namespace goes before System's.
    private const string Printed = """
        static class Console
        {
            public static readonly System.Text.StringBuilder Text = new();

            public static void WriteLine(string line) => Text.Append(line).Append('\n');
        }
        """;

    [Fact]
    public void The_program_on_the_page_prints_what_is_shown()
    {
        Assert.SkipWhen(RunSize.IsSmall, "compiles for longer than all else takes, and asks nothing that the others do not");
        string[] section = Section("## Ten lines");
        string program = string.Join('\n', Block(section, "```csharp"));

        Assert.Equal(string.Join('\n', Block(section, "```text")) + "\n", Run(program));
    }

    [Fact]
    public void It_has_ten_lines_besides_what_it_uses() =>
        Assert.InRange(Block(Section("## Ten lines"), "```csharp").Count(line => line.Length > 0 && !line.StartsWith("using Cmma.", StringComparison.Ordinal) && line != "using System;"), 5, MostLines);

    private static string Run(string program)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Embedding",
            [CSharpSyntaxTree.ParseText(program, parsing), CSharpSyntaxTree.ParseText(Printed, parsing)],
            ChangedSources.Runtime.Append(MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "Cmma.Optimized.dll"))),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));

        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(name: null).LoadFromStream(image);
        assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return assembly.GetType("Console")!.GetField("Text")!.GetValue(null)!.ToString()!;
    }

    private static string[] Section(string heading) =>
        [.. File.ReadLines(Path.Combine(SpecFolder.Find().Path, "..", "docs", "embedding.md"))
            .SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];

    private static IEnumerable<string> Block(IEnumerable<string> lines, string fence) =>
        lines.SkipWhile(line => line != fence).Skip(1).TakeWhile(line => line != "```");
}
