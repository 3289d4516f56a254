// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;
using Cmma.Proofs.Traces;

namespace Cmma.Proofs.Steps;

/// <summary>Traces step by step. A step is asked in memory of up to 8 slots and 140 pages, where a solver answers soon.</summary>
internal static class StepTraces
{
    /// <summary>A step in more slots is not asked.</summary>
    public const int MostSlots = 8;

    /// <summary>A step in more pages is not asked.</summary>
    public const ulong MostPages = 140;

    /// <summary>The same trace with each ESSA on one page.</summary>
    public static Trace WithSinglePages(Trace trace) => trace with { Steps = [.. trace.Steps.SelectMany(SinglePages)] };

    /// <summary>Runs a trace on a machine, step by step.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="newMachine">Makes the machine; it shows its state.</param>
    public static IEnumerable<MachineStep> Run(Trace trace, Func<bool, IMachine> newMachine)
    {
        IMachine machine = newMachine(trace.HostHasCmma);
        try
        {
            ConcreteState before = ConcreteState.Of((IMachineState)machine);
            foreach (Step step in trace.Steps)
            {
                MachineStep done = MachineStep.Do(machine, before, step.Operation);
                before = done.After;
                yield return done;
            }
        }
        finally
        {
            (machine as IDisposable)?.Dispose();
        }
    }

    /// <summary>Neither state is too large to be asked.</summary>
    public static bool IsSmall(MachineStep step) => IsSmall(step.Before) && IsSmall(step.After);

    private static bool IsSmall(ConcreteState state) => state.Slots.Count <= MostSlots && (ulong)state.Pages.Count <= MostPages;

    private static IEnumerable<Step> SinglePages(Step step) => step.Operation is Operation.Essa { Pages: > 1 } essa
        ? Enumerable.Range(0, (int)essa.Pages).Select(page => new Step(essa with { Gfn = unchecked(essa.Gfn + (ulong)page), Pages = 1 }))
        : [step];
}
