// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Reference;

namespace Cmma.Properties.Tests;

/// <summary>The limit of count shows itself only where more pages exist than that: one memory, not a random one, since it takes long to make.</summary>
public sealed class LargeMemoryProperties : MachineProperties
{
    private const ulong Pages = Limits.MaxCount + 3;

    private const string TakesLong = "walks a million pages again and again";

    private readonly byte[] argument = new byte[KvmS390CmmaLog.SizeBytes];
    private readonly byte[] buffer = new byte[Pages];

    [Fact]
    [Clause("GET-COUNT-1")]
    [Clause("GET-BLOCK-6")]
    [Clause("PEEK-2")]
    [Clause("ABI-6")]
    public void A_count_above_1048576_gets_1048576_values()
    {
        Assert.SkipWhen(TestRun.IsSmall, TakesLong);
        IMachine machine = NewMachine(arg: true);
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.CreateSlot(0, 0, Pages, dirtyLog: true);
        machine.Essa(0, 1);
        machine.StartMigration();

        Assert.Equal(new KvmS390CmmaLog(1, 1_048_576, 1, Pages, UserSteps.ValuesAddress), Get(machine, start: 1, uint.MaxValue, flags: 1));
        Assert.Equal(new KvmS390CmmaLog(1, 1_048_576, 0, 3, UserSteps.ValuesAddress), Get(machine, start: 1, 1_048_577, flags: 0));
    }

    [Fact]
    [Clause("SET-CHECK-4")]
    [Clause("ABI-6")]
    public void SET_takes_1048576_values_and_not_one_more()
    {
        Assert.SkipWhen(TestRun.IsSmall, TakesLong);
        IMachine machine = NewMachine(arg: true);
        machine.EnableCmma();
        machine.CreateSlot(0, 0, Pages, dirtyLog: true);

        Assert.Equal(0, Set(machine, 1_048_576));
        Assert.Equal(-(int)Errno.EINVAL, Set(machine, 1_048_577));
    }

    [Theory]
    [Clause("GET-COUNT-1")]
    [Clause("ABI-6")]
    [InlineData(1_048_575, 1_048_575)]
    [InlineData(1_048_576, 1_048_576)]
    [InlineData(1_048_577, 1_048_576)]
    [InlineData(uint.MaxValue, 1_048_576)]
    public void A_count_is_clamped_before_the_pages_are_looked_at(uint count, ulong clamped)
    {
        CountSeen vm = new();
        ReferenceMachine machine = new(vm);
        machine.EnableCmma();
        machine.CreateVcpu();
        machine.CreateSlot(0, 0, 2, dirtyLog: true);
        machine.Essa(0, 1);

        Get(machine, start: 0, count, flags: 1);
        machine.StartMigration();
        Get(machine, start: 0, count, flags: 0);
        Assert.Equal([clamped, clamped], vm.Counts);
    }

    private sealed class CountSeen() : Vm(hostHasCmma: true)
    {
        public List<ulong> Counts { get; } = [];

        protected override Errno Peek(ICaller caller, CmmaLog log, ulong count)
        {
            Counts.Add(count);
            return base.Peek(caller, log, count);
        }

        protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count)
        {
            Counts.Add(count);
            return base.GetBlock(caller, log, count);
        }
    }

    private KvmS390CmmaLog Get(IMachine machine, ulong start, uint count, uint flags)
    {
        Assert.Equal(0, machine.Get(User(new KvmS390CmmaLog(start, count, flags, 0, UserSteps.ValuesAddress)), UserSteps.ArgumentAddress));
        return KvmS390CmmaLog.Decode(argument, !BitConverter.IsLittleEndian);
    }

    private int Set(IMachine machine, uint count) =>
        machine.Set(User(new KvmS390CmmaLog(0, count, 0, ulong.MaxValue, UserSteps.ValuesAddress)), UserSteps.ArgumentAddress);

    private UserRegions User(KvmS390CmmaLog log)
    {
        log.Encode(argument, !BitConverter.IsLittleEndian);
        UserRegions user = new();
        user.Map(UserSteps.ArgumentAddress, argument);
        user.Map(UserSteps.ValuesAddress, buffer);
        return user;
    }
}
