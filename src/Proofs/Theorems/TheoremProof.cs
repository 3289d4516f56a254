// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.RegularExpressions;
using Cmma.Proofs.Solving;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>
/// Asks a solver all that has to be asked of one theorem: that it holds, that its hypotheses are possible, and that each mutation of the
/// model makes it false. One process, restarted for each question: so an answer does not depend on what was asked before.
/// </summary>
internal sealed class TheoremProof(Joiner joiner, SolverKind solverKind, SolverLimits limits)
{
    /// <summary>A vacuity check that came out right, by the text that was asked: many theorems have the same hypotheses.</summary>
    private readonly HashSet<string> possible = new(StringComparer.Ordinal);

    /// <summary>Only the claims, without vacuity and mutations: a second solver need not find models.</summary>
    public bool ClaimsOnly { get; init; }

    public ProofResult Run(Theorem theorem)
    {
        long begin = Stopwatch.GetTimestamp();
        (ProofVerdict verdict, string reason) = Verdict(theorem);
        return new ProofResult(theorem.Name, theorem.File, verdict, theorem.Claim)
        {
            Guarantee = theorem.Guarantee, Reason = reason, Time = Stopwatch.GetElapsedTime(begin),
        };
    }

    /// <summary>All that is asked of a theorem.</summary>
    /// <exception cref="InputException">It is malformed.</exception>
    public IReadOnlyList<string> Asked(Theorem theorem) =>
    [
        theorem.Header["expect"],
        $"{solverKind.Name} {joiner.Options(theorem, $"{solverKind.Name} options")} {limits}{(ClaimsOnly ? " claims only" : "")}",
        joiner.Proof(theorem),
        .. theorem.IsProof ? [joiner.Vacuity(theorem), .. Joiner.Breakages(theorem).Select(each => joiner.Breakage(theorem, each.Breakage))] : Array.Empty<string>(),
    ];

    // Without a limit of time, which a busy machine would break: it takes time in proportion to the text.
    private static readonly Regex Question = new(@"^[^;\n]*\(check-sat\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private static (ProofVerdict Verdict, string Reason) Proved => (ProofVerdict.Proved, "");

    private (ProofVerdict Verdict, string Reason) Verdict(Theorem theorem)
    {
        try
        {
            if (theorem.Header["expect"] is not ("unsat" or "sat"))
            {
                return (ProofVerdict.Failed, $"{theorem.File}: the header does not say '; expect: unsat' or '; expect: sat'");
            }

            SolverKind kind = solverKind with { Options = joiner.Options(theorem, $"{solverKind.Name} options") };
            using SolverProcess solver = new(kind, limits, theorem.File);
            foreach (Func<(ProofVerdict Verdict, string Reason)> step in Steps(theorem, solver))
            {
                (ProofVerdict Verdict, string Reason) result = step();
                if (result.Verdict != ProofVerdict.Proved)
                {
                    return result;
                }
            }

            return Proved;
        }
        catch (SolverException exception)
        {
            return (ProofVerdict.Unknown, exception.Message);
        }
        catch (InputException exception)
        {
            return (ProofVerdict.Failed, exception.Message);
        }
    }

    private IEnumerable<Func<(ProofVerdict Verdict, string Reason)>> Steps(Theorem theorem, SolverProcess solver)
    {
        yield return () => Holds(theorem, solver);
        if (!theorem.IsProof || ClaimsOnly)
        {
            yield break;
        }

        yield return () => IsNotVacuous(theorem, solver);
        if (theorem.NeverBoth)
        {
            yield break; // nothing strikes both checks, so no breakage can show
        }

        List<(int Number, string Breakage)> breakages = [.. Joiner.Breakages(theorem)];
        if (breakages.Count == 0)
        {
            yield return () => (ProofVerdict.Failed, $"{theorem.File}: it has no breakage, so nothing shows that it says anything");
        }

        foreach ((int number, string breakage) in breakages)
        {
            yield return () => IsBroken(theorem, number, breakage, solver);
        }
    }

    private (ProofVerdict Verdict, string Reason) Holds(Theorem theorem, SolverProcess solver)
    {
        Answer expected = theorem.IsProof ? Answer.Unsatisfiable : Answer.Satisfiable;
        (IReadOnlyList<Answer> answers, string values) = Ask(solver, theorem, joiner.Proof(theorem));
        for (int index = 0; index < answers.Count; index++)
        {
            string which = $"{theorem.File}: {Which(index, answers.Count)}";
            if (answers[index] == Answer.Unknown)
            {
                return (ProofVerdict.Unknown, $"{which}: {solverKind.Name} answered unknown within {limits.Time.TotalSeconds:0} s");
            }

            if (answers[index] != expected)
            {
                string must = theorem.IsProof ? "it can be false: sat instead of unsat" : "there is no such case: unsat instead of sat";
                return (ProofVerdict.Failed, $"{which}: {must}");
            }
        }

        return theorem.IsProof ? Proved : WitnessTraces.Check(theorem, values) is { Length: > 0 } wrong ? (ProofVerdict.Failed, wrong) : Proved;
    }

    private (ProofVerdict Verdict, string Reason) IsNotVacuous(Theorem theorem, SolverProcess solver)
    {
        string text = joiner.Vacuity(theorem);
        string question = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("; ", StringComparison.Ordinal)));
        lock (possible)
        {
            if (!theorem.NeverBoth && possible.Contains(question))
            {
                return Proved;
            }
        }

        Answer expected = theorem.NeverBoth ? Answer.Unsatisfiable : Answer.Satisfiable;
        (IReadOnlyList<Answer> answers, _) = Ask(solver, theorem, text);
        int wrong = answers.ToList().FindIndex(answer => answer != expected);
        if (wrong >= 0)
        {
            string what = theorem.NeverBoth
                ? "the two checks can strike together, though its model file says never"
                : "its hypotheses are not shown to be possible, so it may say nothing";
            ProofVerdict verdict = answers[wrong] == Answer.Unknown ? ProofVerdict.Unknown : ProofVerdict.Failed;
            return (verdict, $"{theorem.File}: {Which(wrong, answers.Count)} without the claim: {what}");
        }

        lock (possible)
        {
            possible.Add(question);
        }

        return Proved;
    }

    private (ProofVerdict Verdict, string Reason) IsBroken(Theorem theorem, int number, string breakage, SolverProcess solver)
    {
        (IReadOnlyList<Answer> answers, _) = Ask(solver, theorem, joiner.Breakage(theorem, breakage));
        if (answers.Contains(Answer.Satisfiable))
        {
            return Proved;
        }

        ProofVerdict verdict = answers.Contains(Answer.Unknown) ? ProofVerdict.Unknown : ProofVerdict.Failed;
        return (verdict, $"{theorem.File}: breakage {number} of the model is not seen to make it false");
    }

    /// <summary>How many answers a text asks for.</summary>
    public static int Questions(string text) => Question.Count(text);

    /// <summary>The text before, between and after the questions of a text.</summary>
    public static string[] Parts(string text) => Question.Replace(text, match => $"{match.Value[..^"(check-sat)".Length]}\0").Split('\0');

    private static (IReadOnlyList<Answer> Answers, string Values) Ask(SolverProcess solver, Theorem theorem, string text)
    {
        int questions = Questions(text);
        return questions > 0 ? solver.Run(text, questions) : throw new InputException(theorem.File, "it asks nothing: no (check-sat)");
    }

    private static string Which(int index, int count) => count == 1 ? "the answer" : $"answer {index + 1} of {count}";
}
