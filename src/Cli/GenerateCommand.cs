using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Cmma.Conformance.Generators;
using Cmma.Conformance.Traces;
using Cmma.Conformance.Vectors;

namespace Cmma.Cli;

/// <summary>cmma generate: vectors that nobody wrote.</summary>
internal static class GenerateCommand
{
    private const int MaxCount = 100_000;

    public static Command Create(Output to)
    {
        Option<ulong> seed = new("--seed") { Description = "Where the random numbers begin; the same seed gives the same vectors", HelpName = "S", Required = true };
        Option<int> count = new("--count") { Description = $"How many, at most {MaxCount}", HelpName = "N", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int number) && number is > 0 and <= MaxCount))
            {
                result.AddError($"--count needs a number from 1 to {MaxCount}");
            }
        });
        Option<string?> output = new("--output") { Description = "Writes random-S.json into this folder instead of stdout", HelpName = "DIR" };
        Command command = new("generate", "Writes random vectors, each without an operation that could be left out") { seed, count, output };
        command.SetAction(parsed =>
        {
            string text = TraceWriter.Vectors(VectorGenerator.Random(parsed.GetValue(seed), parsed.GetValue(count)));
            if (parsed.GetValue(output) is { } folder)
            {
                string file = Path.Combine(folder, $"random-{parsed.GetValue(seed)}.json");
                VectorFormat.WriteWhole(file, text);
                to.Line($"wrote {file}");
            }
            else
            {
                to.Result.Write(text);
            }

            return ExitCode.Conforms;
        });
        return command;
    }
}
