using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Cmma.Conformance;

namespace Cmma.Mutation;

/// <summary>What ./mutate calls beside Stryker.</summary>
internal static class Program
{
    private const int Holes = 1;

    private static int Main(string[] arguments)
    {
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;
        Option<string> only = new("--only") { Description = "The mutant of one clause, and nothing written" };
        Command clauses = new("clauses", "Switches each clause off, and asks vectors, properties and paths whether they see it") { only };
        clauses.SetAction(parsed => Clauses(root, parsed.GetValue(only)));
        Command report = new("report", "Writes docs/mutation.md out of what Stryker and 'clauses' left in artifacts/mutation");
        report.SetAction(_ => Report(root));
        int exitCode = new RootCommand("Mutants of the sources, beside those of Stryker") { clauses, report }.Parse(arguments).Invoke();
        Environment.Exit(exitCode); // a proof that found no end may still run
        return exitCode;
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

        File.WriteAllText(Path.Combine(root, "artifacts/mutation/clauses.md"), ClauseTable.Markdown(fates, reasons));
        IReadOnlyList<string> holes = ClauseTable.Holes(fates, reasons);
        foreach (string hole in holes)
        {
            Console.WriteLine(hole);
        }

        return holes.Count == 0 ? 0 : Holes;
    }

    private static int Report(string root)
    {
        MutationReport report = new(Equivalent.Read(root));
        foreach (Configuration configuration in Configuration.All)
        {
            string path = Path.Combine(root, "artifacts/mutation", configuration.Name, "reports/mutation-report.json");
            if (File.Exists(path))
            {
                report.Add(configuration.Name, StrykerReport.Read(root, path));
            }
        }

        string clauses = Path.Combine(root, "artifacts/mutation/clauses.md");
        File.WriteAllText(Path.Combine(root, "docs/mutation.md"), report.Markdown(File.Exists(clauses) ? File.ReadAllText(clauses) : ""));
        foreach ((string configuration, StrykerMutant mutant) in report.Holes())
        {
            Console.WriteLine($"{configuration}: {mutant.Change.Name} survived: {mutant.Old} became {mutant.Change.Replacement}");
        }

        return report.Holes().Count == 0 ? 0 : Holes;
    }
}
