// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;
using Cmma.Properties.Tests;
using Cmma.Reference;

namespace Cmma.Equivalence.Tests;

/// <summary>
/// Every call with every combination of the largest and the smallest numbers, on both machines: the answers are the same, so nothing throws. The
/// random traces have such numbers too, but not each with each.
/// </summary>
public sealed class ExtremeArgumentTests : IDisposable
{
    private const ulong ArgumentAddress = 0x1000;
    private const ulong ValuesAddress = 0x10_0000;
    private const ulong TopPages = 100;

    private static readonly ulong[] Numbers = [
        0, 1, 63, 64, TopPages, Limits.MaxSlotPages, Limits.MaxSlotPages + 1, uint.MaxValue, Limits.EndOfMemoryGfn - TopPages, Limits.EndOfMemoryGfn - 1, Limits.EndOfMemoryGfn,
        Limits.EndOfMemoryGfn + 1, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue];

    private static readonly uint[] Words = [0, 1, 2, 7, 8, Limits.MaxCount, Limits.MaxCount + 1, int.MaxValue, 1U << 31, uint.MaxValue];
    private static readonly ulong[] Addresses = [0, ArgumentAddress, ValuesAddress, 1UL << 63, ulong.MaxValue - 31, ulong.MaxValue];

    private readonly OptimizedMachine optimized = new();
    private readonly ReferenceMachine reference = new();
    private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
    private readonly byte[] values = new byte[Limits.MaxCount];
    private readonly UserRegions user = new();

    public ExtremeArgumentTests()
    {
        user.Map(ArgumentAddress, argument);
        user.Map(ValuesAddress, values);
    }

    public void Dispose() => optimized.Dispose();

    [Fact]
    public void Pages_and_slots()
    {
        SetUp();
        foreach (ulong number in Numbers)
        {
            Same(machine => machine.Touch(number));
            Same(machine => machine.Evict(number));
            Same(machine => ((IMachineState)machine).Page(number));
            Array.ForEach(Words, orc => Same(machine => machine.Essa(number, orc)));
            Array.ForEach(Words, id => Same(machine => machine.MoveSlot(id, number)));
        }

        // bases that are refused; what is accepted is for the next test, since the reference is slow in large memory
        foreach (ulong pages in Numbers)
        {
            foreach (ulong baseGfn in Numbers.Where(each => each >= Limits.EndOfMemoryGfn || pages is 0 or > Limits.MaxSlotPages))
            {
                Array.ForEach(Words, id => Same(machine => machine.CreateSlot(id, baseGfn, pages, dirtyLog: true)));
            }
        }

        Array.ForEach(Words, id => Same(machine => machine.SetSlotFlags(id, dirtyLog: true)));
        Array.ForEach(Words, id => Same(machine => machine.DeleteSlot(id)));
    }

