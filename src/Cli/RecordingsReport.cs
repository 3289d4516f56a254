// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Catalogue.Recordings;
using Cmma.Kernels;
using Cmma.Traces;

namespace Cmma.Cli;

/// <summary>cmma check kernel:VERSION --recordings DIR: the machine of a kernel against what the kernel's own functions answered.</summary>
internal static class RecordingsReport
{
    private const int ShownDifferences = 20;

    public static int Run(Output to, string implementation, string folder)
    {
        if (!Implementations.IsKernel(implementation))
        {
            throw new InputException($"--recordings are of kernels, so not for {implementation}; there are: {Implementations.Kernels}");
        }

        LinuxVersion version = Implementations.FindKernel(implementation);
        string file = Path.Combine(folder, $"a-{version.Name}.jsonl.gz");
        if (!File.Exists(file))
        {
            throw new InputException(file, "there is no recording of this kernel");
        }

        RecordingCheck check = RecordingCheck.Of(RecordingReader.Read(file), version, StandIn.All);
        foreach (string difference in check.Differences.Take(ShownDifferences))
        {
            to.Bad(difference);
        }

        foreach ((StandIn rule, int results) in check.Explained)
        {
            to.Dim($"rule {rule.Name}: {results} results ({rule.Reason})");
        }

        string totals = $"{check.Lines} lines, {check.Operations} operations";
        to.Line($"{totals}, {check.Differences.Count} results differ, {check.Explained.Values.Sum()} under a rule");
        return check.Differences.Count == 0 ? ExitCode.Conforms : ExitCode.DoesNotConform;
    }
}
