// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Traces;

namespace Cmma.Judging;

/// <summary>Something that can be checked. The expected values are never shown to it.</summary>
public interface IImplementation : IDisposable
{
    /// <summary>The name that the user gave.</summary>
    string Name { get; }

    /// <summary>What it can do, see <see cref="Capability"/>.</summary>
    IReadOnlyList<Capability> Capabilities { get; }

    /// <summary>What it calls itself, with its version; null if it does not say.</summary>
    string? Tested => null;

    /// <summary>Whether nothing but its own word says that memory was written which may not be: it does not show the caller's memory.</summary>
    bool ReportsBreachesItself => false;

    /// <summary>A new VM.</summary>
    IRun NewVm(bool hostHasCmma);

    /// <summary>Does the operations of each question on a new VM; answers in the order of the questions. Never throws.</summary>
    IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) => [.. questions.Select(AskOne)];

    /// <summary>Starts over, in a new process where there is one, to show whether one run leaks state into the next.</summary>
    void Restart()
    {
    }

#pragma warning disable CA1816 // nothing to dispose by default, so nothing to suppress
    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
    }
#pragma warning restore CA1816

    private Answer AskOne(Question question)
    {
        List<Outcome> outcomes = [];
        bool hasVm = false;
        try
        {
            using IRun vm = NewVm(question.HostHasCmma);
            hasVm = true;
            foreach (Operation operation in question.Operations)
            {
                outcomes.Add(vm.Do(operation));
                if (outcomes[^1].EndsRun)
                {
                    break; // what it does after that means nothing
                }
            }

            return new Answer(outcomes, outcomes.Count < question.Operations.Count ? "breaks off" : null);
        }
#pragma warning disable CA1031 // whatever it throws is its verdict
        catch (Exception e)
#pragma warning restore CA1031
        {
            string reason = e.Message.ReplaceLineEndings(" ");
            return new Answer(outcomes, hasVm ? $"throws {e.GetType().Name}: {reason}" : $"makes no VM: {reason}") { Located = true };
        }
    }
}

/// <summary>One VM of an implementation.</summary>
public interface IRun : IDisposable
{
    /// <summary>Does an operation and reports what came back; never throws.</summary>
    Outcome Do(Operation operation);

    /// <summary>The whole state, where the implementation shows it: for comparison by `cmma fuzz`, not for verdicts.</summary>
    IMachineState? State => null;

#pragma warning disable CA1816 // nothing to dispose by default, so nothing to suppress
    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
    }
#pragma warning restore CA1816
}

/// <summary>What came back from one run.</summary>
/// <param name="Outcomes">One for each operation, or fewer and a failure.</param>
/// <param name="Failure">Why there are no more, in one line; null if there is one for each operation.</param>
public sealed record Answer(IReadOnlyList<Outcome> Outcomes, string? Failure = null)
{
    /// <summary>Whether the failure is known to be of the operation after the last outcome, and not just of the run.</summary>
    public bool Located { get; init; }

    /// <summary>
    /// Where the failure is that the implementation does not speak the protocol: lines that say what was asked, what came, and what is probably
    /// missing. None otherwise.
    /// </summary>
    public IReadOnlyList<string> Misunderstanding { get; init; } = [];

    /// <summary>Whether the failure does not come when a new process is asked this run alone.</summary>
    public bool NeedsTheRunsBefore { get; init; }

    /// <summary>Whether the run was never asked where the answers come from, so that nothing is known of it.</summary>
    public bool NeverAsked { get; init; }
}