    // What is asked first wins: a number of pages that is not a mistake, where a slot is in the way.
    [Fact]
    public void As_many_pages_as_a_slot_may_have_are_refused_only_for_a_slot_in_their_way()
    {
        SetUp();
        Same(machine => machine.CreateSlot(5, 0, Limits.MaxSlotPages, dirtyLog: true));
        Same(machine => machine.CreateSlot(5, 0, Limits.MaxSlotPages + 1, dirtyLog: true));
        Same(machine => machine.MoveSlot(uint.MaxValue, Limits.EndOfMemoryGfn));
        Same(machine => machine.MoveSlot(uint.MaxValue, Limits.EndOfMemoryGfn - TopPages + 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_host_with_or_without_CMMA_and_a_VM_before_and_after_it_is_enabled(bool hostHasCmma)
    {
        using OptimizedMachine fast = new(hostHasCmma);
        ReferenceMachine naive = new(hostHasCmma);
        void SameHere<T>(Func<IMachine, T> call) => Assert.Equal(call(naive), call(fast));

        SameHere(machine => ((IMachineState)machine).HostHasCmma);
        SameHere(machine => machine.CreateSlot(0, 0, 10, dirtyLog: true));
        SameHere(machine => machine.ClearCmma());
        SameHere(machine => machine.Essa(1, 1));
        SameHere(machine => Get(machine, new KvmS390CmmaLog(0, 1, 0, 0, ValuesAddress), ArgumentAddress, out _));
        SameHere(machine => Call(machine.Set, new KvmS390CmmaLog(0, 1, 0, ulong.MaxValue, ValuesAddress), ArgumentAddress));
        SameHere(machine => machine.StartMigration());
        SameHere(machine => machine.EnableCmma());
        SameHere(machine => machine.ClearCmma());
        SameHere(machine => machine.Essa(1, 1));
        SameHere(machine => ((IMachineState)machine).Used); // not while migrating: ESSA-USED-2
        SameHere(machine => machine.StopMigration());
        SameHere(machine => machine.Essa(100, 1));
        SameHere(machine => ((IMachineState)machine).Used); // also where no page is: ESSA-USED-1
    }

    [Fact]
    public void A_hole_ends_a_block_though_slots_behind_it_are_near()
    {
        Same(machine => machine.CreateSlot(0, 0, 4, dirtyLog: true));
        Same(machine => machine.CreateSlot(1, 6, 2, dirtyLog: true));
        Same(machine => machine.CreateSlot(2, 8, 4, dirtyLog: true));
        Same(machine => machine.EnableCmma());
        Same(machine => machine.CreateVcpu());
        Same(machine => machine.Essa(0, 0));
        Same(machine => machine.StartMigration());
        Same(machine => Get(machine, new KvmS390CmmaLog(0, 100, 0, 0, ValuesAddress), ArgumentAddress, out KvmS390CmmaLog answer) + answer.ToString());
        Same(machine => Get(machine, new KvmS390CmmaLog(0, 100, 0, 0, ValuesAddress), ArgumentAddress, out KvmS390CmmaLog answer) + answer.ToString());
    }

    // Malformed in a trace; a machine that is asked to answers all the same.
    [Fact]
    [Clause("ESSA-STEPS-2")]
    public void The_end_of_an_ESSA_answers_as_the_last_one_begun_also_twice_or_if_there_was_none()
    {
        EssaResult End()
        {
            Same(machine => machine.EssaEnd());
            return optimized.EssaEnd();
        }

        void Begin(ulong gfn, uint orc) => Array.ForEach(new IMachine[] { reference, optimized }, machine => machine.EssaBegin(gfn, orc));

        Assert.Equal(default, End());
        Begin(0, 0);
        Assert.Equal(new EssaResult(ProgramInterruption.Operation, 0), End());
        SetUp();
        Begin(1, 3); // volatile
        Begin(1, 0);
        EssaResult last = End();
        Assert.NotEqual(default, last);
        Assert.Equal(last, End());
        Begin(130, 0); // behind the slot
        Assert.Equal(new EssaResult(ProgramInterruption.Addressing, 0), End());
        Same(machine => StatesAround(machine, 0));
    }

    [Fact]
    public void SET_of_nothing_does_nothing()
    {
        Same(machine => machine.EnableCmma());
        Same(machine => machine.CreateSlot(0, 0, 10, dirtyLog: true));
        Same(machine => Call(machine.Set, new KvmS390CmmaLog(0, 0, 0, ulong.MaxValue, ValuesAddress), ArgumentAddress));
        Same(machine => ((IMachineState)machine).Used); // SET-USED-2
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(Limits.EndOfMemoryGfn - Limits.MaxSlotPages)]
    public void The_largest_slot_is_used_at_both_ends(ulong baseGfn)
    {
        Assert.SkipWhen(RunSize.IsSmall, "walks half a million stripes, in which mutants are asked for fifty times slower");
        ulong last = baseGfn + Limits.MaxSlotPages - 1;
        optimized.EnableCmma();
        Assert.Equal(0, optimized.CreateSlot(uint.MaxValue, baseGfn, Limits.MaxSlotPages, dirtyLog: true));
        optimized.Essa(last, 1);
        optimized.CreateSlot(1, baseGfn == 0 ? Limits.EndOfMemoryGfn - 1 : 0, 1, dirtyLog: true);

        Assert.Equal(0, optimized.StartMigration());
        Assert.Equal(0, Get(optimized, new KvmS390CmmaLog(last, uint.MaxValue, 0, 0, ValuesAddress), ArgumentAddress, out KvmS390CmmaLog answer));
        Assert.Equal((last, 1U, Limits.MaxSlotPages), (answer.StartGfn, answer.Count, answer.RemainingOrMask));
        Assert.Equal(0, optimized.StopMigration());
        Assert.Equal(ProgramInterruption.Addressing, optimized.Essa(last + 1 == Limits.EndOfMemoryGfn ? ulong.MaxValue : last + 1, 1).Interruption);
    }

    // 64 stripes of 64 words: nothing is above the last page, in no level of the summary.
    [Fact]
    public void A_search_from_the_last_page_of_whole_words_of_stripes_wraps()
    {
        const ulong Pages = 64 * 64 * 64;
        Same(machine => machine.EnableCmma());
        Same(machine => machine.CreateVcpu());
        Same(machine => machine.CreateSlot(0, 0, Pages, dirtyLog: true));
        Same(machine => machine.Essa(0, 1));
        Same(machine => machine.StartMigration());
        Same(machine => Get(machine, new KvmS390CmmaLog(5, Limits.MaxCount, 0, 0, ValuesAddress), ArgumentAddress, out _)); // up to the last one: 2^18 - 5 fit
        Same(machine => Get(machine, new KvmS390CmmaLog(Pages - 1, 1, 0, 0, ValuesAddress), ArgumentAddress, out KvmS390CmmaLog answer) + answer.ToString());
        Assert.False(optimized.Page(0).Dirty);
    }

    [Fact]
    public void The_state_of_pages_in_a_hole_is_the_default()
    {
        SetUp();
        Same(machine => StatesAround(machine, 128));
        Same(machine => StatesAround(machine, Limits.EndOfMemoryGfn - 2));
    }

    [Theory]
    [InlineData(0U)]
    [InlineData(1U)]
    [InlineData(uint.MaxValue)]
    public void Get_and_Peek(uint flags)
    {
        SetUp();
        foreach (ulong start in Numbers)
        {
            foreach (uint count in Words)
            {
                Same(machine => Get(machine, new KvmS390CmmaLog(start, count, flags, ulong.MaxValue, ValuesAddress), ArgumentAddress, out KvmS390CmmaLog answer) + answer.ToString() + Convert.ToHexString(values.AsSpan(0, 256)));
                Same(machine => machine.Essa(start, 1)); // so that there is something again
            }
        }

        Array.ForEach(Addresses, to => Array.ForEach(Addresses, at => Same(machine => Get(machine, new KvmS390CmmaLog(0, uint.MaxValue, flags, 0, to), at, out _))));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x43UL << PageAttributes.PgsteShift)]
    [InlineData(ulong.MaxValue)]
    public void Set(ulong mask)
    {
        SetUp();
        new Random(1).NextBytes(values);
        foreach (ulong start in Numbers)
        {
            Array.ForEach(Words, count => Same(machine => Call(machine.Set, new KvmS390CmmaLog(start, count, 0, mask, ValuesAddress), ArgumentAddress)));
        }

        Array.ForEach(Addresses, to => Array.ForEach(Addresses, at => Same(machine => Call(machine.Set, new KvmS390CmmaLog(0, Limits.MaxCount, 0, mask, to), at))));
    }

    // Slots at the bottom and at the top.
    private void SetUp()
    {
        Same(machine => machine.EnableCmma());
        Same(machine => machine.CreateVcpu());
        Same(machine => machine.CreateSlot(0, 0, 130, dirtyLog: true));
        Same(machine => machine.CreateSlot(uint.MaxValue, Limits.EndOfMemoryGfn - TopPages, TopPages, dirtyLog: true));
        Same(machine => machine.Essa(Limits.EndOfMemoryGfn - 1, 2));
        Same(machine => machine.StartMigration());
    }

    private static string StatesAround(IMachine machine, ulong firstGfn)
    {
        PageState[] states = new PageState[4];
        ((IMachineState)machine).CopyPages(firstGfn, states);
        return string.Join(' ', states);
    }

    private void Same<T>(Func<IMachine, T> call) => Assert.Equal(call(reference), call(optimized));

    private int Get(IMachine machine, KvmS390CmmaLog log, ulong address, out KvmS390CmmaLog answer)
    {
        values.AsSpan(0, 256).Fill(0xA5);
        int result = Call(machine.Get, log, address);
        answer = KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);
        return result;
    }

    private int Call(Func<IUserMemory, ulong, bool, int> call, KvmS390CmmaLog log, ulong address)
    {
        log.Encode(argument, !BitConverter.IsLittleEndian);
        return call(user, address, false);
    }
}
