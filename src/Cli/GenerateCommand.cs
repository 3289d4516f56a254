// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue.Core;
using Cmma.Catalogue.Profiles;
using Cmma.Catalogue;
using Cmma.Judging.Profiles;
using Cmma.Judging;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;
using Cmma.Traces.Vectors;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>cmma generate: vectors that nobody wrote.</summary>
internal static class GenerateCommand
{
    private const int MaxCount = 100_000;

    public static Command Create(Output to, Lazy<SpecFolder> spec)
    {
        Option<ulong> seed = new("--seed") { CustomParser = Values.Seed, Description = "The seed of the random traces; the same seed gives the same vectors", HelpName = "S" };
        Option<int> count = new("--count") { Description = $"How many random vectors, at most {MaxCount}", HelpName = "N", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int number) && number is > 0 and <= MaxCount))
            {
                result.AddError($"--count needs a number from 1 to {MaxCount}");
            }
        });
        Option<string> profile = ProfilesCommand.Option();
        Option<string?> output = new("--output") { Description = "Writes random-S.json into this folder instead of writing to stdout", HelpName = "DIR" };
        Option<bool> fromSpec = new("--from-spec")
        {
            Description = "Instead: finds the smallest input of each class of spec/smt/classes with Microsoft.Z3 and writes it into spec/vectors",
        };
        Option<string?> selfChecking = new("--self-checking")
        {
            Description = "Instead: writes the vectors that a real kernel can run, with the answers of this profile, as C for harness/kvm (docs/real-kernel.md)",
            HelpName = "PROFILE",
        };
        Option<string?> suite = CheckCommand.SuiteOption();
        Command command = new("generate", "Writes vectors: random ones, each as short as it can be, or those that a solver finds")
        {
            seed, count, profile, output, fromSpec, selfChecking, suite,
        };
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            Option[] ofRandom = [seed, count, profile, output];
            bool alone = !ofRandom.Any(Given) && !(Given(selfChecking) && result.GetValue(fromSpec));
            if (Given(selfChecking) || result.GetValue(fromSpec) ? !alone : !Given(seed))
            {
                result.AddError("generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite");
            }

            if (Given(suite) && !Given(selfChecking))
            {
                result.AddError("generate takes --suite with --self-checking only");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(selfChecking) is { } expected)
            {
                VectorFolder folder = new(spec.Value.Vectors);
                to.Result.Write(SelfCheck.Write(parsed.GetValue(suite) != null ? CoreSuite.Of(folder) : folder.All(), new ProfileFolder(spec.Value).Find(expected)));
            }
            else if (parsed.GetValue(fromSpec))
            {
                FromSpec(to, spec.Value);
            }
            else
            {
                Random(to, new VectorGenerator(parsed.GetValue(profile)!), parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(output));
            }

            return ExitCode.Conforms;
        });
        return command;
    }

    private static void Random(Output to, VectorGenerator generator, ulong seed, int count, string? folder)
    {
        string? file = folder == null ? null : Path.Combine(folder, generator.NameOf(seed) + ".json");
        if (file != null)
        {
            VectorFormat.RequireWritable(file);
        }

        string text = TraceWriter.Vectors(generator.Random(seed, count));
        if (file == null)
        {
            to.Result.Write(text);
            return;
        }

        VectorFormat.WriteWhole(file, text);
        to.Line($"wrote {file}");
    }

    private static void FromSpec(Output to, SpecFolder spec)
    {
        try
        {
            ClassVectors classes = new(spec, SolverKind.MicrosoftZ3);
            IReadOnlyList<string> written = classes.Write();
            foreach (string file in written)
            {
                to.Line($"wrote {file}");
            }

            to.Line(written.Count == 0 ? "nothing has changed" : $"{written.Count} file(s) written");
        }
        catch (SolverException exception)
        {
            throw new CouldNotRunException(exception.Message, exception);
        }
    }
}
