// SPDX-License-Identifier: MIT
using Cmma.Proofs.Traces;
using Cmma.Traces;

namespace Cmma.Proofs.Paths;

/// <summary>A path that is not what the model says, with numbers for its symbols.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Outcome">What the code answered.</param>
/// <param name="GapPages">The gap of the path.</param>
/// <param name="State">The state before.</param>
/// <param name="Trace">
/// The way to it, the call, and what shows after it, each with what the reference answers; null if no way was found.
/// </param>
public sealed record Counterexample(string Operation, string Outcome, ulong GapPages, ConcreteState State, Trace? Trace)
{
    /// <summary>The trace as text, or a word of why there is none.</summary>
    public string Text => Trace is null
        ? $"{Operation} answers {Outcome} with a gap of {GapPages}, from a state that no trace was found to"
        : $"{Operation} answers {Outcome}\n{TraceWriter.Trace(Trace)}";
}
