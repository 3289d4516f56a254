using Cmma.Abi;

namespace Cmma.Kernels;

/// <summary>Linux 4.13, as first merged (190df4a212a7, 4036e3874a1c), as it differs from 4.18.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux413(bool hostHasCmma) : Linux418(hostHasCmma)
{
    /// <summary>Fact "value byte", fact "mask": there is no no-DAT (1bab1c02aff7 came with 4.14).</summary>
    protected override byte SetBits(byte old, byte value, byte selected) => base.SetBits(old, value, (byte)(selected & PageAttributes.UsageMask));

    /// <summary>Fact "Intercept order": nor the request that sets it.</summary>
    protected override ulong MaxOrc => 6;

    /// <summary>Known bug B2: the end of the lowest slot (32aa144fc32a came with 4.15).</summary>
    protected override ulong BitmapPagesAtStart => SlotsByBase()[0].EndGfn;

    /// <summary>Known bug B3: a page beyond the bitmap is marked behind it (c2cf265d8608 came with 4.15).</summary>
    protected override void Mark(ulong gfn)
    {
        if (BitmapPages == 0)
        {
            throw new HostCrashException("ESSA marks a page in a bitmap that is not there");
        }

        if (!Dirty[gfn])
        {
            Dirty[gfn] = true;
            Counter++;
        }
    }
}
