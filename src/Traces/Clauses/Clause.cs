// SPDX-License-Identifier: MIT
namespace Cmma.Traces.Clauses;

/// <summary>A numbered clause of the spec.</summary>
/// <param name="Id">As cited in code, vectors and proofs.</param>
/// <param name="Title">The clause in a few words.</param>
/// <param name="Text">The clause.</param>
/// <param name="Source">doc-2017, all kernels, or choice; with D-numbers and the reason.</param>
/// <param name="Reasons">Why a kind of check is missing: from "vector", "property", "theorem" or "mutant" to the reason.</param>
/// <param name="File">The file in spec/clauses.</param>
/// <param name="Line">Where it begins.</param>
public sealed record Clause(
    string Id, string Title, string Text, string Source, IReadOnlyDictionary<string, string> Reasons, string File, int Line)
{
    /// <summary>Whether an id is that of a guarantee or a hazard: what follows from clauses of operations, which say where to look.</summary>
    public static bool IsConsequence(string id) => id is ['G' or 'H', >= '0' and <= '9', ..];
}
