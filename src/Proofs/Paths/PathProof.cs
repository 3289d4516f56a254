// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Proofs.Model;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>What came of the paths of one operation in one shape.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Shape">The memory.</param>
public sealed record PathReport(string Operation, Shape Shape)
{
    /// <summary>Paths proved to be what the model says.</summary>
    public int Proved { get; internal set; }

    /// <summary>Paths that leave the scope.</summary>
    public int OutOfScope { get; internal set; }

    /// <summary>Paths that are not what the model says.</summary>
    public List<Counterexample> Failures { get; } = [];

    /// <summary>What the shape replaces in the machine, one line each.</summary>
    public IReadOnlyList<string> Replaced { get; internal set; } = [];

    /// <summary>How many questions the solver answered.</summary>
    public long Questions { get; internal set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; internal set; }
}

/// <summary>Proves each path of one operation, from every state of one shape, to be what the model's definition says.</summary>
internal sealed class PathProof(Definitions definitions, Func<ISymbolicMachine> newMachine, SolverKind solverKind)
{
    private const int MostFailures = 30;

    private readonly StateValues values = new(definitions);

    public Coverage? Coverage { get; init; }

    /// <summary>Called after each path.</summary>
    public Action<PathReport>? Progress { get; init; }

    public PathReport Run(string operation, Shape shape)
    {
        long begin = Stopwatch.GetTimestamp();
        PathReport report = new(operation, shape);
        using SolverProcess solver = new(solverKind, SolverLimits.Paths, $"{operation}, {shape}");
        Exploration exploration = new(solver) { Coverage = Coverage };
        Setting setting = new(shape, operation);
        report.Replaced = setting.Replaced;
        solver.Send(setting.Declarations);
        if (solver.Check() != Answer.Satisfiable)
        {
            throw new SolverException($"{setting}: no state and call are known to be as it is assumed of all");
        }

        exploration.Assume(setting.Assumptions);
        Evaluator evaluator = new(definitions, new Scope());
        solver.Send(evaluator.Declarations());
        if (setting.Call.GapPages is Word gap)
        {
            evaluator.Override("gap", new WordValue(gap));
        }

        while (!IsEnough(report) && exploration.Next())
        {
            Step(operation, setting, exploration, evaluator, report);
            Progress?.Invoke(report);
        }

        report.Questions = solver.Answers;
        report.Time = Stopwatch.GetElapsedTime(begin);
        return report;
    }

    private void Step(string operation, Setting setting, Exploration exploration, Evaluator evaluator, PathReport report)
    {
        MachineState before = setting.NewState();
        Call call = setting.NewCall();
        ISymbolicMachine machine = newMachine();
        machine.Load(before);
        Term goal;
        string outcome;
        bool isInScope = true;
        try
        {
            CallResult result = machine.Run(call);
            outcome = result.Outcome;
            goal = Goal(operation, call, before, machine.Save(), result, evaluator);
        }
        catch (OutOfScopeException)
        {
            isInScope = false;
            outcome = "more pages than the scope has";
            goal = NoCheck(operation, call, before, evaluator);
        }

        foreach (Term obligation in exploration.Obligations)
        {
            goal = Logic.And(goal, obligation);
        }

        if (IsProved(goal, setting, exploration, evaluator, solver => report.Failures.Add(new CounterexampleReader(setting, solver).Read(operation, outcome))))
        {
            report.Proved += isInScope ? 1 : 0;
            report.OutOfScope += isInScope ? 0 : 1;
        }
    }

    // One that can be shown; not to every state is there a way by public operations.
    private static bool IsEnough(PathReport report) =>
        report.Failures.Count > 0 && (report.Failures[^1].Trace is not null || report.Failures.Count == MostFailures);

    private Term Goal(string operation, Call call, MachineState before, MachineState after, CallResult result, Evaluator evaluator)
    {
        evaluator.Scope = ScopeOf(operation, call, result, before, after, result.Between ?? after);
        Term ToBe(MachineState state) => evaluator.Goal(
            operation,
            values.State(before),
            values.Arguments(operation, call),
            values.State(state),
            StateValues.Outcome(result),
            values.Result(operation, call, result));
        // Only ESSA begins one; all of it is done when it is begun, and its end changes nothing.
        return result.Between is MachineState between
            ? Logic.And(ToBe(between), ToBe(after))
            : Logic.And(ToBe(after), LeavesTheBegunEssa(before, after));
    }

    private static Term LeavesTheBegunEssa(MachineState before, MachineState after) =>
        Logic.And(Term.Constant(after.BegunInterruption == before.BegunInterruption), Logic.Known((after.BegunR1 == before.BegunR1).Term));

    // A path that leaves the scope has at least passed every check rightly.
    private Term NoCheck(string operation, Call call, MachineState before, Evaluator evaluator)
    {
        CallResult none = new();
        evaluator.Scope = ScopeOf(operation, call, none, before);
        Term goal = Term.True;
        foreach (string check in definitions.Checks[operation])
        {
            goal = Logic.And(goal, evaluator.GoalNot(
                check, values.State(before), values.Arguments(operation, call), values.Result(operation, call, none)));
        }

        return goal;
    }

    private static bool IsProved(Term goal, Setting setting, Exploration exploration, Evaluator evaluator, Action<SolverProcess> onFailure)
    {
        if (ReferenceEquals(goal, Term.True))
        {
            return true;
        }

        List<string> declarations = evaluator.Scope.Others.ConvertAll(other =>
            $"(declare-const {other} {other.Sort})\n(assert (<= 0 {other} {ulong.MaxValue}))\n");
        Answer answer = exploration.Refute(goal, string.Concat(declarations), onFailure);
        return answer == Answer.Unknown
            ? throw new SolverException($"{setting}: the solver cannot tell whether a path is what the model says")
            : answer == Answer.Unsatisfiable;
    }

    // Every page and every id that the call can have to do with.
    private static Scope ScopeOf(string operation, Call call, CallResult result, params MachineState[] states)
    {
        Scope scope = new() { Bytes = result.Values.Count };
        foreach (SlotState slot in states.SelectMany(state => state.Slots))
        {
            scope.AddId(slot.Id);
            foreach (Word page in StateValues.PagesOf(slot))
            {
                scope.AddPage(page);
            }

            scope.AddPage(StateValues.EndOf(slot));
        }

        scope.AddId(call.Id);
        if (operation is "peek" or "set")
        {
            ulong length = result.Length.Constant ?? 0;
            for (ulong page = 0; page <= length; page++)
            {
                scope.AddPage(new Word(call.StartGfn.Sum.Add(page)));
            }
        }

        return scope;
    }
}
