using Cmma.Abi;
using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class EvictProperties : MachineProperties
{
    [Fact]
    [Clause("EVICT-CHECK-1")]
    public void A_page_that_does_not_exist_is_an_addressing_exception() => Always<Seen<Operation.Evict>>(
        when: seen => !seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.Interruption == ProgramInterruption.Addressing && seen.ChangesNothing,
        atLeast: 200);

    [Fact]
    [Clause("EVICT-1")]
    public void The_page_becomes_preserved_and_nothing_else_changes() => Always<Seen<Operation.Evict>>(
        when: seen => seen.Before.Memory.Exists(seen.Operation.Gfn),
        must: seen => seen.SucceedsWith(seen.Before.WithPage(
            seen.Operation.Gfn, seen.Before.Memory[seen.Operation.Gfn] with { Content = PageContent.Preserved })),
        atLeast: 500);

    [Fact]
    [Clause("EVICT-1")]
    public void A_discarded_page_becomes_preserved_too() => Always<Seen<Operation.Evict>>(
        when: seen => seen.Before.Memory[seen.Operation.Gfn].Content == PageContent.LogicallyZero,
        must: seen => seen.After.Memory[seen.Operation.Gfn].Content == PageContent.Preserved,
        atLeast: 5);
}
