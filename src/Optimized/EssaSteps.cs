// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    // what the ESSA that was begun last answers
    private BegunEssa? begun;

    /// <summary>The guest begins an ESSA. One at a time: a trace that begins another before its end is malformed (ESSA-STEPS-2).</summary>
    public void EssaBegin(ulong gfn, uint orc)
    {
        ProgramInterruption interruption = Essa(gfn, orc, out byte r1); // ESSA-STEPS-1
        Volatile.Write(ref begun, new BegunEssa(interruption, r1));
    }

    /// <summary>The end of the ESSA that was begun.</summary>
    public ProgramInterruption EssaEnd(out byte r1)
    {
        BegunEssa? ended = Volatile.Read(ref begun);
        r1 = ended?.R1 ?? 0; // ESSA-STEPS-2, also where none was begun
        return ended?.Interruption ?? ProgramInterruption.None;
    }

    // One object, so that no thread sees half of an answer.
    private sealed record BegunEssa(ProgramInterruption Interruption, byte R1);
}
