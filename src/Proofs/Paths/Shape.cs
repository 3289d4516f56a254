using System.Collections.Generic;
using System.Linq;

namespace Cmma.Proofs.Paths;

/// <summary>How two slots lie in memory. Together these are all the ways.</summary>
public enum Layout
{
    /// <summary>The second begins where the first ends.</summary>
    SecondFollowsFirst,

    /// <summary>The first begins where the second ends.</summary>
    FirstFollowsSecond,

    /// <summary>The second lies above, after a hole of one page or more.</summary>
    SecondAboveHole,

    /// <summary>The first lies above, after a hole of one page or more.</summary>
    FirstAboveHole,
}

/// <summary>How many slots of how many pages a memory has. Where it begins, and how large a hole is, stays open.</summary>
/// <param name="SlotPages">Pages of each slot, in the order of their creation.</param>
/// <param name="Layout">How two slots lie; says nothing where there are fewer.</param>
/// <param name="MostDirty">At most so many pages are dirty, or any number.</param>
/// <param name="GapPages">The gap that closes a block; 0 for any from 1 to 4.</param>
public sealed record Shape(IReadOnlyList<int> SlotPages, Layout Layout, int? MostDirty = null, int GapPages = 0)
{
    private const int ScopePages = 6;

    /// <summary>No memory.</summary>
    public static Shape Empty { get; } = new([], Layout.SecondFollowsFirst);

    /// <summary>One slot.</summary>
    public static Shape OneSlot { get; } = new([ScopePages], Layout.SecondFollowsFirst);

    /// <summary>One slot, and the real gap, which it cannot hold: so that a counterexample is one of the real machine too.</summary>
    public static Shape OneSlotWithRealGap { get; } = OneSlot with { GapPages = Abi.Limits.GapPages };

    /// <summary>Six pages in one slot or two, in each way that there is; and no memory.</summary>
    public static IReadOnlyList<Shape> Small { get; } = [Empty, OneSlot, .. Pairs()];

    /// <summary>Twenty pages in one slot, up to three of them dirty, with the real gap.</summary>
    public static Shape TwentyPages { get; } = new([20], Layout.SecondFollowsFirst, MostDirty: 3, GapPages: Abi.Limits.GapPages);

    /// <inheritdoc/>
    public override string ToString() => SlotPages.Count switch
    {
        0 => "no slots",
        1 => $"{SlotPages[0]} pages",
        _ => $"{SlotPages[0]} and {SlotPages[1]} pages, {Layout}",
    };

    private static IEnumerable<Shape> Pairs() =>
        from first in Enumerable.Range(1, ScopePages - 1)
        from layout in new[] { Layout.SecondFollowsFirst, Layout.FirstFollowsSecond, Layout.SecondAboveHole, Layout.FirstAboveHole }
        select new Shape([first, ScopePages - first], layout);
}
