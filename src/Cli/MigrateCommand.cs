// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cmma.Exploring.Fuzzing;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Migrating;
using Cmma.Reports;
using Cmma.Reports.Migrations;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma migrate SOURCE TARGET: whole migrations, and what they lose.</summary>
internal sealed class MigrateCommand
{
    private readonly Output to;
    private readonly ImplementationOptions options;
    private readonly Argument<string?> target = new("TARGET") { Description = "Where it goes: another one", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> consumer = new("--consumer") { Description = "The program on both sides: QEMU's loop, the one that loses nothing by the contract, or that one with two GETs at once", HelpName = string.Join('|', Consumer.Every.Select(each => each.Name)), DefaultValueFactory = _ => Consumer.Qemu.Name };
    private readonly Option<ulong> seed = new("--seed") { CustomParser = Values.Seed, Description = "Where the random migrations begin; the same seed finds the same", HelpName = "S", DefaultValueFactory = _ => 1 };
    private readonly Option<TimeSpan?> time = Values.Time($"End after so long: 30 (seconds), 5m or 1h [default: after {LossSearch.Scripts} migrations]");
    private readonly Option<string?> trace = new("--trace") { Description = "Only the migration of this script, as an earlier run wrote it; docs/migrations.md says what a script contains", HelpName = "FILE" };
    private readonly Option<string?> picture = new("--picture") { Description = "Also draws the first page that is lost", HelpName = "FILE.svg" };
    private readonly Option<string?> stream = new("--stream") { Description = "Instead: writes what the consumer sends in one migration as the section of QEMU's stream: the migration of --trace, or the first one from the seed that sends pages", HelpName = "FILE" };
    private readonly Option<string?> load = new("--load") { Description = "Instead: reads such a file and applies it to TARGET", HelpName = "FILE" };
    private readonly Option<uint> memory = new("--memory") { CustomParser = MemoryPages, Description = "With --load: the number of pages of TARGET", HelpName = "PAGES", DefaultValueFactory = _ => MigrateStreams.DefaultMemoryPages };
    private readonly Option<bool> matrix = new("--matrix") { Description = "Instead: migrates from every kernel to every kernel with each consumer, as in docs/migrations.md" };
    private readonly Format format;

    private MigrateCommand(Output to, Lazy<SpecFolder> spec, Command command)
    {
        this.to = to;
        consumer.AcceptOnlyFromAmong([.. Consumer.Every.Select(each => each.Name)]);
        foreach (Option option in (Option[])[consumer, seed, time, trace, picture, stream, load, memory, matrix])
        {
            command.Add(option);
        }

        format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Ktap, Format.JUnit, Format.GitHub, Format.Markdown);
        options = ImplementationOptions.AddTo(command, spec, "SOURCE", live: true, isOptional: true);
        command.Add(target);
    }

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("migrate", "Simulates migrations from one implementation to another, with a guest that runs, is reset and changes slots, and reports what is lost; each script is written to the current folder as migrate-CONSUMER-SEED-NUMBER.json, and no file is overwritten");
        MigrateCommand migrate = new(to, spec, command);
        command.Validators.Add(migrate.RequireSides);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => NoVerdict.Reported(to, (migrate.format, parsed), $"{migrate.options.Name(parsed)} to {parsed.GetValue(migrate.target)}", () => migrate.Run(parsed, cancellation)), CancellationToken.None));
        return command;
    }

    private void RequireSides(CommandResult result)
    {
        int sides = result.Children.OfType<ArgumentResult>().Sum(each => each.Tokens.Count);
        bool isMatrix = result.GetValue(matrix);
        bool isLoad = result.GetResult(load) is { Implicit: false };
        (int needed, string error) = isMatrix ? (0, "migrate --matrix takes no SOURCE and no TARGET")
            : isLoad ? (1, "migrate --load FILE needs TARGET, and no SOURCE")
            : (2, "migrate needs SOURCE and TARGET; or --matrix, or --load FILE TARGET");
        if (sides != needed || (isMatrix && isLoad))
        {
            result.AddError(error);
        }

        if (!isLoad && result.GetResult(memory) is { Implicit: false })
        {
            result.AddError("--memory goes with --load only");
        }

        RequireEffect(result, isMatrix, isLoad);
    }

    // An option that would be skipped silently is refused.
    private void RequireEffect(CommandResult result, bool isMatrix, bool isLoad)
    {
        bool isStream = result.GetResult(stream) is { Implicit: false };
        bool isTrace = result.GetResult(trace) is { Implicit: false };
        (string With, Option[] Without)[] alone =
        [
            ("--matrix", isMatrix ? [consumer, seed, time, trace, picture, stream, load] : []),
            ("--load", isLoad ? [consumer, seed, time, trace, picture, stream, .. format.Options] : []),
            ("--stream", isStream ? [time, picture, .. format.Options] : []),
            ("--trace", isTrace ? [seed, time] : []),
        ];
        foreach ((string with, Option[] without) in alone)
        {
            if (Array.Find(without, option => result.GetResult(option) is { Implicit: false }) is { } passedOver)
            {
                result.AddError($"migrate {with} goes without {passedOver.Name}");
            }
        }

        if (isMatrix && format.Of(result) is not (Format.Pretty or Format.Markdown or Format.Json))
        {
            result.AddError($"migrate --matrix has no form {format.Of(result)}: --format markdown or json");
        }
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(matrix))
        {
            return Matrix(parsed, cancellation);
        }

        using IImplementation source = options.FindLive(parsed);
        if (parsed.GetValue(load) is { } section)
        {
            return MigrateStreams.Load(to, section, source, parsed.GetValue(memory)); // the only one that is named is the target
        }

        using IImplementation receiver = options.FindLive(parsed, parsed.GetValue(target));
        Consumer program = Consumer.Find(parsed.GetValue(consumer)!);
        Trial trial = new(Side.Of(source), Side.Of(receiver), program);
        LossSearch search = new(trial, source, receiver);
        Trace? only = parsed.GetValue(trace) is { } file ? Script(file, trial) : null;
        if (parsed.GetValue(stream) is { } written)
        {
            return MigrateStreams.Write(to, only != null ? trial.Run(only) : FirstThatSends(trial, new Fitting(source, receiver), parsed.GetValue(seed)), written);
        }

        if (parsed.GetValue(picture) is { } drawn)
        {
            VectorFormat.RequireWritable(drawn);
        }

        string again = $"./cmma migrate {CheckReport.Quoted(source.Name)} {CheckReport.Quoted(receiver.Name)} --consumer {program.Name}";
        LossReport report = only != null ? new LossReport(search.Of(only), 1) : Search(parsed, search, cancellation);
        return report.Migrations == 0
            ? throw new CouldNotRunException($"no migration fits what both {source.Name} and {receiver.Name} can do, so there is no verdict")
            : Tell(parsed, report, source.Name, receiver.Name, only == null ? again : null);
    }

    private static Migration FirstThatSends(Trial trial, Fitting fitting, ulong seed)
    {
        const int MostScripts = 100;
        RandomNumbers random = new(seed);
        return Enumerable.Range(0, MostScripts)
            .Select(_ => fitting.Fit(RandomScripts.Next(random, changes: false, keepsPageZero: true)))
            .Where(trial.CanRun)
            .Select(trial.Run)
            .FirstOrDefault(migration => migration.Outgoing.Blocks.Any()) ?? throw new CouldNotRunException($"none of {MostScripts} random migrations sends anything");
    }

    private LossReport Search(ParseResult parsed, LossSearch search, CancellationToken cancellation)
    {
        TimeSpan? most = parsed.GetValue(time);
        return to.WithProgress(
            "begins",
            tell => search.Run(parsed.GetValue(seed), most, LossSearch.Scripts, (run, elapsed) => tell(Math.Min(1, most == null ? (double)run / LossSearch.Scripts : elapsed / most.Value), $"{Number(run)} migrations"), cancellation),
            cancellation);
    }

    private int Matrix(ParseResult parsed, CancellationToken cancellation)
    {
        MigrationMatrix found;
        try
        {
            found = to.WithProgress("begins", tell => MigrationMatrix.Of(sources: null, share => tell(share, $"{share * 100:0} % of the matrix"), cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted; // half a matrix says nothing
        }

        format.Write(to, parsed, (output, form) => output.Result.Write(form == Format.Json ? MatrixReport.Json(found) : MatrixReport.Markdown(found)));
        return ExitCode.Conforms;
    }

    private static Trace Script(string file, Trial trial)
    {
        Trace script = VectorFolder.Traces(file)[0].Trace;
        if (Migrating.Script.Malformed(script) is { } reason)
        {
            throw new InputException(file, reason);
        }

        return trial.CanRun(script) ? script : throw new CouldNotRunException($"{file}: needs what one of the two cannot do: {string.Join(", ", Capabilities.NeededBy(script).Select(capability => capability.Name))}");
    }

    private int Tell(ParseResult parsed, LossReport report, string source, string receiver, string? again)
    {
        string program = parsed.GetValue(consumer)!;
        format.Write(to, parsed, (output, form) =>
        {
            switch (form)
            {
                case Format.Json:
                    output.Result.Write(MigrationReport.Json(report, source, receiver, program));
                    break;
                case Format.Markdown:
                    output.Result.Write(MigrationReport.Markdown(report, source, receiver, program));
                    break;
                case Format.Pretty:
                    Pretty(output, report, source, receiver, $"migrate-{program}-{parsed.GetValue(seed).ToString(CultureInfo.InvariantCulture)}", again);
                    break;
                default:
                    Format.WriteTests(output, form, MigrationReport.Tests(report, source, receiver, program), () => MigrationReport.Markdown(report, source, receiver, program));
                    break;
            }
        });

        if (parsed.GetValue(picture) is { } file)
        {
            if (report.Losses.FirstOrDefault(each => each.Gfn != null) is { } loss)
            {
                VectorFormat.WriteWhole(file, LossPicture.Svg(loss));
            }
            else
            {
                to.Error.WriteLine($"no page is lost, so {file} is not drawn");
            }
        }

        return report.Losses.Count == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }

    private static void Pretty(Output to, LossReport report, string source, string receiver, string name, string? again)
    {
        foreach (Loss loss in report.Losses)
        {
            string[] lines = [.. MigrationReport.Pretty(loss, source, receiver)];
            to.Bad(lines[0]);
            foreach (string line in lines[1..])
            {
                to.Line(line);
            }

            if (again != null)
            {
                Write(to, loss.Script, name, again);
            }

            to.Line();
        }

        string count = $"{Number(report.Migrations)} migration{(report.Migrations == 1 ? "" : "s")}";
        if (report.Losses.Count == 0)
        {
            to.Good($"{count}, nothing lost");
        }
        else
        {
            to.Bad($"{count}, {report.Losses.Count.ToString(CultureInfo.InvariantCulture)} kind{(report.Losses.Count == 1 ? "" : "s")} of loss");
        }
    }

    // Where nothing can be written the script is told.
    private static void Write(Output to, Trace script, string name, string again)
    {
        try
        {
            string file = ScriptFile.Write(name, script);
            to.Line($"  written: {file}");
            to.Line($"  again:   {again} --trace {file}");
        }
        catch (InputException e)
        {
            to.Error.WriteLine(e.Message);
            to.Line(TraceWriter.Trace(script));
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static uint MemoryPages(ArgumentResult result) => Values.Parsed(
        result,
        "needs a number of pages from 1 to 16777216",
        (string text, out uint pages) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pages) && pages is > 0 and <= 1 << 24);
}
