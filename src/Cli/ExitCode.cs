// SPDX-License-Identifier: MIT
namespace Cmma.Cli;

/// <summary>What the command answers to the shell.</summary>
internal static class ExitCode
{
    public const int Conforms = 0;
    public const int DoesNotConform = 1;
    public const int Usage = 2;
    public const int CouldNotRun = 3;
    public const int OurFault = 4;
    public const int Interrupted = 130; // Ctrl-C, as shells have it: 128 and the number of SIGINT
}
