// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class EvictProperties : MachineProperties
{
    [ClauseProperty("EVICT-CHECK-1", AtLeast = 200)]
    public Property A_page_that_does_not_exist_is_an_addressing_exception(Trace trace) => ForAll<Seen<Operation.Evict>>(
        trace,
        when: seen => !seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.Interruption == ProgramInterruption.Addressing && seen.ChangesNothing);

    [ClauseProperty("EVICT-1", AtLeast = 500)]
    public Property The_page_becomes_preserved_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.Evict>>(
        trace,
        when: seen => seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.SucceedsWith(seen.Before.WithPage(
            seen.Operation.Gfn, seen.Before.Memory[seen.Operation.Gfn] with { Content = PageContent.Preserved })));

    [ClauseProperty("EVICT-1", AtLeast = 5)]
    public Property A_discarded_page_becomes_preserved_too(Trace trace) => ForAll<Seen<Operation.Evict>>(
        trace,
        when: seen => seen.Before.Memory[seen.Operation.Gfn].Content == PageContent.LogicallyZero,
        must: seen => seen.After.Memory[seen.Operation.Gfn].Content == PageContent.Preserved);
}
