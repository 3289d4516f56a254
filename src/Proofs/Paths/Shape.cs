// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Paths;

/// <summary>How slots lie in memory. Of two, the first four together are all the ways; the last is all of them at once.</summary>
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

    /// <summary>In the order that the shape names, with a hole of any width between two, or none.</summary>
    InOrder,
}

/// <summary>How many slots of how many pages a memory has. Where it begins, and how large a hole is, stays open.</summary>
/// <param name="SlotPages">Pages of each slot, in the order of their creation.</param>
/// <param name="Layout">How the slots lie; says nothing where there is no more than one.</param>
/// <param name="MostDirty">At most this many pages are dirty, or any number.</param>
/// <param name="HasRealGap">The gap is the machine's own. Otherwise GET's is replaced by any from 1 to 4, here and in the model.</param>
public sealed record Shape(IReadOnlyList<int> SlotPages, Layout Layout, int? MostDirty = null, bool HasRealGap = false)
{
    private const int ScopePages = 6;
    private const int MostSlots = 4;

    /// <summary>No memory.</summary>
    public static Shape Empty { get; } = new([], Layout.SecondFollowsFirst);

    /// <summary>One slot.</summary>
    public static Shape OneSlot { get; } = new([ScopePages], Layout.SecondFollowsFirst);

    /// <summary>One slot, and the real gap, which it cannot hold: so that a counterexample is one of the real machine too.</summary>
    public static Shape OneSlotWithRealGap { get; } = OneSlot with { HasRealGap = true };

    /// <summary>Six pages in one slot or two, in each way that there is; and no memory.</summary>
    public static IReadOnlyList<Shape> Small { get; } = [Empty, OneSlot, .. Pairs()];

    /// <summary>Three and four slots of one page each, in every order of creation, with holes of any width.</summary>
    public static IReadOnlyList<Shape> ManySlots { get; } =
    [
        .. from slots in Enumerable.Range(3, MostSlots - 2)
           from order in Orders([.. Enumerable.Range(0, slots)])
           select new Shape([.. Enumerable.Repeat(1, slots)], Layout.InOrder) { Order = order },
    ];

    /// <summary>Twenty pages in one slot, up to three of them dirty, with the real gap.</summary>
    public static Shape TwentyPages { get; } = new([20], Layout.SecondFollowsFirst, MostDirty: 3, HasRealGap: true);

    /// <summary>The same in two slots of ten, up to two of them dirty.</summary>
    public static Shape TwoOfTenPages { get; } = new([10, 10], Layout.SecondFollowsFirst, MostDirty: 2, HasRealGap: true);

    /// <summary>The slots from the lowest up, by their place in the order of creation.</summary>
    public IReadOnlyList<int> Order { get; init; } =
        Layout is Layout.FirstFollowsSecond or Layout.FirstAboveHole
            ? [.. Enumerable.Range(0, SlotPages.Count).Reverse()]
            : [.. Enumerable.Range(0, SlotPages.Count)];

    /// <inheritdoc/>
    public override string ToString() => SlotPages.Count switch
    {
        0 => "no slots",
        1 => $"{SlotPages[0]} pages",
        _ when Layout == Layout.InOrder => $"{SlotPages.Count} slots, from the lowest up {string.Join(", ", Order.Select(slot => slot + 1))}",
        _ => $"{SlotPages[0]} and {SlotPages[1]} pages, {Layout}",
    };

    private static IEnumerable<Shape> Pairs() =>
        from first in Enumerable.Range(1, ScopePages - 1)
        from layout in new[] { Layout.SecondFollowsFirst, Layout.FirstFollowsSecond, Layout.SecondAboveHole, Layout.FirstAboveHole }
        select new Shape([first, ScopePages - first], layout);

    private static IEnumerable<int[]> Orders(int[] slots) => slots.Length == 0
        ? [[]]
        : slots.SelectMany(first => Orders([.. slots.Where(slot => slot != first)]).Select(rest => (int[])[first, .. rest]));
}
