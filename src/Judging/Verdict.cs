// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>What a vector said about an implementation.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Kind">Passed, failed or skipped.</param>
/// <param name="Reason">Failed: the first difference. Skipped: the missing capability. Passed: empty.</param>
/// <param name="FailedStep">The index of the first wrong operation, or -1 where there is none or it is not known.</param>
public sealed record Verdict(Vector Vector, VerdictKind Kind, string Reason, int FailedStep)
{
    /// <summary>What came back from the first wrong operation, where something did.</summary>
    public Outcome? Actual { get; init; }

    /// <summary>Lines for the author of an implementation that does not speak the protocol, as in <see cref="Answer.Misunderstanding"/>, or that may not mean what it sends.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Whether the failure does not come when a new process is asked this vector alone.</summary>
    public bool NeedsTheRunsBefore { get; init; }

    /// <summary>How the run broke off behind the first wrong answer, in an operation that is known; null if it did not. A wrong answer may be the end itself, as where the host crashes.</summary>
    public string? ThenBrokeOff { get; init; }

    /// <summary>Whether it failed only because a list expects it to: it passes.</summary>
    public bool PassesUnexpectedly { get; init; }

    /// <summary>Runs a vector up to the first wrong operation.</summary>
    public static Verdict Of(Vector vector, IImplementation implementation) =>
        Skipped(vector, implementation) ?? Of(vector, implementation.Ask([Question.Of(vector.Trace)])[0]);

    /// <summary>Judges what came back, up to the first wrong operation.</summary>
    public static Verdict Of(Vector vector, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(answer);
        for (int index = 0; index < vector.Trace.Steps.Count; index++)
        {
            if (index >= answer.Outcomes.Count)
            {
                return new Verdict(vector, VerdictKind.Failed, answer.Failure ?? "no answer", answer.Located ? index : -1) { Hints = answer.Misunderstanding, NeedsTheRunsBefore = answer.NeedsTheRunsBefore };
            }

            string? difference = Judge.Difference(vector.Trace.Steps[index].Expect, answer.Outcomes[index]);
            if (difference != null)
            {
                return new Verdict(vector, VerdictKind.Failed, difference, index) { Actual = answer.Outcomes[index], Hints = Hint(vector.Trace.Steps[index].Expect, answer.Outcomes[index]), ThenBrokeOff = answer.Located ? answer.Failure : null };
            }
        }

        return new Verdict(vector, VerdictKind.Passed, "", FailedStep: -1);
    }

    // What only reports its answers can send the zero struct as fields, which is another answer.
    private static IReadOnlyList<string> Hint(Expectation? expect, Outcome outcome) =>
        outcome is { Result: Outcome.Ok, Breach: null, Struct: null, Zeroed: false, StartGfn: 0, Count: 0, Remaining: 0, Values.IsEmpty: true } && expect?.Alternatives.Any(each => each.Zeroed) == true
            ? ["is this the zero struct, all 32 bytes of it? then send \"zeroed\":true and none of start_gfn, count, remaining and values"]
            : [];

    /// <summary>The verdict that the implementation lacks a capability that the vector needs, or null.</summary>
    public static Verdict? Skipped(Vector vector, IImplementation implementation)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(implementation);
        foreach (Capability capability in vector.Capabilities)
        {
            if (!implementation.Capabilities.Contains(capability))
            {
                return new Verdict(vector, VerdictKind.Skipped, $"needs {capability}", FailedStep: -1);
            }
        }

        return null;
    }
}

/// <summary>The kinds of verdict.</summary>
public enum VerdictKind
{
    /// <summary>Every operation answered as expected.</summary>
    Passed = 0,

    /// <summary>An operation did not.</summary>
    Failed = 1,

    /// <summary>A capability is missing; nothing is said.</summary>
    Skipped = 2,

    /// <summary>An operation did not, and the user's list says so.</summary>
    ExpectedFailure = 3,
}
