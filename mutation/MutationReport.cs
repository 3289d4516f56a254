// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Cmma.Mutation;

/// <summary>One run of Stryker: which tests against which sources.</summary>
/// <param name="Name">Its configuration: mutation/NAME.json.</param>
/// <param name="Question">What its score answers.</param>
public sealed record Configuration(string Name, string Question)
{
    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<Configuration> All { get; } =
    [
        new("reference-vectors", "Reference: do the vectors alone see it?"),
        new("reference-properties", "Reference: do the properties, and the tests beside them, see it?"),
        new("optimized-equivalence", "Optimized: does it differ from the reference under random testing?"),
        new("abi-properties", "Abi: do the properties and tests of the ABI see it?"),
        new("judge", "The part of Conformance that judges: do its tests see it?"),
        new("prover", "What the proofs of paths trust: do its tests see it?"),
    ];
}

/// <summary>docs/mutation.md.</summary>
/// <param name="equivalents">The mutants that are known to change nothing.</param>
public sealed class MutationReport(IReadOnlyList<Equivalent> equivalents)
{
    /// <summary>The run of the vectors alone.</summary>
    public const string ByVectors = "reference-vectors";

    private const string ByProperties = "reference-properties";

    private readonly Dictionary<string, IReadOnlyList<StrykerMutant>> runs = new(StringComparer.Ordinal);

    /// <summary>Every mutant of every run.</summary>
    public IReadOnlyList<StrykerMutant> Mutants => [.. runs.Values.SelectMany(mutants => mutants)];

    /// <summary>Adds what one run of Stryker said.</summary>
    public void Add(string configuration, IReadOnlyList<StrykerMutant> mutants) => runs[configuration] = mutants;

    /// <summary>The survivors that are not listed; those of the reference are those that vectors and properties both miss, once both were asked.</summary>
    public IReadOnlyList<(string Configuration, StrykerMutant Mutant)> Holes()
    {
        return [.. runs.SelectMany(run => run.Value.Where(mutant => mutant.Lives && Listed(mutant) == null).Select(mutant => (run.Key, mutant)))
            .Where(hole => hole.Key switch
            {
                ByVectors => runs.ContainsKey(ByProperties) && !SeenBy(ByProperties, hole.mutant),
                ByProperties => runs.ContainsKey(ByVectors) && !SeenBy(ByVectors, hole.mutant),
                _ => true,
            })];
    }

    /// <summary><see cref="Holes"/> in words, each once: of the reference two runs may report the same.</summary>
    public IReadOnlyList<string> HoleLines() => [.. Holes()
        .Select(hole => $"{hole.Configuration}: {Words(hole.Mutant.Change.Name, hole.Mutant)}")
        .Distinct(StringComparer.Ordinal)];

    /// <summary>How each run ended, in a line.</summary>
    public IReadOnlyList<string> TallyLines() => [.. Tallies().Select(each =>
        $"{each.Configuration.Name}: {each.Tally.Killed} of {each.Tally.Mutants} mutants killed, {each.Tally.Equivalent} equivalent, {each.Tally.Survived} survived ({each.Tally.Score})")];

    /// <summary>The page.</summary>
    /// <param name="sections">What follows the tables of Stryker's mutants.</param>
    public string Markdown(string sections)
    {
        StringBuilder text = new();
        text.Append("<!-- SPDX-License-Identifier: MIT -->\n# Mutation testing\n\nWritten by `./mutate`. A mutant is a source with one small mistake; a test suite kills it if a test fails, if the test program\n");
        text.Append("crashes (a mutant of unsafe code may touch memory that is not there), or if a test does not terminate. Mutants that do not compile, and those that\n");
        text.Append("Stryker leaves out because a larger mutant contains them, do not count. The score is the share of the non-equivalent mutants that are killed, in any way. A mutant\n");
        text.Append("that fails one check and keeps another from terminating counts for the one that comes first, which may differ from run to run.\n\n");
        Table(text);
        Equivalents(text);
        Survivors(text);
        return text.Append(sections).ToString();
    }

    private void Table(StringBuilder text)
    {
        text.Append("| run | mutants | killed by a check | by a crash | by the time limit | by a test that plants it | equivalent | survived | score |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach ((Configuration configuration, Tally tally) in Tallies())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {configuration.Question} | {tally.Mutants} | {tally.Checks} | {tally.Breakdowns} | {tally.TimeLimits} | {tally.Planted} | {tally.Equivalent} | {tally.Survived} | {tally.Score} |\n");
        }

