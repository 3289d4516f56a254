// SPDX-License-Identifier: MIT
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Migrating;

/// <summary>
/// What happens at the source of a migration besides the consumer's calls: a trace in which three operations are the consumer's. start_migration
/// begins a migration, migration_status is one pass while the guest runs, stop_migration gives the migration up. At the end of the script the guest
/// is stopped, and the final pass is done. All else is what the guest does, or whoever manages the VM: clear_cmma is a reset of the guest.
/// </summary>
public static class Script
{
    /// <summary>The most pages of all slots that a script creates: each is held and compared, at the source and at the target.</summary>
    public const ulong MostPages = 1 << 24;

    /// <summary>Why a trace is no script, or null.</summary>
    public static string? Malformed(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ulong pages = 0;
        foreach (Step step in trace.Steps)
        {
            if (step.Operation is Operation.Get or Operation.EssaBegin or Operation.EssaEnd)
            {
                return $"line {step.Line}: a migration's script has no {OperationForm.Of(step.Operation)}: GET and PEEK are the consumer's, and each ESSA is in one step";
            }

            pages += step.Operation is Operation.CreateSlot create ? Math.Min(create.Pages, MostPages + 1) : 0; // no sum that wraps round
            if (pages > MostPages)
            {
                return $"line {step.Line}: a migration's slots have at most {TraceWriter.Hex(MostPages)} pages in all";
            }
        }

        return trace.HostHasCmma ? VectorLint.Malformed(trace) : "a migration needs a host with CMMA";
    }
}
