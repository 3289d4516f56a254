// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Kernels;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>What is lost from one kernel to another.</summary>
/// <param name="Consumer">The program on both sides.</param>
/// <param name="Changes">Whether the guest is reset and slots come and go.</param>
/// <param name="Source">The kernel of the source, as in "6.12".</param>
/// <param name="Target">The kernel of the target.</param>
/// <param name="Losses">Each kind with each cause.</param>
public sealed record MatrixCell(Consumer Consumer, bool Changes, string Source, string Target, IReadOnlyList<(LossKind Kind, CauseSet Cause)> Losses);

/// <summary>Every kernel as the source, every kernel as the target, each consumer, without and with resets and changes of slots.</summary>
/// <param name="Cells">By consumer, without changes first, by source, by target.</param>
/// <param name="Losses">The shortest script for each consumer, kind and cause.</param>
public sealed record MigrationMatrix(IReadOnlyList<MatrixCell> Cells, IReadOnlyList<(Consumer Consumer, string Source, string Target, Loss Loss)> Losses)
{
    /// <summary>How many random scripts go from each kernel to each.</summary>
    public const int Scripts = 120;

    private const ulong Seed = 1;
    private const int Analyses = 12;

    /// <summary>Runs it, on all processors. It is the same each time.</summary>
    /// <param name="sources">The kernels of the sources, as in "6.12"; null: every kernel.</param>
    /// <param name="tell">Told what share is done.</param>
    /// <param name="cancellation">Breaks it off.</param>
    public static MigrationMatrix Of(IReadOnlyList<string>? sources = null, Action<double>? tell = null, CancellationToken cancellation = default)
    {
        string[] versions = [.. Linux.Versions.Select(version => version.Name)];
        Row[] rows = [.. from consumer in Consumer.Every from changes in (bool[])[false, true] from source in versions where sources?.Contains(source, StringComparer.Ordinal) != false select new Row(consumer, changes, source)];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.ForEach(rows, options, row => row.Send());
        Row[] different = [.. rows.Where(row => rows.First(row.SendsTheSameAs) == row)];
        int done = 0;
        Parallel.ForEach(different, options, row =>
        {
            row.Fill(versions);
            tell?.Invoke((double)Interlocked.Increment(ref done) / different.Length / 2);
        });
        Found[] first = [.. different.SelectMany(row => row.Losses).DistinctBy(found => (found.Consumer, found.Kind, found.Cause)).OrderBy(found => found.Consumer.Name, StringComparer.Ordinal).ThenBy(found => found.Kind)];
        (Consumer, string, string, Loss)[] losses = new (Consumer, string, string, Loss)[first.Length];
        Parallel.For(0, first.Length, options, index =>
        {
            losses[index] = (first[index].Consumer, first[index].Source, first[index].Target, first[index].Shrunk());
            tell?.Invoke(0.5 + ((double)Interlocked.Increment(ref done) / (different.Length + first.Length) / 2));
        });
        return new MigrationMatrix([.. rows.SelectMany(row => rows.First(row.SendsTheSameAs).Cells.Select(cell => cell with { Source = row.Source }))], losses);
    }

    private static Side SideOf(string version) => Side.Of(Implementations.Find($"kernel:{version}"));

    /// <summary>A kind of loss by a cause, in one cell.</summary>
    private sealed record Found(Consumer Consumer, string Source, string Target, LossKind Kind, CauseSet Cause, IReadOnlyList<Trace> Examples)
    {
        public Loss Shrunk()
        {
            (Side from, Side to) = (SideOf(Source), SideOf(Target));
            return new LossSearch(new Trial(from, to, Consumer), from.Implementation, to.Implementation).Shrunk(Kind, Cause, Examples);
        }
    }

    /// <summary>One source. Targets that make the same of all that it sends have the same cells.</summary>
    private sealed class Row(Consumer consumer, bool changes, string source)
    {
        private readonly Dictionary<(Trace, string), Outgoing> sent = [];
        private Trace[] scripts = [];
        private Outgoing[] outgoing = [];

        public string Source => source;

        public List<MatrixCell> Cells { get; } = [];

        public List<Found> Losses { get; } = [];

        public void Send()
        {
            RandomNumbers random = new(Seed);
            scripts = [.. Enumerable.Range(0, Scripts).Select(_ => RandomScripts.Next(random, changes, keepsPageZero: consumer.Loop == ConsumerLoop.Qemu))];
            IImplementation from = Implementations.Find($"kernel:{source}");
            outgoing = [.. scripts.Select(script => SourceRun.Of(from, script, consumer))];
        }

        public bool SendsTheSameAs(Row other) => consumer == other.Consumer && changes == other.Changes && outgoing.Zip(other.outgoing).All(pair => Same(pair.First, pair.Second));

        public void Fill(IEnumerable<string> targets)
        {
            List<(Migration[] Migrations, MatrixCell Cell)> seen = [];
            foreach (string target in targets)
            {
                Trial trial = new(SideOf(source), SideOf(target), consumer) { Sent = sent };
                Migration[] migrations = [.. scripts.Select(trial.Run)];
                MatrixCell? same = seen.Find(each => AreSame(each.Migrations, migrations)).Cell;
                MatrixCell cell = same != null ? same with { Target = target } : Explained(trial, target);
                seen.Add((migrations, cell));
                Cells.Add(cell);
            }
        }

        private Consumer Consumer => consumer;

        private bool Changes => changes;

        private MatrixCell Explained(Trial trial, string target)
        {
            Collector collector = new(trial, pagesOfEachKind: 1, Analyses);
            Array.ForEach(scripts, collector.Add);
            IReadOnlyList<(LossKind Kind, CauseSet Cause, IReadOnlyList<Trace> Scripts)> explained = collector.Explained();
            Losses.AddRange(explained.Select(each => new Found(consumer, source, target, each.Kind, each.Cause, each.Scripts)));
            return new MatrixCell(consumer, changes, source, target, [.. explained.Select(each => (each.Kind, each.Cause))]);
        }

        private static bool Same(Outgoing one, Outgoing other) => one.Broken == other.Broken
            && one.Slots.SelectMany(slot => slot.Pages).SequenceEqual(other.Slots.SelectMany(slot => slot.Pages))
            && one.Blocks.Select(block => (block.FirstGfn, Convert.ToHexString(block.Values.Span))).SequenceEqual(other.Blocks.Select(block => (block.FirstGfn, Convert.ToHexString(block.Values.Span))));

        private static bool AreSame(Migration[] one, Migration[] other) => one.Zip(other).All(pair =>
            pair.First.Broken == pair.Second.Broken && pair.First.Pages.SequenceEqual(pair.Second.Pages));
    }
}
