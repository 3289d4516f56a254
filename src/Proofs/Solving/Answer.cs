// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Solving;

/// <summary>What a solver says of the assertions.</summary>
public enum Answer
{
    /// <summary>It could not tell within its limits.</summary>
    Unknown,

    /// <summary>They hold for some values.</summary>
    Satisfiable,

    /// <summary>They hold for no values.</summary>
    Unsatisfiable,
}
