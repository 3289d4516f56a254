// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>What a slot is made with.</summary>
/// <param name="Id">The number that names it.</param>
/// <param name="BaseGfn">Its first page.</param>
/// <param name="Pages">How many pages, above 0.</param>
/// <param name="DirtyLog">Whether its dirty log is on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlotPlace(uint Id, ulong BaseGfn, ulong Pages, bool DirtyLog);

/// <summary>A memory slot with the state of its pages (STATE-2). Pages are counted from its base; every page given to a member is below <see cref="Pages"/>.</summary>
/// <param name="place">Where it lies.</param>
/// <param name="memory">Zeros, for as many pages.</param>
internal sealed unsafe class Slot(SlotPlace place, SlotMemory memory)
{
    private volatile bool dirtyLog = place.DirtyLog;

    /// <summary>The number that names it.</summary>
    public uint Id { get; } = place.Id;

    /// <summary>Its first page.</summary>
    public ulong BaseGfn { get; } = place.BaseGfn;

    /// <summary>How many pages, above 0.</summary>
    public ulong Pages { get; } = place.Pages;

    /// <summary>Whether its dirty log is on.</summary>
    public bool DirtyLog
    {
        get => dirtyLog;
        set => dirtyLog = value;
    }

    /// <summary>One past its last page.</summary>
    public ulong EndGfn => BaseGfn + Pages;

    /// <summary>Its memory.</summary>
    public SlotMemory Memory { get; } = memory;

    /// <summary>Its marks.</summary>
    public Marks Marks { get; } = new(memory, place.Pages);

    /// <summary>
    /// Takes the gate of a page's stripe. Every change of attributes and content is behind it: CONCURRENCY-3. Who takes it keeps the slot alive
    /// until it is open again.
    /// </summary>
    public void Enter(ulong page)
    {
        StripeOf(page)->Enter();
    }

    /// <summary>Opens it.</summary>
    public void Leave(ulong page)
    {
        StripeOf(page)->Leave();
    }

    /// <summary>ESSA behind the gate, but for the mark. The result is the state before, as r1 shows it (ESSA-R1).</summary>
    public byte ChangeState(ulong page, uint orc)
    {
        byte* attributes = Memory.Attributes + page;
        byte* contents = ContentsOf(page);
        byte before = PageStates.Pack(*attributes, Words.Content(*contents, page));
        byte after = PageStates.After(before, orc);
        if (after != before)
        {
            Steps.Reach(Step.EssaChanges);
            *attributes = PageStates.AttributesOf(after);
            *contents = Words.WithContent(*contents, page, PageStates.ContentOf(after));
            StripeOf(page)->AttributesWritten = true;
        }

        return before;
    }

    /// <summary>The page's content changes, by the host or by a touch.</summary>
    public void ChangeContent(ulong page, PageContent content)
    {
        Enter(page);
        byte* contents = ContentsOf(page);
        *contents = Words.WithContent(*contents, page, content);
        Leave(page);
        GC.KeepAlive(this);
    }

    /// <summary>All of a page, as it is at this moment if nobody changes it.</summary>
    public PageState StateOf(ulong page)
    {
        PageState state = new(Memory.Attributes[page], Words.Content(*ContentsOf(page), page), Marks.IsMarked(page));
        GC.KeepAlive(this);
        return state;
    }

    /// <summary>
    /// The attributes of pages, one byte each, without a copy: they change while the guest runs. The caller keeps the slot alive as long
    /// as it uses them.
    /// </summary>
    public ReadOnlySpan<byte> Attributes(ulong page, int length) => new(Memory.Attributes + page, length);

    /// <summary>SET of pages in a row, a stripe at a time. The caller keeps the slot alive.</summary>
    public void SetAttributes(ulong firstPage, ReadOnlySpan<byte> values, byte selected)
    {
        ulong page = firstPage;
        ReadOnlySpan<byte> left = values;
        while (left.Length > 0)
        {
            int length = (int)Math.Min((ulong)left.Length, Stripe.Pages - (page % Stripe.Pages));
            Enter(page);
            Steps.Reach(Step.SetStores);
            Values.Select(new Span<byte>(Memory.Attributes + page, length), left[..length], selected);
            StripeOf(page)->AttributesWritten = true;
            Leave(page);
            page += (ulong)length;
            left = left[length..];
        }
    }

    /// <summary>Makes all attributes 0. Stripes that were never written are left alone, so that they stay without real memory. The caller keeps the slot alive.</summary>
    public void ClearAttributes()
    {
        for (ulong page = 0; page < Pages; page += Stripe.Pages)
        {
            Stripe* stripe = StripeOf(page);
            stripe->Enter();
            if (stripe->AttributesWritten)
            {
                new Span<byte>(Memory.Attributes + page, (int)Math.Min(Stripe.Pages, Pages - page)).Clear();
                stripe->AttributesWritten = false;
            }

            stripe->Leave();
        }
    }

    private Stripe* StripeOf(ulong page) => Memory.Stripes + (page / Stripe.Pages);

    private byte* ContentsOf(ulong page) => Memory.Contents + (page / SlotMemory.PagesPerContentByte);
}
