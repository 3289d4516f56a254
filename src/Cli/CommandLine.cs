// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>The command `cmma`.</summary>
public static class CommandLine
{
    /// <summary>Runs the command line and answers the exit code: 0 conforms, 1 does not, 2 usage, 3 could not be run, 4 our own fault.</summary>
    /// <param name="args">As the user typed them.</param>
    /// <param name="output">For results.</param>
    /// <param name="error">For what went wrong, one line.</param>
    /// <param name="spec">The folder spec/; null: the one above the program.</param>
    /// <param name="cache">The folder for what is kept from one call to the next: what failed last, and what was proved; null: nothing is.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error, SpecFolder? spec = null, string? cache = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            RootCommand root = Commands(new Output(output, error), new Lazy<SpecFolder>(() => spec ?? SpecFolder.Find()), cache);
            ParseResult parsed = root.Parse(args is ["help", ..] ? [.. args[1..], "--help"] : args, Literally);
            if (parsed.Errors.Count > 0)
            {
                return Usage(error, parsed);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted; // a signal ends what an implementation was asked
        }
        catch (InputException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.Usage;
        }
        catch (CouldNotRunException e)
        {
            error.WriteLine(string.Join("\n  ", e.Details.Prepend(e.Message)));
            return ExitCode.CouldNotRun;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"cmma: {e.Message.ReplaceLineEndings(" ")}"); // a file that went away, a disk that is full
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // the last line of defence: say that it is our fault, and exit with its code
        catch (Exception e)
#pragma warning restore CA1031
        {
            error.WriteLine($"cmma: internal error, please report: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            return ExitCode.OurFault;
        }
    }

    /// <summary>The user's cache of this command; null if there is none.</summary>
    public static string? UsersCache
    {
        get
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = !string.IsNullOrEmpty(cache) ? cache : home.Length > 0 ? System.IO.Path.Combine(home, ".cache") : null;
            return cache == null ? null : System.IO.Path.Combine(cache, "cmma");
        }
    }

    private static RootCommand Commands(Output to, Lazy<SpecFolder> folder, string? cache)
    {
        RootCommand root = new("Checks implementations of the s390 CMMA migration ioctls against a formally specified reference model.");
        root.Add(CheckCommand.Create(to, folder, new LastFailures(InCache("failed"))));
        root.Add(SmokeCommand.Create(to, folder));
        root.Add(ExplainCommand.Create(to, folder));
        root.Add(GenerateCommand.Create(to, folder));
        root.Add(ReplayCommand.Create(to, folder));
        root.Add(FuzzCommand.Create(to, folder));
        root.Add(BenchCommand.Create(to));
        root.Add(ServeCommand.Create());
        root.Add(VectorsCommand.Create(to, folder));
        root.Add(ClausesCommand.Create(to, folder));
        root.Add(ProveCommand.Create(to, folder, InCache("proved")));
        root.Add(SolverCommand.Create(to));
        root.Add(BugsCommand.Create(to, folder));
        root.Add(ProfilesCommand.Create(to, folder));
        root.Add(IdentifyCommand.Create(to, folder));
        root.Add(MutantsCommand.Create(to, folder));
        root.Add(DiffCommand.Create(to, folder));
        root.Add(MigrateCommand.Create(to, folder));
        return root;

        string? InCache(string name) => cache == null ? null : System.IO.Path.Combine(cache, name);
    }

    // After Ctrl-C: a fuzzer reports what it did, which on a busy machine takes longer than the two seconds that are the default.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    // An argument that begins with @ is itself, not a file of arguments.
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null };

    private static string Path(SymbolResult? command) =>
        command is CommandResult { Command: not RootCommand } inner ? $"{Path(inner.Parent)} {inner.Command.Name}" : "cmma";

    private static int Usage(TextWriter error, ParseResult parsed)
    {
        // a word that is not known explains a missing command, not the other way round
        ParseError first = parsed.Errors.FirstOrDefault(each => parsed.UnmatchedTokens.Any(token => each.Message.Contains(token, StringComparison.Ordinal)))
            ?? parsed.Errors[0];
        string command = Path(parsed.CommandResult);
        string reason = string.Join(' ', first.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        error.WriteLine($"{command}: {reason}{Meant(parsed, first)} (see {command} --help)");
        return ExitCode.Usage;
    }

    private static string Meant(ParseResult parsed, ParseError error) =>
        parsed.UnmatchedTokens is [var next, ..] && !next.StartsWith('-') && parsed.CommandResult.Command.Arguments.Count == 1
            && parsed.Tokens.FirstOrDefault(token => token.Value.StartsWith("exec:", StringComparison.Ordinal)) is { } command
            ? $" (did you mean '{command.Value} {string.Join(' ', parsed.UnmatchedTokens)}', in quotes?)" :
        parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)) is { } word
            ? Nearest.Suggestion(word, word.StartsWith('-')
                ? parsed.CommandResult.Command.Options.Select(option => option.Name)
                : parsed.CommandResult.Command.Subcommands.Select(command => command.Name))
            : "";
}
