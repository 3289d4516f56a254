// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using Cmma.Catalogue.Core;
using Cmma.Traces;

namespace Cmma.Mutation;

/// <summary>What ./mutate calls besides Stryker.</summary>
internal static class Program
{
    private const int HolesFound = 1;
    private const int BadInput = 2;
    private const int CouldNotRun = 4;
    private const string Artifacts = "artifacts/mutation";

    // The vectors that fail with each stranger's mistake: a list of ids for each name.
    private const string SeenStrangers = "strangers.json";

    // Behind the tables of Stryker's mutants.
    private static readonly string[] Sections = ["core", "strangers", "clauses", "model", "coverage"];

    private static int Main(string[] arguments)
    {
        int exitCode;
        try
        {
            exitCode = Run(arguments);
        }
        catch (Exception e) when (Told(e) is InputException or InvalidOperationException or FormatException)
        {
            Console.WriteLine(Told(e).Message); // not an error's stream: that is for progress
            exitCode = Told(e) is InputException ? BadInput : CouldNotRun;
        }

        Environment.Exit(exitCode); // a proof that found no end may still run
        return exitCode;
    }

    // Of what went wrong side by side the first.
    private static Exception Told(Exception e) => e is AggregateException { InnerException: { } inner } ? inner : e;

    private static int Run(string[] arguments)
    {
        string root = Path.GetDirectoryName(SpecFolder.Find().Path)!;
        Option<string> only = new("--only") { Description = "The mutant of one clause, or those of one definition or file of the model, and nothing written" };
        Command paths = new(Trial.PathsVerb, "Proves the paths of the sources as they are, in memory of a few pages") { Hidden = true };
        paths.SetAction(_ => Console.WriteLine(new ChangedPaths(root).Try(change: null)));
        Command clauses = new("clauses", "Switches each clause off, and asks vectors, properties and paths whether they see it") { only };
        clauses.SetAction(parsed => Clauses(root, parsed.GetValue(only)));
        Command model = new("model", "Changes each definition of spec/smt/model, and asks the theorems whether they see it") { only };
        model.SetAction(parsed => Model(root, parsed.GetValue(only)));
        Command report = new("report", "Writes docs/mutation.md out of what Stryker and 'clauses' left in artifacts/mutation");
        report.SetAction(_ => Report(root));
        Command core = new("core", "Finds the core suite, with what reference-vectors and 'strangers' left, and writes spec/vectors/core");
        core.SetAction(_ => Core(root));
        Command coverage = new("coverage", "Judges what ./mutate coverage left in artifacts/coverage");
        coverage.SetAction(_ => Coverage(root));
        Command equivalent = new("equivalent", "Asks for the proofs that mutation/equivalent.json names");
        equivalent.SetAction(_ => Equivalence(root));
        Command strangers = new("strangers", "Runs every vector against the mistakes that others made in the example in C");
        strangers.SetAction(_ => Strangers(root));
        Command survivors = new("survivors", "Names the survivors that ./mutate --changed left in artifacts/mutation/changed");
        survivors.SetAction(_ => Survivors(root, "changed"));
        Argument<string[]> libraries = new("library") { Description = "A file with a reference; if none is named, the one beside this program", Arity = ArgumentArity.ZeroOrMore };
        Command vectors = new(VectorRun.Verb, "Runs every vector against libraries of the reference, one after another") { libraries };
        vectors.SetAction(parsed => VectorRun.Write(SpecFolder.Find(), parsed.GetValue(libraries) ?? [], Console.Out));
        return new RootCommand("Mutants of the sources, beside those of Stryker") { clauses, core, coverage, equivalent, model, paths, report, strangers, survivors, vectors }.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
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

    private static int Model(string root, string? only)
    {
        IReadOnlyDictionary<string, string> reasons = ModelTable.Reasons(root);
        IReadOnlyList<ModelFate> fates = ModelTrial.Run(root, only, reasons.Keys.ToHashSet(StringComparer.Ordinal), Console.Error.WriteLine);
        if (only != null)
        {
            Console.Write(ModelTable.Markdown(fates, reasons));
            return 0;
        }

        File.WriteAllText(Path.Combine(root, Artifacts, "model.md"), ModelTable.Markdown(fates, reasons));
        return Holes(ModelTable.Holes(fates, reasons));
    }

    private static int Core(string root)
    {
        RequireRun(root, "core", MutationReport.ByVectors, "strangers");
        StrykerMutant[] killed = [.. StrykerReport.Read(root, ReportOf(root, MutationReport.ByVectors)).Where(mutant => mutant.Counts && !mutant.Lives)];
        Dictionary<string, string[]> strangers = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Path.Combine(root, Artifacts, SeenStrangers)))!;
        VectorGoal[] given = [.. strangers.Where(each => each.Value.Length > 0).Select(each => new VectorGoal($"stranger {each.Key}", each.Value.ToHashSet(StringComparer.Ordinal)))];
        CoreFind find = CoreSearch.Run(root, [.. killed.Select(mutant => mutant.Change)], given, Console.Error.WriteLine);
        File.WriteAllText(Path.Combine(root, "spec/vectors", CoreSuite.Name), CoreSuite.Text(find.Suite));
        File.WriteAllText(Path.Combine(root, Artifacts, "core.md"), find.Markdown());
        Console.WriteLine($"{find.Suite.Count} vectors keep {find.Goals.Count} goals");
        return 0;
    }

    private static int Strangers(string root)
    {
        IReadOnlyList<StrangerFate> fates = StrangersTrial.Run(root, Console.Error.WriteLine);
        File.WriteAllText(Path.Combine(root, Artifacts, "strangers.md"), StrangerFate.Markdown(fates));
        File.WriteAllText(Path.Combine(root, Artifacts, SeenStrangers), JsonSerializer.Serialize(fates.ToDictionary(fate => fate.Stranger.Name, fate => fate.Failed, StringComparer.Ordinal)));
        Console.WriteLine($"all vectors catch {fates.Count(fate => fate.Failed.Count > 0)} of {fates.Count}, the core suite {fates.Count(fate => fate.InCore)}");
        return Holes(StrangerFate.Holes(fates));
    }

    private static int Equivalence(string root)
    {
        RequireRun(root, "equivalent", [.. Configuration.All.Select(each => each.Name)]);
        return Holes(EquivalenceTrial.Wrong(root, ReadAll(root, "").Mutants, Console.Error.WriteLine));
    }

    // Parts of ./mutate that must have run here before another one.
    private static void RequireRun(string root, string part, params string[] before)
    {
        string[] missing = [.. before.Where(name => !HasRun(root, name))];
        if (missing.Length > 0)
        {
            throw new InputException(part, $"needs what other parts find: run ./mutate {string.Join(' ', missing)} first");
        }
    }

    private static bool HasRun(string root, string part) =>
        File.Exists(Configuration.All.Any(each => each.Name == part) ? ReportOf(root, part) : Path.Combine(root, Artifacts, $"{part}.md"))
        && (part != "strangers" || File.Exists(Path.Combine(root, Artifacts, SeenStrangers)));

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
        string[] missing = [.. Configuration.All.Select(each => each.Name).Concat(Sections).Where(part => !HasRun(root, part))];
        if (missing.Length == 0)
        {
            IEnumerable<string> sections = Sections.Select(name => File.ReadAllText(Path.Combine(root, Artifacts, $"{name}.md")));
            File.WriteAllText(Path.Combine(root, "docs/mutation.md"), report.Markdown(string.Join('\n', sections)));
        }
        else
        {
            Console.WriteLine($"docs/mutation.md stays as it is: not run here are {string.Join(", ", missing)}");
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
