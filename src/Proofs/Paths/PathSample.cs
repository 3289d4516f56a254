// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Proofs.Model;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Paths;

/// <summary>
/// A second way to the same verdict: some paths, drawn by a seed, are written as a text that the solver reads together with the model's own
/// files, and asked whether the path can be anything but what the model's definition says. Evaluator, facts and sums have no part in the
/// question but where they chose the paths.
/// </summary>
internal sealed class PathSample(SmtFolder folder, SolverKind solverKind, Func<ISymbolicMachine> newMachine)
{
    private const int Seed = 20170719;
    private const int PathsOfASuccess = 4;
    private const int PathsOfAFailure = 1;

    // Small: a solver that reads the quantifiers as they are finds its way through a few pages.
    private static readonly Shape[] Shapes =
    [
        new([2], Layout.SecondFollowsFirst, HasRealGap: true),
        new([1, 1], Layout.FirstAboveHole, HasRealGap: true),
    ];

    // The rest stays open. With these open too, create, delete, move and GET have no answer within a minute.
    private static readonly string[] Chosen = ["base", "hole-1", "new-base", "new-pages"];

    private readonly Definitions definitions = Definitions.ReadFolder(folder.ModelFolder);

    /// <summary>Asks of some paths of an operation, of each outcome.</summary>
    /// <returns>Each path with the solver's answer; unsatisfiable is the good one.</returns>
    /// <exception cref="SolverException">The conditions of a path, as they are written, are not known to be possible: then they would prove anything.</exception>
    public IReadOnlyList<(string Text, Answer Answer)> Ask(string operation)
    {
        List<PathText> drawn = [.. Shapes.SelectMany(shape => Draw(operation, shape))];
        Joiner joiner = new(folder);
        using SolverProcess solver = new(solverKind, SolverLimits.Usual, $"paths/as-written, {operation}");
        List<(string Text, Answer Answer)> answers = [];
        foreach (PathText path in drawn)
        {
            if (solver.Run($"{path.Conditions}(check-sat)", 1).Answers[0] != Answer.Satisfiable)
            {
                throw new SolverException($"{solver.Subject}: no values are known to take this path: {path.Conditions}");
            }

            string uses = $"; uses: {operation}{(operation is "get" or "peek" ? " card" : "")}\n";
            string text = joiner.Proof(new Theorem(operation, $"model/{operation}.smt2", uses + path.Conditions + path.Claim));
            answers.Add((path.Conditions + path.Claim, solver.Run(text, 1).Answers[0]));
        }

        return answers;
    }

    // Of the paths with one outcome each has the same chance to be drawn.
    private IEnumerable<PathText> Draw(string operation, Shape shape)
    {
        Random random = new(Seed);
        Dictionary<string, (int Seen, List<PathText> Drawn)> byOutcome = new(StringComparer.Ordinal);
        using SolverProcess solver = new(solverKind, SolverLimits.Usual, $"{operation}, {shape}");
        Exploration exploration = new(solver);
        Setting setting = new(shape, operation);
        solver.Send(setting.Declarations);
        exploration.Assume(setting.Assumptions);
        while (exploration.Next())
        {
            if (Text(operation, setting, exploration) is not PathText path)
            {
                continue;
            }

            (int seen, List<PathText> drawn) = byOutcome.GetValueOrDefault(path.Outcome, (0, []));
            int place = random.Next(++seen);
            int most = path.Outcome == "success" ? PathsOfASuccess : PathsOfAFailure;
            byOutcome[path.Outcome] = (seen, drawn);
            if (drawn.Count < most)
            {
                drawn.Add(path);
            }
            else if (place < most)
            {
                drawn[place] = path;
            }
        }

        return byOutcome.Values.SelectMany(one => one.Drawn);
    }

