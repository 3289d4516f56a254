// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>Random scripts: a guest that executes ESSA on few pages that lie near each other, between passes.</summary>
public static class RandomScripts
{
    private const ulong SlotPages = 256; // what kernels before 7.1 take
    private const int MostSlots = 3;

    /// <summary>A script. The same numbers make the same.</summary>
    /// <param name="random">The numbers.</param>
    /// <param name="changes">Whether the guest is reset, and slots come and go, between passes.</param>
    /// <param name="keepsPageZero">Whether memory begins at page 0 and the slot there stays, as with QEMU.</param>
    public static Trace Next(RandomNumbers random, bool changes, bool keepsPageZero)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Writer(random, changes, keepsPageZero).Write();
    }

    private sealed class Writer(RandomNumbers random, bool changes, bool keepsPageZero)
    {
        private readonly List<Operation> operations = [];
        private readonly Dictionary<uint, Memslot> slots = [];
        private readonly List<ulong> anchors = [];
        private uint nextId;

        public Trace Write()
        {
            ulong place = random.OneIn(3) && !keepsPageZero ? SlotPages * (ulong)random.Between(1, 2) : 0;
            for (int left = random.Of(1, 1, 2, 3); left > 0; left--)
            {
                Create(place);
                place += SlotPages * random.Of<ulong>(1, 1, 2, 3);
            }

            operations.Add(new Operation.EnableCmma());
            operations.Add(new Operation.CreateVcpu());
            anchors.AddRange(Enumerable.Range(0, 3).Select(_ => AnyPage()));
            Guest(random.OneIn(8) ? 0 : random.Between(1, 3));
            operations.Add(new Operation.StartMigration());
            for (int left = random.Between(0, 4); left > 0; left--)
            {
                Between();
                operations.Add(new Operation.MigrationStatus());
            }

            Between();
            return new Trace(HostHasCmma: true, [.. operations.Select(operation => new Step(operation))]);
        }

        private void Between()
        {
            Guest(random.Between(0, 3));
            if (changes && random.OneIn(2))
            {
                Change();
                Guest(random.Between(0, 2));
            }

            if (random.OneIn(8))
            {
                operations.AddRange([new Operation.StopMigration(), new Operation.StartMigration()]);
            }
        }

        private void Guest(int count)
        {
            for (; count > 0; count--)
            {
                ulong gfn = HotPage();
                operations.Add(random.Between(0, 9) switch
                {
                    0 => new Operation.Touch(gfn),
                    1 => new Operation.Evict(gfn),
                    _ => new Operation.Essa(gfn, (uint)random.Between(1, 7)),
                });
            }
        }

        private void Change()
        {
            switch (random.Between(0, 5))
            {
                case 0 or 1:
                    operations.Add(new Operation.ClearCmma());
                    break;
                case 2:
                    operations.Add(new Operation.Set(HotPage(), 1, Flags: 0, ulong.MaxValue, ByteRuns.Of([random.Of<byte>(0, 1, 0x40, 0x43)])));
                    break;
                case 3 when slots.Count > 1 && PluggedSlot() is { } slot:
                    Delete(slot.Id);
                    break;
                case 4 when PluggedSlot() is { } slot:
                    Move(slot);
                    break;
                default:
                    DeleteAndCreate();
                    break;
            }
        }

        private void DeleteAndCreate()
        {
            if (slots.Count < MostSlots || PluggedSlot() is not { } slot)
            {
                Create(FreePlace());
                return;
            }

            Delete(slot.Id);
            Create(random.OneIn(2) ? slot.BaseGfn : FreePlace());
        }

        private void Create(ulong baseGfn)
        {
            slots[nextId] = new Memslot(nextId, baseGfn, SlotPages, DirtyLog: true);
            operations.Add(new Operation.CreateSlot(nextId, baseGfn, SlotPages, DirtyLog: true));
            nextId++;
        }

        private void Delete(uint id)
        {
            slots.Remove(id);
            operations.Add(new Operation.DeleteSlot(id));
        }

        private void Move(Memslot slot)
        {
            ulong place = FreePlace();
            slots[slot.Id] = slot with { BaseGfn = place };
            operations.Add(new Operation.MoveSlot(slot.Id, place));
        }

        private ulong FreePlace()
        {
            ulong place = SlotPages * (ulong)random.Between(0, 2);
            while (slots.Values.Any(slot => slot.BaseGfn < place + SlotPages && place < slot.BaseGfn + slot.Pages))
            {
                place += SlotPages;
            }

            return place;
        }

        // A slot that may go.
        private Memslot? PluggedSlot()
        {
            Memslot[] choice = [.. slots.Values.Where(slot => !keepsPageZero || slot.BaseGfn > 0)];
            return choice.Length == 0 ? null : choice[(int)random.Below((ulong)choice.Length)];
        }

        private Memslot AnySlot() => slots.Values.ElementAt((int)random.Below((ulong)slots.Count));

        private ulong AnyPage()
        {
            Memslot slot = AnySlot();
            return slot.BaseGfn + (random.OneIn(3) ? random.Of<ulong>(0, 255) : random.Below(SlotPages));
        }

        // Of a slot that is there: near an anchor if one is.
        private ulong HotPage()
        {
            ulong gfn = anchors[(int)random.Below((ulong)anchors.Count)] + random.Of<ulong>(0, 0, 1, 2, 15, 16, 17, 18);
            return slots.Values.Any(slot => gfn >= slot.BaseGfn && gfn < slot.BaseGfn + slot.Pages) ? gfn : AnyPage();
        }
    }
}
