// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Core;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli.Tests;

/// <summary>One run of the command line inside this process.</summary>
/// <param name="ExitCode">What the shell would get.</param>
/// <param name="Output">stdout.</param>
/// <param name="Error">stderr.</param>
internal sealed record Invocation(int ExitCode, string Output, string Error)
{
    public static SpecFolder Spec { get; } = SpecFolder.Find();

    public static string Root { get; } = Path.GetDirectoryName(Spec.Path)!;

    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    public static Invocation Run(params string[] args) => RunOn(spec: null, args);

    /// <summary>With another folder in place of spec/.</summary>
    public static Invocation RunOn(TempSpec? spec, params string[] args) => RunWith(spec, cache: null, args);

    /// <summary>With a folder for what is kept, too.</summary>
    public static Invocation RunWith(TempSpec? spec, string? cache, params string[] args)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int exitCode = CommandLine.Run(args, output, error, spec == null ? null : new SpecFolder(spec.Path), cache);
        return new Invocation(exitCode, output.ToString(), error.ToString());
    }
}

/// <summary>A copy of spec/ that may be spoilt, with a few of the files of vectors; its path has a space in it.</summary>
internal sealed class TempSpec : IDisposable
{
    public const string Gap = "vectors/get/gap-after-the-first-page.json";

    public TempSpec()
    {
        string spec = Invocation.Spec.Path;
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(spec, "vectors", "selftest"))
            .Concat(Directory.EnumerateFiles(Invocation.Spec.Clauses))
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(spec, "profiles")))
            .Concat([System.IO.Path.Combine(spec, Gap), System.IO.Path.Combine(spec, "vectors", "schema.json")]))
        {
            Write(System.IO.Path.GetRelativePath(spec, file), File.ReadAllText(file));
        }

        VectorFolder vectors = new(At("vectors"));
        VectorFormat.Rewrite(vectors); // the manifest of these files
        Write("vectors/" + CoreSuite.Name, CoreSuite.Text(vectors.All().Take(1)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("cmma spec ").FullName;

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public string Read(string file) => File.ReadAllText(At(file));

    public string Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), text);
        return At(file);
    }

    /// <summary>Changes the first occurrence of <paramref name="before"/> and returns its line.</summary>
    public int Plant(string file, string before, string after)
    {
        string text = Read(file);
        int place = text.IndexOf(before, StringComparison.Ordinal);
        Write(file, text[..place] + after + text[(place + before.Length)..]);
        return text[..place].Count(character => character == '\n') + 1;
    }

    /// <summary>Every file with its text, to see whether anything was written.</summary>
    public IReadOnlyList<string> Snapshot() =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => file + "\n" + File.ReadAllText(file))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
