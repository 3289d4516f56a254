using System;
using System.CommandLine;
using System.Globalization;
using Cmma.Conformance;
using Cmma.Conformance.Outside;
using Cmma.Conformance.Running;

namespace Cmma.Cli;

/// <summary>The argument IMPL and the options that say how to run it.</summary>
internal sealed class ImplementationOptions
{
    private const double MaxSeconds = 86_400;

    private readonly Lazy<SpecFolder> spec;
    private readonly Argument<string> implementation = new("IMPL") { Description = $"The implementation: {Implementations.Names}" };

    private readonly Option<double> timeout = new("--timeout")
    {
        Description = "How long one run of an implementation from outside may take",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RunOptions.Default.Timeout.TotalSeconds,
    };

    private readonly Option<bool> verifyProtocol = new("--verify-protocol") { Description = "Checks every message with an implementation from outside, in both directions" };

    private ImplementationOptions(Lazy<SpecFolder> spec)
    {
        this.spec = spec;
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
    public static ImplementationOptions AddTo(Command command, Lazy<SpecFolder> spec)
    {
        ImplementationOptions options = new(spec);
        command.Add(options.implementation);
        command.Add(options.timeout);
        command.Add(options.verifyProtocol);
        return options;
    }

    /// <summary>What the user named.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(implementation)!;

    /// <summary>Finds and starts what the user named.</summary>
    public IImplementation Find(ParseResult parsed) => Implementations.Find(
        Name(parsed),
        new RunOptions(TimeSpan.FromSeconds(parsed.GetValue(timeout)))
        {
            Schema = parsed.GetValue(verifyProtocol) ? ProtocolSchema.Read(spec.Value) : null,
        });
}
