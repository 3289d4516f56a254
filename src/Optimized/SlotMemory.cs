// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Cmma.Optimized;

/// <summary>
/// The memory of a slot's pages, in one piece from the operating system, which gives real memory only to what is written: a byte of
/// attributes, two bits of content and one mark for each page, and the stripes' headers. All zeros at first: stable, resident, clean.
/// <para>
/// It is freed when nobody can reach it any more, so a call that still works on a removed slot is safe (CONCURRENCY-6). A pointer into it keeps nobody from
/// that: an operation that works on a slot ends with <see cref="GC.KeepAlive"/> of the slot or of the table that holds it.
/// </para>
/// </summary>
internal sealed unsafe class SlotMemory : SafeHandle
{
    private const nuint Alignment = 64; // the widest vector, and a cache line
    
    /// <summary>Two bits each.</summary>
    public const int PagesPerContentByte = 4;


    private readonly nuint bytes;
    private bool abandoned;

    /// <summary>Memory for so many pages.</summary>
    /// <exception cref="OutOfMemoryException">The host has no such memory.</exception>
    public SlotMemory(ulong pages)
        : base(nint.Zero, ownsHandle: true)
    {
        nuint stripes = (nuint)((pages + Stripe.Pages - 1) / Stripe.Pages);
        nuint attributeBytes = Aligned((nuint)pages);
        nuint contentBytes = Aligned(((nuint)pages + PagesPerContentByte - 1) / PagesPerContentByte);
        nuint markBytes = stripes * Words.Bits * sizeof(ulong);
        bytes = attributeBytes + contentBytes + markBytes + (stripes * (nuint)sizeof(Stripe)) + Alignment;
        handle = (nint)NativeMemory.AllocZeroed(bytes);

        Attributes = (byte*)Aligned((nuint)handle);
        Contents = Attributes + attributeBytes;
        Marks = (ulong*)(Contents + contentBytes);
        Stripes = (Stripe*)((byte*)Marks + markBytes);
        StripeCount = (int)stripes;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == nint.Zero;

    /// <summary>A byte a page.</summary>
    public byte* Attributes { get; }

    /// <summary>A byte for four pages.</summary>
    public byte* Contents { get; }

    /// <summary>A bit a page; whole stripes of words, zero past the last page.</summary>
    public ulong* Marks { get; }

    /// <summary>A header for each 4096 pages.</summary>
    public Stripe* Stripes { get; }

    /// <summary>How many stripes there are, the last one perhaps in part.</summary>
    public int StripeCount { get; }

    /// <summary>The slot was removed. Tells the garbage collector how much waits for it.</summary>
    public void Abandon()
    {
        abandoned = true;
        GC.AddMemoryPressure((long)bytes);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Steps.Reach(Step.MemoryIsFreed);
        NativeMemory.Free((void*)handle);
        if (abandoned)
        {
            GC.RemoveMemoryPressure((long)bytes);
        }

        return true;
    }

    private static nuint Aligned(nuint value) => (value + Alignment - 1) / Alignment * Alignment;
}
