using System;
using System.CommandLine;
using System.IO;
using Cmma.Conformance;
using Cmma.Conformance.Generators;
using Cmma.Conformance.Outside;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;

namespace Cmma.Cli;

/// <summary>cmma generate: vectors that nobody wrote.</summary>
internal static class GenerateCommand
{
    private const int MaxCount = 100_000;

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<ulong?> seed = new("--seed") { Description = "Where the random numbers begin; the same seed gives the same vectors", HelpName = "S" };
        Option<int> count = new("--count") { Description = $"How many random ones, at most {MaxCount}", HelpName = "N", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int number) && number is > 0 and <= MaxCount))
            {
                result.AddError($"--count needs a number from 1 to {MaxCount}");
            }
        });
        Option<string?> output = new("--output") { Description = "Writes random-S.json into this folder instead of stdout", HelpName = "DIR" };
        Option<bool> fromSpec = new("--from-spec")
        {
            Description = "Instead: writes the smallest input of each class of spec/smt/classes into spec/vectors, found by z3",
        };
        Command command = new("generate", "Writes random vectors, each without an operation that could be left out, or vectors that a solver finds")
        {
            seed, count, output, fromSpec,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(fromSpec) == (result.GetResult(seed) != null))
            {
                result.AddError("generate needs either --seed S or --from-spec");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(fromSpec))
            {
                FromSpec(to, spec.Value);
            }
            else
            {
                Random(to, parsed.GetValue(seed) ?? 0, parsed.GetValue(count), parsed.GetValue(output));
            }

            return ExitCode.Conforms;
        });
        return command;
    }

    private static void Random(Output to, ulong seed, int count, string? folder)
    {
        string text = TraceWriter.Vectors(VectorGenerator.Random(seed, count));
        if (folder == null)
        {
            to.Result.Write(text);
            return;
        }

        string file = Path.Combine(folder, $"random-{seed}.json");
        VectorFormat.WriteWhole(file, text);
        to.Line($"wrote {file}");
    }

    private static void FromSpec(Output to, SpecFolder spec)
    {
        try
        {
            foreach (string file in new ClassVectors(spec, SolverKind.Z3).Write())
            {
                to.Line($"wrote {file}");
            }
        }
        catch (SolverException exception)
        {
            throw new CouldNotRunException(exception.Message, exception);
        }
    }
}
