// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Terms.Tests;

/// <summary>Terms of symbols, and a solver that is asked of them.</summary>
internal static class Ask
{
    /// <summary>Whether the solver finds values of the declared symbols for which the condition holds.</summary>
    public static Answer Of(string declarations, string condition)
    {
        using SolverProcess solver = new(SolverKind.MicrosoftZ3, SolverLimits.Usual, "a term");
        solver.Send($"{declarations}\n(assert {condition})");
        return solver.Check();
    }

    /// <summary>A byte, a symbol.</summary>
    public static Octet Octet(string name) => new(Term.Leaf(name, Sort.Octet));

    /// <summary>A number within bounds, a symbol.</summary>
    public static Word Word(string name, ulong minimum = 0, ulong maximum = ulong.MaxValue) => Proofs.Terms.Word.Symbol(Term.Leaf(name, Sort.Word), minimum, maximum);

    /// <summary>A truth value, a symbol.</summary>
    public static Truth Truth(string name) => new(Term.Leaf(name, Sort.Bool));

    /// <summary>A new exploration without a solver on this thread, its first path begun: what is learnt in one test is not known in another.</summary>
    public static Exploration Path()
    {
        Exploration exploration = new(null);
        exploration.Next();
        return exploration;
    }
}
