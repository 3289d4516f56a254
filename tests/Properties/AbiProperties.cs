// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

/// <summary>What a machine does with the struct, the numbers and user memory. <see cref="AbiTests"/> has the bytes themselves.</summary>
public sealed class AbiProperties : MachineProperties
{
    [ClauseProperty("ABI-2", AtLeast = 100)]
    public Property What_the_field_of_remaining_holds_on_the_way_in_does_not_matter(Trace trace) => ForAll(
        trace,
        run => run.Observations.OfType<GetCall>().Where(call => call.Operation.Remaining != 0 && call.Check == GetCheck.None).Take(1).Select(call =>
        {
            Operation.Get other = call.Operation with { Remaining = 0 };
            Trace trace = run.Trace with { Steps = [.. run.Trace.Steps.Take(call.Index), new Step(other)] };
            GetCall twin = (GetCall)Recorder.Run(trace, NewMachine).Observations[^1];
            bool sameStruct = twin.User.Got == call.User.Got || (!call.Succeeds && twin.User.Got == twin.User.Given);
            return new Finding(call, twin.Result == call.Result && twin.After == call.After && sameStruct);
        }));

    [ClauseProperty("ABI-5", AtLeast = 1000)]
    public Property Flags_1_is_PEEK_and_works_though_nothing_is_dirty_and_removes_no_mark(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Operation.Flags == 1 && call.Check == GetCheck.None,
        must: call => call.ChangesNothing && (call.Succeeds || call.Result == -(int)Errno.EFAULT));

    [ClauseProperty("ABI-6", AtLeast = 50)]
    public Property The_limit_is_1048576_for_GET_to_clamp_and_for_SET_to_refuse(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen is GetCall { Check: GetCheck.None, Operation.Count: 1_048_577 } or SetCall { Operation: { Count: 1_048_577, Flags: 0 }, Before.Enabled: true },
        must: seen => seen is GetCall get ? get.User.Got.Count <= 1_048_576 || !get.Succeeds
            : seen.Result is -(int)Errno.EINVAL or -(int)Errno.EFAULT && seen.ChangesNothing);

    [ClauseProperty("ABI-7", "G11", AtLeast = 500)]
    public Property No_byte_of_an_answer_has_a_bit_outside_usage_and_no_DAT(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.Values.AsSpan().ContainsAnyExcept((byte)0),
        must: call => call.Values.All(value => (value & 0xbc) == 0));

    [ClauseProperty("ABI-8", AtLeast = 5000)]
    public Property The_mask_selects_attribute_bits_24_positions_up(Trace trace) => ForAll<SetCall, int>(
        trace,
        of: call => call.Walks && call.PagesInReach > 0 ? Enumerable.Range(0, 8) : [],
        must: (call, bit) =>
        {
            ulong gfn = call.Operation.StartGfn;
            bool selected = bit is 0 or 1 or 6 && ((call.Operation.Mask >> (24 + bit)) & 1) == 1;
            byte from = selected ? call.Values[0] : call.Before.Memory[gfn].Attributes;
            return ((call.After.Memory[gfn].Attributes ^ from) & (1 << bit)) == 0;
        });

    [ClauseProperty("ABI-9", AtLeast = 50_000)]
    public Property Pages_exist_only_below_2_to_the_52(Trace trace) => ForAll<Observation, Memslot>(
        trace,
        of: seen => seen.After.Memory.Slots,
        must: (_, slot) => slot.BaseGfn < 1UL << 52 && slot.BaseGfn + slot.Pages <= 1UL << 52);

    [ClauseProperty("ABI-10", AtLeast = 10_000)]
    public Property A_result_is_0_or_a_negative_errno(Trace trace) => ForAll<Observation>(
        trace,
        when: _ => true,
        must: seen => seen.Result is 0 or -6 or -12 or -14 or -16 or -17 or -22);

    [ClauseProperty("ABI-10", AtLeast = 1000)]
    public Property No_operation_throws(Trace trace) => ForAll(trace, run => [new Finding(run.Observations.Count > 0 ? run.Observations[^1] : null, run.Thrown == null)]);

    [ClauseProperty("ABI-11", AtLeast = 5000)]
    public Property The_struct_is_read_in_one_step_before_everything_else(Trace trace) => ForAll<Observation>(
        trace,
        when: seen => seen is GetCall or SetCall,
        must: seen => (seen as GetCall)?.User is { } get ? ReadsStructFirst(get) : ReadsStructFirst(((SetCall)seen).User));

    [ClauseProperty("ABI-11", AtLeast = 1000)]
    public Property The_values_and_the_struct_of_an_answer_are_written_in_one_step_each(Trace trace) => ForAll<GetCall>(
        trace,
        when: call => call.IsAnswer,
        must: call => call.User.Steps.Count == 3
            && call.User.Steps[1] == call.User.WritesOfValues.Single()
            && call.User.Steps[1].Length == call.User.Got.Count
            && call.User.Steps[2] == call.User.WritesOfStruct.Single()
            && call.User.Steps[2].Length == 32);

    [ClauseProperty("ABI-11", AtLeast = 1000)]
    public Property The_values_of_SET_are_read_in_one_step(Trace trace) => ForAll<SetCall>(
        trace,
        when: call => call.Check >= SetCheck.ValuesUnreadable,
        must: call => call.User.Steps.Count == 2 && (uint)call.User.ReadsOfValues.Single().Length == call.Operation.Count);

    private static bool ReadsStructFirst(UserSteps user) => user.ReadsOfStruct.Count() == 1 && user.Steps[0] == user.ReadsOfStruct.First() && user.Steps[0].Length == 32;
}
