// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Judging;
using Cmma.Proofs.Solving;

namespace Cmma.Cli;

/// <summary>cmma solver: the solver that comes with cmma, on stdin and stdout. Hidden: cmma prove and others start it.</summary>
internal static class SolverCommand
{
    public static Command Create(Output to)
    {
        Option<int> seconds = Limit("--time", "Milliseconds for one answer", (int)SolverLimits.Usual.Time.TotalMilliseconds);
        Option<int> memory = Limit("--memory", "Megabytes", SolverLimits.Usual.MemoryMegabytes);
        Option<bool> version = new("--version") { Description = "Only reports which solver it is and where it was loaded from" };
        Command command = new("solver", "Answers SMT-LIB commands on stdin with Microsoft.Z3") { seconds, memory, version };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            try
            {
                if (parsed.GetValue(version))
                {
                    to.Line(Z3Library.Version());
                    return ExitCode.Conforms;
                }

                SolverLimits limits = new(TimeSpan.FromMilliseconds(parsed.GetValue(seconds)), parsed.GetValue(memory));
                using StreamReader input = new(Console.OpenStandardInput());
                using StreamWriter output = new(Console.OpenStandardOutput());
                return SolverProgram.Run(input, output, limits);
            }
            catch (SolverException exception)
            {
                throw new CouldNotRunException(exception.Message, exception);
            }
        });
        return command;
    }

    private static Option<int> Limit(string name, string description, int usual)
    {
        Option<int> option = new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !(int.TryParse(text, out int value) && value > 0))
            {
                result.AddError($"{name} takes a whole number from 1 to {int.MaxValue}, not '{text}'");
            }
        });
        return option;
    }
}