    private PathText? Text(string operation, Setting setting, Exploration exploration)
    {
        MachineState before = setting.NewState();
        Call call = setting.NewCall();
        ISymbolicMachine machine = newMachine();
        machine.Load(before);
        CallResult result;
        try
        {
            result = machine.Run(call);
        }
        catch (OutOfScopeException)
        {
            return null;
        }

        return Text(operation, setting, exploration, call, before, machine.Save(), result);
    }

    private PathText? Text(string operation, Setting setting, Exploration exploration, Call call, MachineState before, MachineState after, CallResult result)
    {
        StringBuilder text = new();
        Declare(text, setting, call);
        foreach (Term condition in (List<Term>)[.. setting.Assumptions, .. exploration.Conditions])
        {
            Assume(text, condition);
        }

        // A path that cannot be taken would be anything, and is none.
        Answer possible = exploration.Refute(Term.False, "", solver => Choose(text, setting, solver));
        return possible == Answer.Satisfiable ? new PathText(result.Outcome, text.ToString(), Claim(operation, call, before, after, result)) : null;
    }

    private static void Declare(StringBuilder text, Setting setting, Call call)
    {
        foreach (Term symbol in setting.Symbols)
        {
            text.Append($"(declare-const {PlainText.Symbol(symbol)} {(symbol.Sort == Sort.Word && symbol.Head != "vcpu-count" ? Sort.Bits : symbol.Sort)})\n");
        }

        text.Append($"(declare-const {PlainText.Symbol(call.Buffer)} (Array {Sort.Bits} {Sort.Octet}))\n");
        foreach (Symbol number in setting.Numbers)
        {
            Term bounds = Term.Apply("<=", Sort.Bool, Term.Constant(number.Minimum), number.Term);
            Assume(text, Term.And(bounds, Term.Apply("<=", Sort.Bool, number.Term, Term.Constant(number.Maximum))));
        }
    }

    private static void Choose(StringBuilder text, Setting setting, SolverProcess solver)
    {
        foreach (Term symbol in setting.Symbols.Where(symbol => Chosen.Contains(symbol.Head, StringComparer.Ordinal)))
        {
            string value = solver.Ask($"(eval {symbol})").Trim();
            Assume(text, Term.Apply("=", Sort.Bool, symbol, Term.Leaf(value, Sort.Word)));
        }
    }

    private string Claim(string operation, Call call, MachineState before, MachineState after, CallResult result)
    {
        StateValues values = new(definitions);
        PlainText plain = new(definitions);
        (string arguments, string returns) = (SortOf(operation, "arguments"), SortOf(operation, "result"));
        StringBuilder text = new();
        text.Append($"(define-fun path-before () State {plain.Of(values.State(before), "State")})\n");
        text.Append($"(define-fun path-after () State {plain.Of(values.State(after), "State")})\n");
        text.Append($"(define-fun path-arguments () {arguments} {plain.Of(values.Arguments(operation, call), arguments)})\n");
        text.Append($"(define-fun path-result () {returns} {plain.Of(values.Result(operation, call, result), returns)})\n");
        if (operation is "get" or "peek")
        {
            IEnumerable<Word> pages = before.Slots.SelectMany(StateValues.PagesOf);
            text.Append($"(assert (= (card (dirty path-after)) {PlainText.Count(pages, "(dirty path-after)")}))\n");
        }

        return text.Append($"(assert (not ({operation} path-before path-arguments path-after {result.Outcome} path-result)))\n(check-sat)\n").ToString();
    }

    private static void Assume(StringBuilder text, Term condition) => text.Append($"(assert {PlainText.Condition(condition)})\n");

    private string SortOf(string operation, string part) => new SpecHeader(folder.Model[operation])[part];

    /// <summary>A path as a solver reads it.</summary>
    /// <param name="Outcome">How it ends.</param>
    /// <param name="Conditions">Its symbols, and what is known of them.</param>
    /// <param name="Claim">The state before and after, and that the model does not say so.</param>
    private sealed record PathText(string Outcome, string Conditions, string Claim);
}
