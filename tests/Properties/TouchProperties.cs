using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class TouchProperties : MachineProperties
{
    [Fact]
    [Clause("TOUCH-CHECK-1")]
    public void A_page_that_does_not_exist_is_an_addressing_exception() => Always<Seen<Operation.Touch>>(
        when: seen => !seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.Interruption == ProgramInterruption.Addressing && seen.ChangesNothing,
        atLeast: 100);

    [Fact]
    [Clause("TOUCH-1")]
    public void The_page_becomes_resident_and_nothing_else_changes() => Always<Seen<Operation.Touch>>(
        when: seen => seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.SucceedsWith(seen.Before.WithPage(
            seen.Operation.Gfn, seen.Before.Memory[seen.Operation.Gfn] with { Content = PageContent.Resident })),
        atLeast: 300);

    [Fact]
    [Clause("TOUCH-1")]
    public void A_page_that_was_paged_out_or_discarded_comes_back() => Always<Seen<Operation.Touch>>(
        when: seen => seen.Before.Memory[seen.Operation.Gfn].Content != PageContent.Resident,
        must: seen => seen.After.Memory[seen.Operation.Gfn].Content == PageContent.Resident,
        atLeast: 10);
}
