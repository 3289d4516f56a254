// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Kernels;
using Cmma.Reference;
using Cmma.Traces;

namespace Cmma.Catalogue.Recordings;

/// <summary>What a recording says about the machine of its kernel.</summary>
public sealed class RecordingCheck
{
    private readonly List<string> differences = [];
    private readonly Dictionary<StandIn, int> explained = [];

    /// <summary>How many lines: each is a new VM.</summary>
    public int Lines { get; private set; }

    /// <summary>How many operations, and so results.</summary>
    public int Operations { get; private set; }

    /// <summary>The results that differ and that no rule explains, each in one line.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>How many results each rule explains.</summary>
    public IReadOnlyDictionary<StandIn, int> Explained => explained;

    /// <summary>Runs all lines.</summary>
    /// <param name="recordings">The lines.</param>
    /// <param name="version">The kernel.</param>
    /// <param name="standIns">The rules; those for another kernel are not looked at.</param>
    public static RecordingCheck Of(IEnumerable<RecordedTrace> recordings, LinuxVersion version, IReadOnlyList<StandIn> standIns)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(version);
        RecordingCheck check = new();
        StandIn[] rules = [.. standIns.Where(rule => rule.Kernel == version.Name)];
        foreach (StandIn rule in rules)
        {
            check.explained[rule] = 0;
        }

        foreach (RecordedTrace recording in recordings)
        {
            check.Add(recording, version, rules);
        }

        return check;
    }

    private void Add(RecordedTrace recording, LinuxVersion version, StandIn[] rules)
    {
        if (recording.Kernel != version.Name)
        {
            throw new InputException($"seed {recording.Seed}: a recording of {recording.Kernel}, not of {version.Name}");
        }

        string?[] found = Run(recording, version.NewVm);
        Lines++;
        Operations += found.Length;
        if (Array.TrueForAll(found, difference => difference == null))
        {
            return;
        }

        string?[][] withRules = [.. rules.Select(rule => Run(recording, rule.NewVm))];
        for (int index = 0; index < found.Length; index++)
        {
            if (found[index] == null)
            {
                continue;
            }

            int rule = Array.FindIndex(withRules, answers => answers[index] == null);
            if (rule >= 0)
            {
                explained[rules[rule]]++;
            }
            else
            {
                string operation = TraceWriter.Step(new Step(recording.Steps[index].Operation));
                differences.Add($"seed {recording.Seed}, operation {index + 1}: {operation}: {found[index]}");
            }
        }
    }

    private static string?[] Run(RecordedTrace recording, Func<bool, KernelVm> newVm)
    {
        KernelVm vm = newVm(true);
        vm.GuestTouchesPages = recording.Touched;
        ReferenceMachine machine = new(vm);
        return [.. recording.Steps.Select(step => Difference(step, Runner.Run(machine, step.Operation)))];
    }

    private static string? Difference(RecordedStep step, Outcome outcome)
    {
        // of a call that fails the recordings have the number, not what became of the caller's memory
        string? breach = outcome.Result == Outcome.Ok ? outcome.Breach : null;
        return Judge.Difference(new Expectation([step.Answer]), outcome with { R1 = step.ShowsR1 ? outcome.R1 : null, Breach = breach });
    }
}
