// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class TouchProperties : MachineProperties
{
    [ClauseProperty("TOUCH-CHECK-1", AtLeast = 100)]
    public Property A_page_that_does_not_exist_is_an_addressing_exception(Trace trace) => ForAll<Seen<Operation.Touch>>(
        trace,
        when: seen => !seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.Interruption == ProgramInterruption.Addressing && seen.ChangesNothing);

    [ClauseProperty("TOUCH-1", AtLeast = 300)]
    public Property The_page_becomes_resident_and_nothing_else_changes(Trace trace) => ForAll<Seen<Operation.Touch>>(
        trace,
        when: seen => seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.SucceedsWith(seen.Before.WithPage(
            seen.Operation.Gfn, seen.Before.Memory[seen.Operation.Gfn] with { Content = PageContent.Resident })));

    [ClauseProperty("TOUCH-1", AtLeast = 10)]
    public Property A_page_that_was_paged_out_or_discarded_comes_back(Trace trace) => ForAll<Seen<Operation.Touch>>(
        trace,
        when: seen => seen.Before.Memory[seen.Operation.Gfn].Content != PageContent.Resident,
        must: seen => seen.After.Memory[seen.Operation.Gfn].Content == PageContent.Resident);
}
