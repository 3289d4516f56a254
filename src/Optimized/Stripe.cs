// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cmma.Optimized;

/// <summary>
/// The header of 4096 pages: the gate that guards them, and which of their 64 words of marks have any. Both in one cache line, since an ESSA
/// that marks a page needs both. It lies in the slot's memory; zeros are an open gate, no marks, attributes never written.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Stripe
{
    /// <summary>Pages of a stripe: a word of marks for each bit of <see cref="WordsWithMarks"/>.</summary>
    public const int Pages = Words.Bits * Words.Bits;

    private int gate; // 0 open, 1 taken
    private int attributesWritten;

    /// <summary>Bit w is set if and only if word w of this stripe's marks is not 0. To be changed behind the gate.</summary>
    public ulong WordsWithMarks;

    /// <summary>Whether an attribute may be other than 0. To be changed behind the gate.</summary>
    public bool AttributesWritten
    {
        readonly get => attributesWritten != 0;
        set => attributesWritten = value ? 1 : 0;
    }

    /// <summary>Waits for the gate and takes it. It is held for a few memory accesses, at most 4096 bytes of copying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        Steps.Reach(Step.GateIsTried);
        if (Interlocked.CompareExchange(ref gate, 1, 0) != 0)
        {
            Wait();
        }
    }

    /// <summary>Opens the gate; what was written behind it is seen by whoever takes it next.</summary>
    public void Leave()
    {
        Steps.Reach(Step.GateOpens);
        Volatile.Write(ref gate, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wait()
    {
        SpinWait wait = default;
        do
        {
            wait.SpinOnce(sleep1Threshold: -1); // never sleeps a millisecond: the holder is about to leave
            Steps.Reach(Step.GateIsTried);
        }
        while (Interlocked.CompareExchange(ref gate, 1, 0) != 0);
    }
}
