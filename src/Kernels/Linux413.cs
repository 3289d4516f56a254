// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 4.13, as first merged (190df4a212a7, 4036e3874a1c), as it differs from 4.18.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux413(bool hostHasCmma) : Linux418(hostHasCmma)
{
    /// <summary>Known bug B2.</summary>
    protected override bool BitmapEndsWithLowestSlot => Has("B2");

    /// <summary>Known bug B3.</summary>
    protected override bool MarksBeyondBitmap => Has("B3");

    /// <summary>Known bug B4.</summary>
    protected override bool EssaKeepsBitmap => Has("B4");

    /// <summary>Fact "Intercept order": no request sets no-DAT (1bab1c02aff7 came with 4.14).</summary>
    protected override ulong MaxOrc => Has("B5") ? 6 : base.MaxOrc;

    /// <summary>Known bug B5, facts "value byte" and "mask": nor does SET.</summary>
    protected override byte SetBits(byte old, byte value, byte selected) =>
        base.SetBits(old, value, Has("B5") ? (byte)(selected & PageAttributes.UsageMask) : selected);
}
