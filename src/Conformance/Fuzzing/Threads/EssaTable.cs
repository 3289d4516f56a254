using Cmma.Abi;
using Cmma.Reference;

namespace Cmma.Conformance.Fuzzing.Threads;

/// <summary>What ESSA makes of the attributes of a resident page, asked of the reference once for each case.</summary>
public static class EssaTable
{
    private static readonly byte[,] Table = AskTheReference();

    /// <summary>Attributes after ESSA with this code, 0 to 7.</summary>
    public static byte After(byte attributes, uint orc) => Table[attributes, orc];

    /// <summary>What r1 shows of a resident page (ESSA-R1).</summary>
    public static ulong R1(byte attributes) =>
        ((uint)(attributes & PageAttributes.UsageMask) << 2) | ((uint)(attributes & PageAttributes.NoDat) >> 1);

    private static byte[,] AskTheReference()
    {
        byte[,] table = new byte[PageAttributes.All + 1, Limits.MaxOrc + 1];
        Caller caller = new(bufferBytes: 1);
        ReferenceMachine machine = new();
        machine.CreateSlot(0, 0, 1, dirtyLog: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        for (int attributes = 0; attributes <= PageAttributes.All; attributes++)
        {
            for (uint orc = 0; orc <= Limits.MaxOrc; orc++)
            {
                caller.Values[0] = (byte)attributes;
                caller.Set(machine, 0, 1, ulong.MaxValue);
                machine.Essa(0, orc);
                table[attributes, orc] = machine.Page(0).Attributes;
            }
        }

        return table;
    }
}
