using System;
using System.CommandLine;
using System.IO;
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
        Command command = new("serve", "Answers questions on stdin with an implementation, in the protocol of docs/protocol.md") { implementation };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(implementation)!;
            using IImplementation found = OutsideImplementations.LoadNative(name) ?? Implementations.Find(name);
            using Stream input = Console.OpenStandardInput();
            using Stream output = Console.OpenStandardOutput();
            ProtocolServer.Serve(found, input, output);
            return ExitCode.Conforms;
        });
        return command;
    }
}
