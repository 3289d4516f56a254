using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Cmma.Conformance;
using Cmma.Conformance.Pictures;
using Cmma.Conformance.Running;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Cli;

/// <summary>cmma replay FILE IMPL: a trace, operation by operation.</summary>
internal static class ReplayCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Argument<string> file = new("FILE") { Description = "A trace, or a file of vectors" };
        Command command = new("replay", "Runs a trace and shows what each operation answers") { file };
        ImplementationOptions options = ImplementationOptions.AddTo(command, spec);
        command.SetAction(parsed =>
        {
            using IImplementation found = options.Find(parsed);
            return Replay(to, new VectorFolder(spec.Value.Vectors).Traces(parsed.GetValue(file)!), found);
        });
        return command;
    }

    private static int Replay(Output to, IReadOnlyList<Vector> traces, IImplementation implementation)
    {
        int differences = 0;
        int skipped = 0;
        foreach (Vector trace in traces)
        {
            if (trace.Capabilities.Except(implementation.Capabilities, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            {
                skipped++;
                to.Dim($"skipped {trace.Id}: needs {missing}");
            }
            else
            {
                differences += Replay(to, trace, implementation);
            }
        }

        if (differences > 0)
        {
            to.Bad($"{differences} difference(s)");
            return ExitCode.DoesNotConform;
        }

        if (skipped == traces.Count)
        {
            to.Bad($"nothing was run on {implementation.Name}");
            return ExitCode.CouldNotRun;
        }

        to.Good("no difference");
        return ExitCode.Conforms;
    }

    private static int Replay(Output to, Vector trace, IImplementation implementation)
    {
        to.Line(trace.Id);
        IRun vm = implementation.NewVm(trace.Trace.HostHasCmma);
        int number = 0;
        foreach (Step step in trace.Trace.Steps)
        {
            number++;
            Outcome outcome = vm.Do(step.Operation);
            to.Line($"  {number}. {TraceWriter.Step(step with { Expect = null })}");
            to.Line($"     {OutcomeText.Of(outcome)}");
            if (Judge.Difference(step.Expect, outcome) is { } difference)
            {
                to.Bad($"     DIFFERENT: {difference}");
                return 1;
            }
        }

        return 0;
    }
}
