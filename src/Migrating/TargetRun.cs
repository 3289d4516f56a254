// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>What the target's side of a migration did and has.</summary>
/// <param name="Steps">Every operation.</param>
/// <param name="Slots">The target at the end, by ascending base.</param>
/// <param name="Broken">Why it did not come to its end, or null.</param>
public sealed record Incoming(IReadOnlyList<MigrationStep> Steps, IReadOnlyList<SlotPages> Slots, Broken? Broken);

/// <summary>The target's side of a migration: a new VM with the slots of the source, and a consumer that sets what was sent. Used once.</summary>
internal sealed class TargetRun
{
    private readonly IRun vm;
    private readonly List<MigrationStep> steps = [];
    private Broken? broken;

    private TargetRun(IRun vm) => this.vm = vm;

    /// <summary>Sets blocks at a new VM of the target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="slots">Its slots, by ascending base.</param>
    /// <param name="blocks">What was sent, in order.</param>
    /// <param name="loop">Who sets it.</param>
    public static Incoming Of(IImplementation target, IReadOnlyList<Memslot> slots, IEnumerable<Block> blocks, ConsumerLoop loop)
    {
        using IRun made = target.NewVm(hostHasCmma: true);
        TargetRun run = new(made);
        run.Begin(slots);
        if (loop == ConsumerLoop.Qemu)
        {
            run.SetBuffer(slots, blocks);
        }
        else
        {
            run.SetBlocks(blocks);
        }

        return new Incoming(run.steps, run.broken == null ? PagesOf.All(made, slots) : [], run.broken);
    }

    private void Begin(IReadOnlyList<Memslot> slots)
    {
        foreach (Memslot slot in slots)
        {
            Require(Do(new Operation.CreateSlot(slot.Id, slot.BaseGfn, slot.Pages, slot.DirtyLog)));
        }

        Require(Do(new Operation.EnableCmma()));
    }

    // One buffer of zeros, the last block wins; then region by region. After an error the regions behind it are left out, and nobody is told.
    private void SetBuffer(IReadOnlyList<Memslot> slots, IEnumerable<Block> blocks)
    {
        byte[][] buffers = [.. slots.Select(slot => new byte[slot.Pages])];
        foreach (Block block in blocks)
        {
            for (int index = 0; index < buffers.Length; index++)
            {
                Copy(block, slots[index], buffers[index]);
            }
        }

        for (int index = 0; index < buffers.Length && broken == null; index++)
        {
            for (ulong page = 0; page < slots[index].Pages; page += SourceRun.BufferPages)
            {
                int length = (int)Math.Min(slots[index].Pages - page, SourceRun.BufferPages);
                if (IsError(Set(slots[index].BaseGfn + page, buffers[index].AsSpan((int)page, length))))
                {
                    return;
                }
            }
        }
    }

    private static void Copy(Block block, Memslot slot, byte[] buffer)
    {
        ulong first = Math.Max(block.FirstGfn, slot.BaseGfn);
        ulong end = Math.Min(block.FirstGfn + (ulong)block.Values.Length, slot.BaseGfn + slot.Pages);
        if (first < end)
        {
            block.Values.Span.Slice((int)(first - block.FirstGfn), (int)(end - first)).CopyTo(buffer.AsSpan((int)(first - slot.BaseGfn)));
        }
    }

    private void SetBlocks(IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks.TakeWhile(_ => broken == null))
        {
            Set(block.FirstGfn, block.Values.Span);
        }
    }

    private Outcome Set(ulong gfn, ReadOnlySpan<byte> values) =>
        Do(new Operation.Set(gfn, (uint)values.Length, Flags: 0, Mask: ulong.MaxValue, ByteRuns.Of(values)));

    // Of the ioctl: a positive number is none (known bug B23).
    private static bool IsError(Outcome outcome) => outcome.Result != Outcome.Ok && !char.IsAsciiDigit(outcome.Result[0]);

    private void Require(Outcome outcome)
    {
        if (outcome.Result != Outcome.Ok)
        {
            broken ??= new Broken(LossKind.Failed, $"the target cannot be made: {TraceWriter.Operation(steps[^1].Operation)} answers {outcome.Result}");
        }
    }

    private Outcome Do(Operation operation)
    {
        Outcome outcome = vm.Do(operation);
        steps.Add(new MigrationStep(operation, outcome, Pass: 0, ByConsumer: true));
        if (outcome.Result is Outcome.HostCrash or Outcome.LeaksMemory or Outcome.Exception)
        {
            broken ??= new Broken(LossKind.Failed, outcome.Breach ?? outcome.Result);
        }

        return outcome;
    }
}
