// SPDX-License-Identifier: MIT
namespace Cmma.Proofs;

/// <summary>The result of one proof.</summary>
public enum ProofVerdict
{
    /// <summary>It is proved: every answer was as it must be.</summary>
    Proved,

    /// <summary>The solver found that it does not hold, or that it says nothing.</summary>
    Failed,

    /// <summary>The solver had no answer, or did not answer as a solver does.</summary>
    Unknown,
}

/// <summary>One proof and its result.</summary>
/// <param name="Name">Its name, as --only takes it.</param>
/// <param name="File">The file that contains it, below spec/smt; or the source that it is about.</param>
/// <param name="Verdict">The result.</param>
/// <param name="Claim">What it says, in a sentence.</param>
public sealed record ProofResult(string Name, string File, ProofVerdict Verdict, string Claim)
{
    /// <summary>The clauses that it is about, as the file names them.</summary>
    public string Guarantee { get; init; } = "";

    /// <summary>Why it is not proved; or how much was looked at.</summary>
    public string Reason { get; init; } = "";

    /// <summary>More lines on why, such as a trace.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What z3 says of the same claim, where another solver was asked and z3 too; otherwise null.</summary>
    public ProofVerdict? ByZ3 { get; init; }

    /// <summary>Whether it was proved before and not asked again (<see cref="KeptProofs"/>).</summary>
    public bool IsKept { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }
}
