// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cmma.Abi;

namespace Cmma.Optimized;

/// <summary>Value bytes in bulk. Where the processor has no vectors that wide, the runtime takes narrower ones.</summary>
internal static class Values
{
    /// <summary>Each page takes the selected bits of its value and keeps the others (SET-MASK-1). Both have the same length; selected lies in 0x43.</summary>
    public static void Select(Span<byte> pages, ReadOnlySpan<byte> values, byte selected)
    {
        if (selected == 0)
        {
            return; // nothing changes, and pages never written stay without real memory
        }

        int done = selected == PageAttributes.All ? CopyVectors(pages, values) : SelectVectors(pages, values, selected);
        for (; done <= pages.Length - Words.Bytes; done += Words.Bytes)
        {
            ulong old = MemoryMarshal.Read<ulong>(pages[done..]);
            ulong value = MemoryMarshal.Read<ulong>(values[done..]);
            MemoryMarshal.Write(pages[done..], Words.Select(old, value, selected));
        }

        for (; done < pages.Length; done++)
        {
            pages[done] = (byte)Words.Select(pages[done], values[done], selected);
        }
    }

    // All bits that attributes have: the old value does not matter.
    private static int CopyVectors(Span<byte> pages, ReadOnlySpan<byte> values)
    {
        ref byte target = ref MemoryMarshal.GetReference(pages);
        ref byte source = ref MemoryMarshal.GetReference(values);
        Vector512<byte> all = Vector512.Create(PageAttributes.All);
        int done = 0;
        for (; done <= pages.Length - Vector512<byte>.Count; done += Vector512<byte>.Count)
        {
            Vector512<byte> value = Vector512.LoadUnsafe(ref source, (nuint)done);
            (value & all).StoreUnsafe(ref target, (nuint)done);
        }

        return done;
    }

    private static int SelectVectors(Span<byte> pages, ReadOnlySpan<byte> values, byte selected)
    {
        ref byte target = ref MemoryMarshal.GetReference(pages);
        ref byte source = ref MemoryMarshal.GetReference(values);
        Vector512<byte> mask = Vector512.Create(selected);
        int done = 0;
        for (; done <= pages.Length - Vector512<byte>.Count; done += Vector512<byte>.Count)
        {
            Vector512<byte> old = Vector512.LoadUnsafe(ref target, (nuint)done);
            Vector512<byte> value = Vector512.LoadUnsafe(ref source, (nuint)done);
            Vector512.ConditionalSelect(mask, value, old).StoreUnsafe(ref target, (nuint)done);
        }

        return done;
    }
}
