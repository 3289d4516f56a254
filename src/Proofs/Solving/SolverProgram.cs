// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.Z3;

namespace Cmma.Proofs.Solving;

/// <summary>
/// The solver that comes with cmma, as a program: SMT-LIB commands in, answers out. It runs in a process of its own
/// (<see cref="SolverProcess"/> starts it), so that a crash or memory without end takes nothing else away.
/// </summary>
public static class SolverProgram
{
    /// <summary>The exit code after a command that is wrong.</summary>
    public const int WrongCommand = 1;

    private const int MostOfCommandShown = 200;

    /// <summary>
    /// Answers until the end of the input or (exit). After a command that is wrong it answers (error "..."), and ends: nothing after it is
    /// looked at, so that no answer rests on half a text.
    /// </summary>
    /// <param name="input">Commands.</param>
    /// <param name="output">Answers, each as soon as it is known.</param>
    /// <param name="limits">What one question may cost.</param>
    /// <returns>0, or <see cref="WrongCommand"/>.</returns>
    /// <exception cref="SolverException">No Z3 library can be loaded.</exception>
    public static int Run(TextReader input, TextWriter output, SolverLimits limits)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(limits);
        Z3Library.Load();
        Native.Z3_global_param_set("memory_max_size", limits.MemoryMegabytes.ToString(CultureInfo.InvariantCulture));
        Native.Z3_global_param_set("timeout", limits.Time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        CommandReader commands = new(input);
        IntPtr context = NewContext();
        while (commands.Next() is { } command)
        {
            switch (CommandReader.NameOf(command))
            {
                case "exit": // Z3 passes it over when it is called as a library
                    return 0;
                case "reset": // a context of its own for each text: nothing is left of the one before, not even its errors
                    Native.Z3_del_context(context);
                    context = NewContext();
                    continue;
            }

            (string answer, bool isWrong) = Answer(context, command);
            if (answer.Length > 0)
            {
                output.Write(answer);
                output.Flush();
            }

            if (isWrong)
            {
                return WrongCommand;
            }
        }

        return 0;
    }

    private static IntPtr NewContext()
    {
        IntPtr config = Native.Z3_mk_config();
        IntPtr context = Native.Z3_mk_context(config);
        Native.Z3_del_config(config);
        Native.Z3_set_error_handler(context, null!); // Z3's own ends the process
        return context;
    }

    private static (string Answer, bool IsWrong) Answer(IntPtr context, string command)
    {
        try
        {
            string answer = Native.Z3_eval_smtlib2_string(context, command);
            bool isUnknown = answer.StartsWith("unsupported", StringComparison.Ordinal) && CommandReader.NameOf(command) != "echo";
            return isUnknown ? (Error("unsupported", command), true) : (answer, false);
        }
        catch (Z3Exception exception)
        {
            return (Error(exception.Message, command), true);
        }
    }

    private static string Error(string reason, string command)
    {
        string said = reason.Trim().Replace("(error \"", "", StringComparison.Ordinal).TrimEnd(')', '"');
        string shown = command.Length > MostOfCommandShown ? command[..MostOfCommandShown] + " ..." : command;
        string line = $"{said}: {shown}".ReplaceLineEndings(" ").Replace("\"", "\"\"", StringComparison.Ordinal);
        return $"(error \"{line}\")\n";
    }
}
