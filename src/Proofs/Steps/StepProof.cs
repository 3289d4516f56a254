// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;
using Cmma.Proofs.Traces;

namespace Cmma.Proofs.Steps;

/// <summary>
/// Asks a solver whether a step of a machine is one of the model, spec/smt/model as it is written: that it is not must be impossible. And
/// whether a state has every invariant.
/// </summary>
internal sealed class StepProof : IDisposable
{
    private readonly Joiner joiner;
    private readonly SolverProcess solver;

    /// <summary>Reads the model.</summary>
    /// <exception cref="SolverException">The solver cannot be run.</exception>
    public StepProof(SmtFolder folder, SolverKind kind, SolverLimits limits)
    {
        joiner = new Joiner(folder);
        solver = new SolverProcess(kind, limits, "a step");
    }

    /// <summary>How many questions it asked.</summary>
    public long Questions => solver.Answers;

    /// <summary>What is wrong with a step, in one line; null if it is a step of the model.</summary>
    /// <exception cref="SolverException">The solver has no answer, or failed.</exception>
    public string? Difference(MachineStep step)
    {
        string name = StepText.NameOf(step.Operation);
        solver.Subject = $"a step of {name}";
        return StepText.Declarations(step) is not { } declarations ? $"no {name} of the model ends with {step.Outcome.Result}"
            : Holds(name, declarations, $"({name} before arguments after outcome result)") ? null
            : $"no {name} of the model does this";
    }

    /// <summary>The invariants that a state does not have.</summary>
    /// <exception cref="SolverException">The solver has no answer, or failed.</exception>
    public string? Broken(ConcreteState state)
    {
        solver.Subject = "the invariants of a state";
        string declarations = $"(define-fun after () State {StepText.State(state)})\n";
        return Holds("invariants", declarations, "(invariant after)") ? null : "the state after it does not keep the invariants of the model";
    }

    /// <summary>Ends the solver.</summary>
    public void Dispose() => solver.Dispose();

    // Unsatisfiable is the good answer to the opposite. If that is not what comes, a claim that can hold neither is no claim that does not hold.
    private bool Holds(string uses, string declarations, string claim)
    {
        if (Ask(uses, declarations, $"(not {claim})") == Answer.Unsatisfiable)
        {
            return true;
        }

        return Ask(uses, declarations, claim) == Answer.Unsatisfiable
            ? false
            : throw new SolverException($"{solver.Subject}: {SolverKind.MicrosoftZ3.Name} cannot tell whether the model allows it");
    }

    private Answer Ask(string uses, string declarations, string claim)
    {
        string text = $"; uses: {uses}\n{declarations}(assert {claim})\n(check-sat)";
        return solver.Run(joiner.Proof(new Theorem("steps", solver.Subject, text)), questions: 1).Answers[0];
    }
}
