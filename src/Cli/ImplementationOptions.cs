// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Outside;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>The argument IMPL and the options that say how to run it.</summary>
internal sealed class ImplementationOptions
{
    private const double MaxSeconds = 86_400;
    private const int MillisecondsBetweenLines = 100;

    private readonly Lazy<SpecFolder> spec;
    private readonly Argument<string> implementation;

    private readonly Option<double> timeout = new("--timeout")
    {
        Description = "How long one run of an external implementation may take",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RunOptions.Default.Timeout.TotalSeconds,
    };

    private readonly Option<bool> verifyProtocol = new("--verify-protocol") { Description = "Checks every message to and from an external implementation against the schema" };

    private ImplementationOptions(Lazy<SpecFolder> spec, Argument<string> implementation)
    {
        this.spec = spec;
        this.implementation = implementation;
        timeout.Validators.Add(result =>
        {
            bool given = result.Tokens.Count > 0;
            if (given && !(double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= MaxSeconds))
            {
                result.AddError("--timeout needs a number of seconds above 0, at most a day");
            }
        });
    }

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="spec">For the schema of the protocol.</param>
    /// <param name="name">Of the argument.</param>
    /// <param name="live">Whether it takes no recording.</param>
    /// <param name="isOptional">Whether it may be left out.</param>
    public static ImplementationOptions AddTo(Command command, Lazy<SpecFolder> spec, string name = "IMPL", bool live = false, bool isOptional = false)
    {
        string names = live ? Implementations.LiveNames : Implementations.Names;
        ImplementationOptions options = new(spec, new Argument<string>(name) { Description = $"The implementation: {names}", Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne });
        command.Add(options.implementation);
        command.Add(options.timeout);
        command.Add(options.verifyProtocol);
        return options;
    }

    /// <summary>What the user named.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(implementation)!;

    /// <summary>Finds and starts what the user named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="tell">Called with how many runs an external implementation has answered.</param>
    public IImplementation Find(ParseResult parsed, Action<double?, string>? tell = null) =>
        Implementations.Find(Name(parsed), Run(parsed) with { Progress = tell == null ? null : Progress(Name(parsed), tell) });

    /// <summary>
    /// Finds and starts what the user named, or another one with the same options, for a command that thinks of its questions itself and has no
    /// use for answers after a failure.
    /// </summary>
    /// <exception cref="InputException">It is a recording.</exception>
    public IImplementation FindLive(ParseResult parsed, string? another = null)
    {
        string name = another ?? Name(parsed);
        OutsideImplementations.RequireLive(name, parsed.CommandResult.Command.Name);
        return Implementations.Find(name, Run(parsed) with { EndAtFailure = true });
    }

    /// <summary>Those that were given, for a command that runs something again, each with a blank before it.</summary>
    public string Repeated(ParseResult parsed) =>
        (parsed.GetResult(timeout) is { Implicit: false, Tokens: [var seconds, ..] } ? $" --timeout {seconds.Value}" : "")
        + (parsed.GetValue(verifyProtocol) ? " --verify-protocol" : "");

    /// <summary>How long one run may take.</summary>
    public TimeSpan Timeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(timeout));

    // Not after every answer: a fast program gives many in the time that it takes to draw.
    private static Action<int, int> Progress(string name, Action<double?, string> tell)
    {
        long next = 0;
        return (done, asked) =>
        {
            if (done == 0 || Environment.TickCount64 >= next)
            {
                next = Environment.TickCount64 + MillisecondsBetweenLines;
                tell((double)done / Math.Max(asked, 1), $"{name}: {done} of {asked} runs answered");
            }
        };
    }

    private RunOptions Run(ParseResult parsed) => new(Timeout(parsed))
    {
        Schema = parsed.GetValue(verifyProtocol) ? ProtocolSchema.Read(spec.Value) : null,
    };
}