        text.Append('\n');
    }

    private IEnumerable<(Configuration Configuration, Tally Tally)> Tallies() =>
        Configuration.All.Where(each => runs.ContainsKey(each.Name)).Select(each => (each, Count([.. Of(each.Name).Where(mutant => mutant.Counts)])));

    private Tally Count(StrykerMutant[] mutants)
    {
        int Of(string status) => mutants.Count(mutant => mutant.Status == status);
        int Listed(Predicate<Equivalent> kind) => mutants.Count(mutant => mutant.Lives && this.Listed(mutant) is { } known && kind(known));
        return new Tally(mutants.Length, Of("Killed"), Of("RuntimeError"), Of("Timeout"), Listed(IsPlanted), Listed(IsEquivalent));
    }

    private void Equivalents(StringBuilder text)
    {
        List<Equivalent> same = [.. equivalents.Where(IsEquivalent)];
        text.Append("## Mutants that change nothing\n\nEach does what the source does: so the proof of the paths says (the mutated source on symbolic input, in memory of up to four pages, four slots, and the real gap),\n");
        text.Append(CultureInfo.InvariantCulture, $"a solver, the compiler, which makes the same library of both, or only a reader: {same.Count(each => each.ShownBy == EquivalenceTrial.Reading)} of these {same.Count} lines only a reader can tell.\n\n");
        Table(text, same);
        text.Append("## Mutants that a test plants by themselves\n\nStryker's run misses them, since another thread or the garbage collector must come in between, and what Stryker puts beside a\ncall may hold what the call is to hold. The test that is named plants each, and fails unless it sees it.\n\n");
        Table(text, equivalents.Where(IsPlanted));
    }

    private static void Table(StringBuilder text, IEnumerable<Equivalent> mutants)
    {
        text.Append("| file | what | in its place | times | why | shown by |\n|---|---|---|---:|---|---|\n");
        foreach (Equivalent mutant in mutants)
        {
            string what = mutant.Line.Contains(mutant.Old, StringComparison.Ordinal) && mutant.Line != mutant.Old ? $"{Code(mutant.Old)} in {Code(mutant.Line)}" : Code(mutant.Old);
            text.Append(CultureInfo.InvariantCulture, $"| {mutant.File} | {what} | {Code(mutant.Replacement)} | {mutant.Times} | {mutant.Reason} | {mutant.ShownBy} |\n");
        }

        text.Append('\n');
    }

    private void Survivors(StringBuilder text)
    {
        text.Append("## Survivors\n\nWhat each run misses. A mutant of the reference that one suite misses must be killed by the other; every other survivor needs a reason.\n\n");
        foreach (Configuration configuration in Configuration.All.Where(each => runs.ContainsKey(each.Name)))
        {
            Lines(text, configuration.Question, Of(configuration.Name).Where(Survives).Select(mutant => Words(mutant.Change.File, mutant) + Reason(configuration.Name, mutant)));
        }

        Lines(text, "Missed by all, and without a reason", Holes().Select(hole => Words(hole.Mutant.Change.File, hole.Mutant)).Distinct(StringComparer.Ordinal));
    }

    private static void Lines(StringBuilder text, string title, IEnumerable<string> lines)
    {
        string list = string.Concat(lines.Select(line => $"- {line}\n"));
        text.Append(CultureInfo.InvariantCulture, $"### {title}\n\n{(list.Length == 0 ? "None.\n" : list)}\n");
    }

    private bool Survives(StrykerMutant mutant) => mutant.Lives && !(Listed(mutant) is { } known && (IsEquivalent(known) || IsPlanted(known)));

    private string Reason(string configuration, StrykerMutant mutant) => (configuration, Listed(mutant)) switch
    {
        (_, { } known) => $": {known.Reason}",
        (ByVectors, _) when SeenBy(ByProperties, mutant) => ": the properties see it",
        (ByProperties, _) when SeenBy(ByVectors, mutant) => ": the vectors see it",
        _ => "",
    };

    // The page names the file alone: lines move with every change, and whoever searches for the code finds it.
    private static string Words(string place, StrykerMutant mutant) => $"`{place}` {Code(mutant.Old)} became {Code(mutant.Change.Replacement)}";

    private IReadOnlyList<StrykerMutant> Of(string configuration) => runs.GetValueOrDefault(configuration, []);

    private bool SeenBy(string configuration, StrykerMutant mutant) => Of(configuration).Any(other => other.Key == mutant.Key && !other.Lives);

    private Equivalent? Listed(StrykerMutant mutant) => equivalents.FirstOrDefault(equivalent => equivalent.Is(mutant));

    private static bool IsEquivalent(Equivalent known) => known.ShownBy != EquivalenceTrial.Nothing && !IsPlanted(known);

    private static bool IsPlanted(Equivalent known) => known.ShownBy.StartsWith("tests/", StringComparison.Ordinal);

    // One line of code in a cell of a table.
    private static string Code(string code)
    {
        string line = Equivalent.OneLine(code).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Length == 0 ? "nothing" : $"`{(line.Length > 100 ? line[..99] + "…" : line)}`";
    }

    // How many mutants there are, and what became of them.
    private sealed record Tally(int Mutants, int Checks, int Breakdowns, int TimeLimits, int Planted, int Equivalent)
    {
        public int Killed => Checks + Breakdowns + TimeLimits + Planted;

        public int Survived => Mutants - Killed - Equivalent;

        public string Score => (100.0 * Killed / Math.Max(1, Mutants - Equivalent)).ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }
}
