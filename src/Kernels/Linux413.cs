using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 4.13, as first merged (190df4a212a7, 4036e3874a1c), as it differs from 4.18.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux413(bool hostHasCmma) : Linux418(hostHasCmma)
{
    /// <summary>Known bug B2.</summary>
    protected override bool BitmapEndsWithLowestSlot => true;

    /// <summary>Known bug B3.</summary>
    protected override bool MarksBeyondBitmap => true;

    /// <summary>Known bug B4.</summary>
    protected override bool EssaKeepsBitmap => true;

    /// <summary>Fact "Intercept order": no request sets no-DAT (1bab1c02aff7 came with 4.14).</summary>
    protected override ulong MaxOrc => 6;

    /// <summary>Known bug B5, facts "value byte" and "mask": nor does SET.</summary>
    protected override byte SetBits(byte old, byte value, byte selected) =>
        base.SetBits(old, value, (byte)(selected & PageAttributes.UsageMask));
}
