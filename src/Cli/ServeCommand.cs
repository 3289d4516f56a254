// SPDX-License-Identifier: MIT
using System.CommandLine;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Outside;

namespace Cmma.Cli;

/// <summary>cmma serve IMPL: an implementation over the protocol, on stdin and stdout.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Argument<string> implementation = new("IMPL") { Description = $"The implementation: {Implementations.Names}" };
        Option<bool> oneAtATime = new("--one-at-a-time") { Description = "Takes one operation per line and answers with its result; a hello begins a new VM" };
        Command command = new("serve", "Answers questions on stdin with one of our machines, in the protocol of docs/protocol.md") { implementation, oneAtATime };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(implementation)!;
            using IImplementation found = OutsideImplementations.LoadNative(name) ?? Implementations.Find(name);
            using Stream input = Console.OpenStandardInput();
            using Stream output = Console.OpenStandardOutput();
            if (parsed.GetValue(oneAtATime))
            {
                ProtocolServer.ServeOperations(found, input, output);
            }
            else
            {
                ProtocolServer.Serve(found, input, output);
            }

            return ExitCode.Conforms;
        });
        return command;
    }
}
