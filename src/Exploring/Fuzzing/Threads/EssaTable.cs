// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Exploring.Fuzzing.Threads;

/// <summary>What ESSA makes of the attributes of a resident page, asked of the contract once for each case.</summary>
public sealed class EssaTable
{
    private readonly byte[,] table = new byte[PageAttributes.All + 1, Limits.MaxOrc + 1];

    /// <summary>Asks it.</summary>
    /// <param name="contract">What keeps the contract and shows its state.</param>
    public EssaTable(IImplementation contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        using IRun machine = contract.NewVm(hostHasCmma: true);
        machine.Do(new Operation.CreateSlot(0, 0, 1, DirtyLog: true));
        machine.Do(new Operation.EnableCmma());
        machine.Do(new Operation.CreateVcpu());
        for (int attributes = 0; attributes <= PageAttributes.All; attributes++)
        {
            for (uint orc = 0; orc <= Limits.MaxOrc; orc++)
            {
                machine.Do(new Operation.Set(0, 1, 0, ulong.MaxValue, ByteRuns.Of([(byte)attributes])));
                machine.Do(new Operation.Essa(0, orc));
                table[attributes, orc] = machine.State!.Page(0).Attributes;
            }
        }
    }

    /// <summary>Attributes after ESSA with this code, 0 to 7.</summary>
    public byte After(byte attributes, uint orc) => table[attributes, orc];

    /// <summary>What r1 shows of a resident page (ESSA-R1).</summary>
    public static ulong R1(byte attributes) =>
        ((uint)(attributes & PageAttributes.UsageMask) << 2) | ((uint)(attributes & PageAttributes.NoDat) >> 1);
}
