// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Properties.Tests;

namespace Cmma.Equivalence.Tests;

/// <summary>Two GETs of one page, and an ESSA, in every order of taking marks, reading values and returning.</summary>
public sealed class OverlappingGetTests
{
    private const string TakenStep = "ValuesAreRead"; // what comes next: marks are taken
    private const string WrittenStep = "StructIsWritten";
    private static readonly Lazy<PlantedMachine> Machine = new(() => new PlantedMachine(["STEPS"]));

    [Fact]
    [Clause("H6")]
    public void Applied_in_the_order_of_return_the_target_can_be_stale_with_nothing_dirty()
    {
        string[] stale = StaleOrders((_, returned) => returned, overlap: true);
        Assert.NotEmpty(stale);
        // The one that took its marks first returned last.
        Assert.All(stale, order => Assert.True(First(order, TakenStep) == Last(order, "end"), order));
    }

    [Fact]
    [Clause("H6")]
    public void Applied_in_the_order_in_which_marks_were_taken_it_is_not() => Assert.Empty(StaleOrders(
        (order, returned) => [.. returned.OrderBy(get => order.IndexOf($"{get.Index}:{TakenStep}", StringComparison.Ordinal))], overlap: true));

    [Fact]
    [Clause("H6")]
    public void One_Get_after_another_leaves_it_as_the_source() => Assert.Empty(StaleOrders((_, returned) => returned, overlap: false));

    // The orders after which the page is clean and the target has another value of it.
    private static string[] StaleOrders(Func<string, IReadOnlyList<(int Index, byte Value)>, IReadOnlyList<(int Index, byte Value)>> applied, bool overlap)
    {
        List<string> stale = [];
        List<(int Index, byte Value)> returned = [];
        IMachine machine = null!;
        int orders = Interleavings.RunAll(
            Machine.Value,
            () =>
            {
                machine = Machine.Value.NewMachine(hostHasCmma: true);
                machine.CreateSlot(0, 0, 1, dirtyLog: true);
                machine.EnableCmma();
                machine.CreateVcpu();
                machine.Essa(0, 0);
                machine.StartMigration();
                returned.Clear();
                return overlap ? [() => Get(machine, 0, returned), () => Get(machine, 1, returned), Essa]
                    : [() => { Get(machine, 0, returned); Get(machine, 1, returned); }, Essa];
                void Essa() => machine.Essa(0, 2);
            },
            order =>
            {
                (byte Attributes, bool Dirty) page = (((IMachineState)machine).Page(0).Attributes, ((IMachineState)machine).Page(0).Dirty);
                (machine as IDisposable)?.Dispose();
                if (!page.Dirty && applied(order, returned)[^1].Value != page.Attributes)
                {
                    stale.Add(order);
                }

                return true;
            },
            stopsAt: step => step == TakenStep);
        Assert.True(orders > 3);
        return [.. stale];
    }

    private static void Get(IMachine machine, int index, List<(int Index, byte Value)> returned)
    {
        SteppedMemory memory = new();
        Assert.Equal(0, machine.Get(memory, SteppedMemory.ArgumentAddress));
        if (memory.Value is { } value)
        {
            returned.Add((index, value));
        }
    }

    private static string First(string order, string step) => order.Split(' ').First(each => each.EndsWith($":{step}", StringComparison.Ordinal)).Split(':')[0];

    // Of the two GETs, not of the ESSA.
    private static string Last(string order, string step) => order.Split(' ').Last(each => each == $"0:{step}" || each == $"1:{step}").Split(':')[0];

    /// <summary>One byte for values, and the struct of a GET, which is written one step later than the value.</summary>
    private sealed class SteppedMemory : IUserMemory
    {
        public const ulong ArgumentAddress = 0x1000;
        private const ulong ValuesAddress = 0x2000;

        public byte? Value { get; private set; }

        public ReadOnlySpan<byte> Read(ulong address, int length)
        {
            byte[] bytes = new byte[KvmS390CmmaLog.SizeBytes];
            new KvmS390CmmaLog(StartGfn: 0, Count: 1, Flags: 0, RemainingOrMask: 0, ValuesAddress).Encode(bytes, !BitConverter.IsLittleEndian);
            return bytes;
        }

        public int Write(ulong address, ReadOnlySpan<byte> source)
        {
            if (address == ValuesAddress)
            {
                Value = source[0];
                Interleavings.Stop(WrittenStep);
            }

            return source.Length;
        }
    }
}
