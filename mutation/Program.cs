using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Cmma.Conformance;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Mutation;

/// <summary>What ./mutate calls beside Stryker.</summary>
internal static class Program
{
    private const int HolesFound = 1;
    private const int CouldNotRun = 4;
    private const string Artifacts = "artifacts/mutation";

    // Behind the tables of Stryker's mutants.
    private static readonly string[] Sections = ["core.md", "clauses.md", "coverage.md"];

    private static int Main(string[] arguments)
    {
        int exitCode;
        try
        {
            exitCode = Run(arguments);
        }
        catch (Exception e) when (e is InputException or InvalidOperationException or FormatException)
        {
            Console.WriteLine(e.Message); // not an error's stream: that is for progress
            exitCode = CouldNotRun;
        }

        Environment.Exit(exitCode); // a proof that found no end may still run
        return exitCode;
    }

    private static int Run(string[] arguments)
    {
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;
        Option<string> only = new("--only") { Description = "The mutant of one clause, and nothing written" };
        Command paths = new(Trial.PathsVerb, "Proves the paths of the sources as they are, in memory of a few pages") { Hidden = true };
        paths.SetAction(_ => Console.WriteLine(new ChangedPaths(root).Try(change: null)));
        Command clauses = new("clauses", "Switches each clause off, and asks vectors, properties and paths whether they see it") { only };
        clauses.SetAction(parsed => Clauses(root, parsed.GetValue(only)));
        Command report = new("report", "Writes docs/mutation.md out of what Stryker and 'clauses' left in artifacts/mutation");
        report.SetAction(_ => Report(root));
        Command core = new("core", "Finds the core suite, with the mutants of Stryker's report of reference-vectors, and writes spec/vectors/core");
        core.SetAction(_ => Core(root));
        Command coverage = new("coverage", "Judges what ./mutate coverage left in artifacts/coverage");
        coverage.SetAction(_ => Coverage(root));
        Command equivalent = new("equivalent", "Asks for the proofs that mutation/equivalent.json names");
        equivalent.SetAction(_ => Holes(EquivalenceTrial.Wrong(root, ReadAll(root, "").Mutants, Console.Error.WriteLine)));
        Command survivors = new("survivors", "Names the survivors that ./mutate --changed left in artifacts/mutation/changed");
        survivors.SetAction(_ => Survivors(root, "changed"));
        Argument<string[]> libraries = new("library") { Description = "A file with a reference; if none is named, the one beside this program", Arity = ArgumentArity.ZeroOrMore };
        Command vectors = new(VectorRun.Verb, "Runs every vector against libraries of the reference, one after another") { libraries };
        vectors.SetAction(parsed => VectorRun.Write(SpecFolder.Find(), parsed.GetValue(libraries) ?? [], Console.Out));
        return new RootCommand("Mutants of the sources, beside those of Stryker") { clauses, core, coverage, equivalent, paths, report, survivors, vectors }.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static int Clauses(string root, string? only)
    {
        List<ClauseFate> fates = ClauseTrial.Run(root, only, Console.Error.WriteLine);
        IReadOnlyDictionary<string, string> reasons = ClauseTable.Reasons(root);
        if (only != null)
        {
            Console.Write(ClauseTable.Markdown(fates, new Dictionary<string, string>(StringComparer.Ordinal)));
            return 0;
        }

        File.WriteAllText(Path.Combine(root, Artifacts, "clauses.md"), ClauseTable.Markdown(fates, reasons));
        return Holes(ClauseTable.Holes(fates, reasons));
    }

    private static int Core(string root)
    {
        List<SourceChange> mutants = [.. ClauseMutants.Read(root).Where(mutant => ChangedLibrary.IsReference(mutant.File)),
            .. StrykerReport.Read(root, ReportOf(root, MutationReport.ByVectors)).Where(mutant => mutant.Counts).Select(mutant => mutant.Change)];
        (IReadOnlyList<Vector> suite, IReadOnlyList<VectorGoal> goals) = CoreSearch.Run(root, mutants, Console.Error.WriteLine);
        File.WriteAllText(Path.Combine(root, "spec/vectors", CoreSuite.Name), CoreSuite.Text(suite));
        int bugs = goals.Count(goal => goal.Name.StartsWith("bug ", StringComparison.Ordinal));
        string summary = $"## The core suite\n\nspec/vectors/core, for `./cmma check IMPL --suite core`: {suite.Count} vectors catch the {bugs} known bugs and the {goals.Count - bugs} mutants\n"
            + "of the reference that all vectors together catch, of Stryker's and of the clauses'. They were found by taking the one that catches most of what is\n"
            + "left, again and again, and then leaving out whose every catch others make too.\n";
        File.WriteAllText(Path.Combine(root, Artifacts, "core.md"), summary);
        Console.WriteLine($"{suite.Count} vectors keep {goals.Count} goals");
        return 0;
    }

    private static int Coverage(string root)
    {
        LineCoverage coverage = new(root);
        File.WriteAllText(Path.Combine(root, Artifacts, "coverage.md"), coverage.Markdown());
        return Holes(coverage.Holes());
    }

    private static int Survivors(string root, string folder) => Holes(ReadAll(root, folder));

    private static int Report(string root)
    {
        MutationReport report = ReadAll(root, "");
        IEnumerable<string> sections = Sections.Select(name => Path.Combine(root, Artifacts, name));
        string[] missing = [.. Configuration.All.Select(each => ReportOf(root, each.Name)).Concat(sections).Where(path => !File.Exists(path)).Select(path => Path.GetRelativePath(root, path))];
        if (missing.Length == 0)
        {
            File.WriteAllText(Path.Combine(root, "docs/mutation.md"), report.Markdown(string.Join('\n', sections.Select(File.ReadAllText))));
        }
        else
        {
            Console.WriteLine($"docs/mutation.md stays as it is, since parts were not run here: {string.Join(", ", missing)}");
        }

        return Holes(report);
    }

    private static MutationReport ReadAll(string root, string folder)
    {
        MutationReport report = new(Equivalent.Read(root));
        foreach (Configuration configuration in Configuration.All)
        {
            string path = ReportOf(root, Path.Combine(folder, configuration.Name));
            if (File.Exists(path))
            {
                report.Add(configuration.Name, StrykerReport.Read(root, path));
            }
        }

        return report;
    }

    private static string ReportOf(string root, string run) => Path.Combine(root, Artifacts, run, "reports/mutation-report.json");

    private static int Holes(MutationReport report)
    {
        foreach (string line in report.TallyLines())
        {
            Console.WriteLine(line);
        }

        return Holes(report.HoleLines());
    }

    private static int Holes(IReadOnlyList<string> holes)
    {
        foreach (string hole in holes)
        {
            Console.WriteLine(hole);
        }

        return holes.Count == 0 ? 0 : HolesFound;
    }
}
