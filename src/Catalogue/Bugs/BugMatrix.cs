// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Kernels.Bugs;
using Cmma.Traces;

namespace Cmma.Catalogue.Bugs;

/// <summary>Which vectors catch which known bugs.</summary>
/// <param name="Rows">A row for each bug, in the order of the bugs.</param>
public sealed record BugMatrix(IReadOnlyList<BugRow> Rows)
{
    /// <summary>How many bugs a vector catches.</summary>
    public int Caught => Rows.Count(row => row.CaughtBy.Count > 0);

    /// <summary>The line that ends a report.</summary>
    public string Totals => $"{Caught} of {Rows.Count} bugs caught";

    /// <summary>
    /// Runs the vectors against each bug and against the kernel that had it. A vector that this machine fails too says nothing about
    /// the bug; where it lacks a capability, neither is asked.
    /// </summary>
    public static BugMatrix Of(IReadOnlyList<Vector> vectors, IReadOnlyList<KnownBug> bugs)
    {
        ArgumentNullException.ThrowIfNull(bugs);
        Dictionary<string, Vector[]> passedByHome = bugs.DistinctBy(bug => bug.Home, StringComparer.Ordinal).AsParallel()
            .ToDictionary(bug => bug.Home, bug => Passed(vectors, bug.Home, bug.NewCorrect), StringComparer.Ordinal);
        return new BugMatrix([.. bugs.AsParallel().AsOrdered()
            .Select(bug => new BugRow(bug, [.. Signs(passedByHome[bug.Home], bug).OrderBy(sign => !ShowsClauseOf(bug, sign))]))]);
    }

    private static bool ShowsClauseOf(KnownBug bug, BugSign sign) => sign.Vector.Clauses.Intersect(bug.Clauses, StringComparer.Ordinal).Any();

    private static Vector[] Passed(IReadOnlyList<Vector> vectors, string name, Func<bool, Kernels.KernelVm> newVm) =>
        [.. CheckResult.Of(vectors, Implementations.Kernel(name, newVm)).Verdicts.Where(verdict => verdict.Kind == VerdictKind.Passed).Select(verdict => verdict.Vector)];

    private static IEnumerable<BugSign> Signs(IReadOnlyList<Vector> vectors, KnownBug bug)
    {
        IImplementation machine = Implementations.Kernel($"bug:{bug.Id}", bug.NewVm);
        Vector[] asked = [.. vectors.Where(vector => Verdict.Skipped(vector, machine) == null)];
        IReadOnlyList<Answer> answers = machine.Ask([.. asked.Select(vector => Question.Of(vector.Trace))]);
        for (int index = 0; index < asked.Length; index++)
        {
            if (Verdict.Of(asked[index], answers[index]) is { Kind: VerdictKind.Failed } verdict)
            {
                yield return new BugSign(asked[index], verdict.FailedStep, answers[index].Outcomes[verdict.FailedStep]);
            }
        }
    }
}

/// <summary>A known bug and what catches it.</summary>
/// <param name="Bug">The bug.</param>
/// <param name="CaughtBy">The vectors that the machine with the bug fails, and the kernel that had it passes; those first that show a clause of the bug.</param>
public sealed record BugRow(KnownBug Bug, IReadOnlyList<BugSign> CaughtBy);

/// <summary>How a vector shows a bug.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Step">The index of the first operation that the bug answers wrong.</param>
/// <param name="Outcome">What it answers.</param>
public sealed record BugSign(Vector Vector, int Step, Outcome Outcome);
