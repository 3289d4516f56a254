// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    // what the ESSA that was begun last answers
    private protected ProgramInterruption begunInterruption = ProgramInterruption.None;
    private protected Octet begunR1 = 0;

    /// <summary>The guest begins an ESSA. One at a time: a trace that begins another before its end is malformed (ESSA-STEPS-2).</summary>
    public virtual void EssaBegin(Word gfn, Word orc) => begunInterruption = Essa(gfn, orc, out begunR1); // ESSA-STEPS-1

    /// <summary>The end of the ESSA that was begun.</summary>
    public virtual ProgramInterruption EssaEnd(out Octet r1)
    {
        r1 = begunR1; // ESSA-STEPS-2
        return begunInterruption;
    }
}
