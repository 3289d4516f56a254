// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>
/// Of each trace with ESSA in two steps there is a twin with the whole ESSA in place of its beginning, and nothing in that of its end.
/// </summary>
public sealed class EssaStepsProperties : MachineProperties
{
    [ClauseProperty("ESSA-STEPS-1", AtLeast = 3000, Traces = typeof(LooseStepsTraces))]
    public Property An_ESSA_that_is_begun_has_done_all_that_the_whole_one_does(Trace trace) => ForAll(
        trace,
        run => Pairs(run)
            .Where(pair => pair.Seen is Seen<Operation.EssaBegin>)
            .Select(pair => new Finding(pair.Seen, pair.Seen.After == pair.Twin.After)));

    [ClauseProperty("ESSA-STEPS-1", AtLeast = 10_000, Traces = typeof(LooseStepsTraces))]
    public Property What_comes_after_the_beginning_finds_what_comes_after_the_whole(Trace trace) => ForAll(
        trace,
        run => Pairs(run)
            .SkipWhile(pair => pair.Seen is not Seen<Operation.EssaBegin>)
            .Where(pair => pair.Seen is not Seen<Operation.EssaBegin>)
            .Select(pair => new Finding(pair.Seen, Answers(pair.Seen) == Answers(pair.Twin) && pair.Seen.After == pair.Twin.After)));

    [ClauseProperty("ESSA-STEPS-2", AtLeast = 5000, Traces = typeof(LooseStepsTraces))]
    public Property The_end_answers_what_the_whole_ESSA_answers(Trace trace) => ForAll(
        trace,
        run =>
        {
            (Observation Seen, Observation Twin)[] begun = [.. Pairs(run).Where(pair => pair.Seen is Seen<Operation.EssaBegin>)];
            return run.Observations.OfType<EssaEndCall>().Select(end =>
            {
                EssaCall? whole = (EssaCall?)begun.LastOrDefault(pair => pair.Seen.Index < end.Index).Twin;
                ProgramInterruption interruption = whole?.Interruption ?? ProgramInterruption.None;
                return new Finding(end, end.Interruption == interruption && end.R1 == (whole?.R1 ?? 0));
            });
        });

    [ClauseProperty("ESSA-STEPS-2", AtLeast = 5000, Traces = typeof(LooseStepsTraces))]
    public Property The_end_changes_nothing(Trace trace) => ForAll<EssaEndCall>(
        trace,
        when: _ => true,
        must: end => end.ChangesNothing);

    private IEnumerable<(Observation Seen, Observation Twin)> Pairs(Run run)
    {
        Step[] whole = [.. run.Trace.Steps
            .Where(step => step.Operation is not Operation.EssaEnd)
            .Select(step => step.Operation is Operation.EssaBegin begin ? new Step(new Operation.Essa(begin.Gfn, begin.Orc)) : step)];
        Run twin = Recorder.Run(run.Trace with { Steps = whole }, NewMachine);
        return run.Observations.Where(seen => seen is not EssaEndCall).Zip(twin.Observations);
    }

    private static (int Result, ProgramInterruption Interruption, ulong R1, KvmS390CmmaLog Log) Answers(Observation seen) =>
        (seen.Result, seen.Interruption, (seen as EssaCall)?.R1 ?? 0, (seen as GetCall)?.User.Got ?? default);
}
