// SPDX-License-Identifier: MIT
namespace Cmma.Reference;

/// <summary>A value for every gfn; the default until one is assigned.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class PageMap<T>
    where T : struct
{
    private const int BlockPages = 256;

    // Loops go from page to page, so the block of the last look is at hand.
    private readonly Dictionary<ulong, T[]> blocks = [];
    private T[]? last;
    private ulong lastNumber = ulong.MaxValue; // of no block

    /// <summary>The value of a page.</summary>
    public T this[ulong gfn]
    {
        get => Block(gfn / BlockPages) is { } block ? block[gfn % BlockPages] : default; // not covered: no operation reads a page that no slot holds
        set
        {
            T[]? block = Block(gfn / BlockPages);
            if (block == null)
            {
                block = new T[BlockPages];
                blocks.Add(gfn / BlockPages, block);
                last = block;
            }

            block[gfn % BlockPages] = value;
        }
    }

    private T[]? Block(ulong number)
    {
        if (lastNumber != number)
        {
            lastNumber = number;
            last = blocks.GetValueOrDefault(number);
        }

        return last;
    }
}
