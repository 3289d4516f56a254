// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Cmma.Catalogue;
using Cmma.Catalogue.Profiles;
using Cmma.Exploring.Fuzzing;
using Cmma.Exploring.Fuzzing.Threads;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Optimized;
using Cmma.Outside;
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma fuzz IMPL: random traces on two implementations side by side, or threads on one VM of the optimized machine.</summary>
internal static class FuzzCommand
{
    private const int MaxThreads = 64;
    private const string Reference = "reference";

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<string> against = new("--against") { Description = "The implementation to compare with, which is taken to be right", HelpName = "IMPL", DefaultValueFactory = _ => Reference };
        Option<ulong> seed = new("--seed") { Description = "The seed of the random traces, which is printed [default: random]", HelpName = "S", CustomParser = Values.Seed };
        Option<long?> steps = new("--steps") { Description = "Ends after this many operations; without --steps and --time it runs until Ctrl-C", HelpName = "N", CustomParser = Steps };
        Option<TimeSpan?> time = Values.Time("Ends after this time: 30 (seconds), 5m or 1h");
        Option<int?> threads = new("--threads") { Description = "Instead: runs this many threads on one VM and checks what spec/clauses/concurrency.md promises", HelpName = "N", CustomParser = Threads };
        Command command = new("fuzz", "Runs random traces on two implementations side by side and compares everything; a difference is written as a vector, fuzz-SEED-NUMBER.json") { against, seed, steps, time, threads };
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec, live: true);
        command.Validators.Add(result =>
        {
            if (result.GetResult(threads) is { Implicit: false } && result.GetResult(against) is { Implicit: false })
            {
                result.AddError("fuzz takes --threads or --against, not both: threads are checked against promises, not against another machine");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                FuzzPlan plan = new(parsed.GetResult(seed) == null ? (ulong)Random.Shared.NextInt64(1_000_000) : parsed.GetValue(seed))
                {
                    MaxOperations = parsed.GetValue(steps) ?? long.MaxValue,
                    MaxTime = parsed.GetValue(time) ?? TimeSpan.MaxValue,
                };
                if (parsed.GetValue(threads) is { } count)
                {
                    return RunThreads(to, options.Name(parsed), count, plan, (format, parsed), cancellation);
                }

                OutsideImplementations.RequireLive(parsed.GetValue(against)!, command.Name);
                return NoVerdict.Reported(to, (format, parsed), options.Name(parsed), () =>
                {
                    using IImplementation tested = options.FindLive(parsed);
                    using IImplementation right = options.FindLive(parsed, parsed.GetValue(against)!);
                    return Run(to, tested, right, plan with { HangTime = plan.HangTime + (2 * options.Timeout(parsed)) }, options.Repeated(parsed), (format, parsed), cancellation);
                });
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(Output to, IImplementation tested, IImplementation right, FuzzPlan plan, string repeated, (Format Format, ParseResult Parsed) asked, CancellationToken cancellation)
    {
        Fitting fitting = new(tested, right);
        bool alone = tested is not MachineImplementation || right is not MachineImplementation; // a process answers one question after another
        plan = plan with
        {
            Memory = fitting.Memory,
            Fit = fitting.Fit,
            Workers = alone ? 1 : Environment.ProcessorCount,
            Profile = ProfileFolder.Names.Contains(right.Name, StringComparer.Ordinal) ? right.Name : Profile.ContractName,
        };
        IImplementation contract = Implementations.Find(Reference);
        if (!asked.Format.IsForPrograms(asked.Parsed))
        {
            to.Line($"seed {plan.Seed}, {plan.Workers} worker(s){UntilCtrlC(plan)}");
        }

        FuzzReport report = to.WithProgress("begins", tell => new Fuzzer(tested, right, contract, plan).Run((done, elapsed) => tell(Share(done, elapsed, plan), Speed(done, elapsed)), cancellation), cancellation);
        if (report.Found == null && report.Distribution.Operations == 0)
        {
            throw new CouldNotRunException("nothing was run, so there is no verdict");
        }

        string? written = report.Found is { } found ? Written(to, found.Vector) : null;
        asked.Format.Write(to, asked.Parsed, (output, form) =>
        {
            if (form == Format.Json)
            {
                output.Result.WriteLine(JsonSerializer.Serialize(new
                {
                    seed = plan.Seed, operations = report.Distribution.Operations, seconds = report.Elapsed.TotalSeconds, differences = report.Found == null ? 0 : 1, what = report.Found?.Difference.What, once = report.Found?.IsOnce == true, written,
                }));
            }
            else
            {
                Write(output, report, written);
                if (report.Found is { } shown && (written != null || shown.IsOnce))
                {
                    output.Line($"  again:   {Again(tested, right, plan.Seed, repeated, shown.IsOnce ? null : written)}");
                }
            }
        });
        return report.Found == null ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }

    // What does not come again alone may come behind the same traces; how many these are does not depend on the time that there was.
    private static string Again(IImplementation tested, IImplementation right, ulong seed, string repeated, string? written)
    {
        string against = right.Name == Reference ? "" : $" --against {CheckReport.Quoted(right.Name)}";
        return written == null ? $"./cmma fuzz {CheckReport.Quoted(tested.Name)}{against}{repeated} --seed {seed}"
            : $"./cmma replay {written} {CheckReport.Quoted(tested.Name)}{repeated}";
    }

    private static void Write(Output to, FuzzReport report, string? written)
    {
        foreach (IGrouping<string, (string Kind, string Case, long Count)> kind in report.Distribution.Counts.GroupBy(entry => entry.Kind, StringComparer.Ordinal))
        {
            to.Dim($"{kind.Key,-16} {string.Join(", ", kind.Select(entry => $"{entry.Case} {Number(entry.Count)}"))}");
        }

        if (report.Found is not { } found)
        {
            to.Good($"{Speed(report.Distribution.Operations, report.Elapsed)}, 0 differences");
            return;
        }

        to.Bad($"{Speed(report.Distribution.Operations, report.Elapsed)}, 1 difference");
        to.Line($"  {found.Difference.What}");
        foreach (Step step in found.Vector.Trace.Steps)
        {
            to.Line($"  {TraceWriter.Step(step)}");
        }

        to.Line(written == null ? TraceWriter.Vectors([found.Vector]) : $"  written: {written}");
    }

    // The file, in the working directory; null where that cannot be written. What another implementation gave is not overwritten.
    private static string? Written(Output to, Vector vector)
    {
        try
        {
            string text = TraceWriter.Vectors([vector]);
            string file = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? $"{vector.Id}.json" : $"{vector.Id}-{number}.json").First(name => !File.Exists(name) || IsText(name, text));
            VectorFormat.WriteWhole(file, text);
            return file;
        }
        catch (InputException e)
        {
            to.Error.WriteLine(e.Message);
            return null;
        }
    }

    private static bool IsText(string file, string text)
    {
        try
        {
            return File.ReadAllText(file) == text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int RunThreads(Output to, string name, int threads, FuzzPlan plan, (Format Format, ParseResult Parsed) asked, CancellationToken cancellation)
    {
        if (Implementations.Find(name) is not MachineImplementation machine || machine.NewMachine(hostHasCmma: true) is not OptimizedMachine)
        {
            throw new InputException($"{name} is for one thread; --threads needs optimized");
        }

        ThreadPlan threadPlan = new(plan.Seed) { Threads = threads, MaxOperations = plan.MaxOperations, MaxTime = plan.MaxTime };
        if (!asked.Format.IsForPrograms(asked.Parsed))
        {
            to.Line($"seed {plan.Seed}, {threads} threads{UntilCtrlC(plan)}");
        }

        ThreadReport report = to.WithProgress("begins", tell => new ThreadFuzzer(() => machine.NewMachine(hostHasCmma: true), Implementations.Find(Reference), threadPlan)
            .Run((done, elapsed) => tell(Share(done, elapsed, plan), Speed(done, elapsed)), cancellation), cancellation);
        asked.Format.Write(to, asked.Parsed, (output, form) =>
        {
            string summary = $"{Speed(report.Operations, report.Elapsed)}, {Number(report.Rounds)} rounds";
            if (form == Format.Json)
            {
                output.Result.WriteLine(JsonSerializer.Serialize(new { seed = plan.Seed, threads, operations = report.Operations, rounds = report.Rounds, seconds = report.Elapsed.TotalSeconds, broken = report.Broken }));
            }
            else if (report.Broken == null)
            {
                output.Good($"{summary}, every promise was kept");
            }
            else
            {
                output.Bad($"{summary}, 1 promise was broken");
                output.Line($"  {report.Broken}");
                output.Line($"  again, if the threads interleave like this once more: ./cmma fuzz {name} --threads {threads} --seed {plan.Seed}");
            }
        });
        return report.Broken == null ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }

    private static bool IsEndless(FuzzPlan plan) => plan.MaxOperations == long.MaxValue && plan.MaxTime == TimeSpan.MaxValue;

    private static string UntilCtrlC(FuzzPlan plan) => IsEndless(plan) ? ", until Ctrl-C" : "";

    private static double? Share(long done, TimeSpan elapsed, FuzzPlan plan) =>
        IsEndless(plan) ? null : Math.Min(1, Math.Max((double)done / plan.MaxOperations, elapsed / plan.MaxTime));

    private static string Speed(long operations, TimeSpan elapsed) =>
        $"{Number(operations)} operations in {elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s ({Number((long)(operations / Math.Max(elapsed.TotalSeconds, 0.001)))} a second)";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static long? Steps(ArgumentResult result) =>
        Values.Parsed(result, "needs a number above 0", (string text, out long steps) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out steps) && steps > 0);

    private static int? Threads(ArgumentResult result) => Values.Parsed(
        result,
        $"needs a number from 2 to {MaxThreads}",
        (string text, out int threads) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out threads) && threads is >= 2 and <= MaxThreads);
}
