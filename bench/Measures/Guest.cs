// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;

namespace Cmma.Measures;

/// <summary>VMs of the optimized machine in the state that a figure begins with.</summary>
public static class Guest
{
    /// <summary>Bytes of the largest buffer.</summary>
    public const int BufferBytes = (int)Limits.MaxCount;

    /// <summary>One slot at gfn 0 whose attributes have real memory; CMMA in use; not migrating.</summary>
    public static OptimizedMachine Of(int pages)
    {
        OptimizedMachine machine = new();
        machine.CreateSlot(0, 0, (ulong)pages, dirtyLog: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        Client client = new(Math.Min(pages, BufferBytes));
        client.Values.Fill(PageAttributes.All);
        for (int page = 0; page < pages; page += client.Values.Length)
        {
            client.Call(machine.Set, (ulong)page, mask: ulong.MaxValue);
        }

        return machine;
    }

    /// <summary>Marks every page whose number is a multiple of <paramref name="distance"/>.</summary>
    public static void Mark(OptimizedMachine machine, int pages, int distance)
    {
        ArgumentNullException.ThrowIfNull(machine);
        for (int page = 0; page < pages; page += distance)
        {
            machine.Essa((ulong)page, 1);
        }
    }

    /// <summary>GET after GET until nothing is dirty.</summary>
    public static void Drain(Client client, Client.Ioctl get)
    {
        ArgumentNullException.ThrowIfNull(client);
        ulong next = 0;
        KvmS390CmmaLog answer;
        do
        {
            answer = client.Call(get, next);
            next = answer.StartGfn + answer.Count;
        }
        while (answer.RemainingOrMask != 0);
    }
}
