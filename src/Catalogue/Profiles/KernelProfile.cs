// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue.Profiles;

/// <summary>
/// The profile of a kernel, computed by its machine. The machine is held to what the kernel's own functions answered (docs/kernels.md), but for an
/// ESSA in two steps, of which there is no recording; the facts that the profile cites are written by hand.
/// </summary>
public static class KernelProfile
{
    /// <summary>As on the command line.</summary>
    public static string NameOf(LinuxVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return $"kernel:{version.Name}";
    }

    /// <summary>The profile of this kernel; the facts of a vector are those that the profile before it cites.</summary>
    public static Profile Of(LinuxVersion version, IReadOnlyList<Vector> vectors, Profile? before)
    {
        ArgumentNullException.ThrowIfNull(version);
        MachineImplementation machine = Implementations.Kernel(NameOf(version), version.NewVm);
        Profile profile = new(
            machine.Name,
            $"what Linux {version.Name} does",
            [.. Capability.All.Except(machine.Capabilities)],
            []);
        List<ProfileVector> differing = [];
        foreach (Vector vector in vectors.Where(vector => profile.LeftOut(vector) == null))
        {
            List<ProfileOperation> operations = Differences(vector.Trace, machine);
            if (operations.Count > 0)
            {
                IReadOnlyList<string> facts = before?.Vectors.FirstOrDefault(each => each.Id == vector.Id)?.Facts ?? [];
                differing.Add(new ProfileVector(vector.Id, facts, operations));
            }
        }

        return profile with { Vectors = differing };
    }

    private static List<ProfileOperation> Differences(Trace trace, MachineImplementation machine)
    {
        using IRun vm = machine.NewVm(trace.HostHasCmma);
        List<ProfileOperation> differences = [];
        for (int index = 0; index < trace.Steps.Count; index++)
        {
            Outcome outcome = vm.Do(trace.Steps[index].Operation);
            if (outcome.Result is Outcome.HostCrash or Outcome.LeaksMemory)
            {
                differences.Add(new ProfileOperation(index + 1, Expect: null, outcome.Result));
                break;
            }

            if (Judge.Difference(trace.Steps[index].Expect, outcome) != null)
            {
                differences.Add(new ProfileOperation(index + 1, Exactly(outcome), Ends: null));
            }
        }

        return differences;
    }

    /// <summary>This outcome, with any byte where the kernel wrote none.</summary>
    public static Expectation Exactly(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new Expectation([new Expected(outcome)
        {
            Values = outcome.Count == null ? null : ByteRuns.Of(outcome.Values.Span).WithAnyFor(KernelVm.OldKernelMemory),
        }]);
    }
}
