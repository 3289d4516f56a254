// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>A stream that a target has taken as QEMU does.</summary>
/// <param name="Steps">Every operation.</param>
/// <param name="Different">The pages that do not have what the stream says.</param>
public sealed record StreamLoad(IReadOnlyList<MigrationStep> Steps, IReadOnlyList<PageLoss> Different)
{
    /// <summary>Gives a stream to a new VM with one slot from page 0 on.</summary>
    /// <param name="passes">As read.</param>
    /// <param name="target">The target.</param>
    /// <param name="memoryPages">The pages of the slot.</param>
    /// <exception cref="CouldNotRunException">The target cannot be made, or breaks down.</exception>
    public static StreamLoad Of(IReadOnlyList<IReadOnlyList<Block>> passes, IImplementation target, ulong memoryPages)
    {
        ArgumentNullException.ThrowIfNull(passes);
        ArgumentNullException.ThrowIfNull(target);
        Block[] blocks = [.. passes.SelectMany(pass => pass)];
        Incoming incoming = TargetRun.Of(target, [new Memslot(0, 0, memoryPages, DirtyLog: true)], blocks, ConsumerLoop.Qemu);
        if (incoming.Broken is { } broken)
        {
            throw new CouldNotRunException($"{target.Name}: {broken.Reason}");
        }

        byte[] said = new byte[memoryPages];
        foreach (Block block in blocks)
        {
            block.Values.Span.CopyTo(said.AsSpan((int)block.FirstGfn));
        }

        List<PageLoss> different = [];
        for (int page = 0; page < said.Length; page++)
        {
            byte value = (byte)(said[page] & PageAttributes.All);
            byte atTarget = incoming.Slots[0].Pages[page].Attributes;
            if (value != atTarget)
            {
                different.Add(new PageLoss(LossKind.Lost, (ulong)page, value, atTarget));
            }
        }

        return new StreamLoad(incoming.Steps, different);
    }
}
