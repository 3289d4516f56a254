// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Kernels.Bugs;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using static Cmma.Kernels.Tests.Play;

namespace Cmma.Kernels.Tests;

/// <summary>Each known bug on a short trace: what the machine of its kernel answers without the bug, and with it.</summary>
public sealed class BugTests
{
    private static readonly Operation[] OneSlot = [Slot(0, 0, 512)];
    private static readonly Operation[] TwoSlots = [Slot(0, 0, 256), Slot(1, 256, 256)];
    private static readonly Operation[] LargeHole = [Slot(0, 0, 256), Slot(1, 512, 256)];
    private static readonly Operation[] SmallHole = [Slot(0, 0, 256), Slot(1, 260, 256)];

    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["B2"] = new([.. Use(TwoSlots), Start, Get(256, 8)], "start_gfn 0x100, count 8,", "start_gfn 0x0, count 8,"),
        ["B3"] = new([.. Use(OneSlot), Start, Slot(1, 1 << 20, 256), Essa(1 << 20)], "ok, r1 0x0", "host crash"),
        ["B4"] = new([.. Migrate(OneSlot), Begin(5), Stop, Start, End], "ok, r1 0x0", "host crash"),
        ["B5"] = new([.. Use(OneSlot), Set(0, "43"), Peek(0, 1)], "values [43]", "values [03]"),
        ["B6"] = new([.. Use(LargeHole), Start, Get(0, 1024)], "count 256, remaining 0x100,", "EFAULT"),
        ["B7"] = new([.. Use(Slot(0, 0, 256, log: false)), Start], "EINVAL", "host crash"),
        ["B8"] = new([.. Use(OneSlot), Start, Delete(0), Get(0, 8)], "32 zero bytes", "host crash"),
        ["B12"] = new([.. Use(OneSlot), Start, Flags(0, log: false), Status], "not migrating", "ok, migrating"),
        ["B13"] = new([.. Migrate([Slot(0, 256, 256), Slot(1, 512, 256)], 260, 520), Get(0, 8)], "start_gfn 0x104,", "start_gfn 0x208,"),
        ["B14"] = new([.. Migrate(LargeHole, 520), Get(300, 8)], "start_gfn 0x208, count 1,", "start_gfn 0x300, count 0, remaining 0x1,"),
        ["B15"] = new([.. Use(OneSlot), Set(0, "40"), Clear, Peek(0, 1)], "values [00]", "values [40]"),
        ["B18"] = new([.. Use(OneSlot), Peek(1 << 30, 1)], "EFAULT", "leaks memory"),
        ["B20b"] = new([.. Migrate(OneSlot, 10), Get(11, 8)], "start_gfn 0xa, count 1, remaining 0x0,", "start_gfn 0xb, count 0, remaining 0x1,"),
        ["B21"] = new([.. Migrate(OneSlot, 0, 5), Get(0, 8)], "values [00*6]", "values [00 ee*4 00]"),
        ["B21b"] = new([.. Use(OneSlot), Set(1, "41"), .. Migrate(OneSlot, 0, 2), Get(0, 8)], "values [00 41 00]", "values [00*3]"),
        ["B22"] = new([.. Use(OneSlot), Fails(Set(0, "41"))], "ENOMEM", "ok"),
        ["B23"] = new([.. Use(OneSlot), Set(1 << 20, "00")], "EFAULT", "5"),
        ["B24"] = new([.. Migrate(OneSlot, 6), Begin(5), Get(0, 8)], "count 2, remaining 0x0,", "count 2, remaining 0xffffffffffffffff,"),
        ["B25"] = new([.. Use(TwoSlots), Start, Delete(1), Get(0, 1024)], "count 256, remaining 0x0,", "count 256, remaining 0x100,"),
        ["B25v"] = new([.. Use(SmallHole), Start, Delete(1), Slot(1, 260, 256), Get(0, 512)], "count 256, remaining 0x0,", "count 512, remaining 0xffffffffffffff04,"),
        ["B26"] = new([.. Use(SmallHole), Peek(250, 300)], "count 6,", "count 266,"),
        ["B28"] = new([.. Use(OneSlot), Start, Evict(0), Essa(0, 2), Touch(0), Evict(0), Essa(0, 0)], "ok, r1 0x6", "ok, r1 0x7"),
        ["B33"] = new([.. Use(TwoSlots), Start, Fails(Delete(1)), Get(0, 1024)], "count 256, remaining 0x0,", "count 512, remaining 0x0,"),
        ["B34v"] = new([.. Use(Slot(0, 0, 256)), Start, Stop, Clear, Start, Get(0, 256)], "count 256, remaining 0x0,", "count 256, remaining 0x100,"),
        ["L1"] = new([.. Migrate(OneSlot, 0, 1, 100), Get(0, 101)], "count 2,", "count 3,"),
        ["L2"] = new([.. Use(OneSlot), Start, Delete(0), Get(7, 8)], "32 zero bytes", "start_gfn 0x7, count 8, remaining 0x200, values [ee*8]"),
        ["L3"] = new([.. Use(TwoSlots), Start, Delete(1), Get(0, 1024)], "count 256, remaining 0x0,", "count 256, remaining 0x100,"),
        ["L6"] = new([.. Use(OneSlot), Set(1, "41"), .. Migrate(OneSlot, 0, 2), Get(0, 8)], "values [00 41 00]", "values [00*3]"),
        ["L7"] = new([.. Use(OneSlot), Start, Clear, Get(0, 8)], "count 8, remaining 0x1f8,", "count 0, remaining 0x200,"),
        ["L8"] = new([.. Use(OneSlot), Set(0, "43"), Set(0, "00", mask: 0x0300_0000), Peek(0, 1)], "values [40]", "values [00]"),
        ["L9"] = new([.. Use(OneSlot), Set(511, "41 41"), Peek(511, 1)], "values [41]", "values [00]"),
        ["L10"] = new([.. Use(OneSlot), Start, Essa(512)], "addressing", "ok, r1 0x10"),
        ["L12"] = new([.. Migrate(OneSlot), Begin(5), Flags(0, log: false), End], "ok, r1 0x0", "host crash"),
        ["L13"] = new([.. Migrate(OneSlot), Begin(5), Stop, End], "ok, r1 0x0", "host crash"),
        ["L14"] = new([.. Migrate(SmallHole, 255, 262), Get(250, 1024)], "count 1,", "count 8,"),
        ["L15"] = new([.. Use(OneSlot), Start, Fails(Slot(1, 512, 256, log: false)), Status], "ok, migrating", "not migrating"),
        ["L17"] = new([Slot(0, 0, 256, log: false), Start, Enable, Essa(0)], "ok, r1 0x0", "host crash"),
        ["L19"] = new([.. Migrate([Slot(0, 0, 256)]), Begin(0), Stop, End, Clear, Start, Get(0, 256)], "count 256, remaining 0x0,", "count 256, remaining 0x1,"),
    };

    public static TheoryData<string> Modelled { get; } = [.. KnownBugs.All.Select(bug => bug.Id)];

    [Theory]
    [MemberData(nameof(Modelled))]
    public void The_machine_that_a_bug_lived_in_answers_right(string id) =>
        Assert.Contains(Cases[id].Right, Last(Bug(id).NewCorrect, Cases[id].Operations), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Modelled))]
    public void The_bug_answers_otherwise(string id)
    {
        string answer = Last(Bug(id).NewVm, Cases[id].Operations);

        Assert.Contains(Cases[id].Wrong, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Cases[id].Right, answer, StringComparison.Ordinal);
    }

    public static TheoryData<string, Operation[], string> Harmless { get; } = new()
    {
        { "L10", [.. Use(OneSlot), Evict(0), Essa(0, 2), Essa(0, 0), Essa(0, 0)], "ok, r1 0x7" }, // outside migration mode
        { "L10", [.. Use(OneSlot), Start, Evict(0), Essa(0, 4), Essa(0, 0)], "ok, r1 0xf" },
        { "L10", [.. Use(OneSlot), Start, Evict(0), Essa(0, 2), Essa(0, 3), Essa(0, 0)], "ok, r1 0xf" },
        { "B28", [.. Use(OneSlot), Evict(0), Essa(0, 2), Touch(0), Evict(0), Essa(0, 0)], "ok, r1 0x6" }, // outside migration mode
        { "B28", [.. Use(OneSlot), Start, Evict(0), Essa(0, 2), Touch(0), Essa(0, 0), Evict(0), Essa(0, 0)], "ok, r1 0x6" },
        { "B28", [.. Use(OneSlot), Start, Evict(0), Essa(0, 2), Touch(0), Delete(0), Slot(0, 0, 512), Evict(0), Essa(0, 0)], "ok, r1 0x2" },
        { "L19", [.. Migrate(OneSlot), Begin(5, orc: 0), Stop, End, Clear, Start, Get(0, 512)], "count 512, remaining 0x0," },
        { "L19", [.. Migrate(OneSlot), Begin(5, orc: 8), Stop, End, Clear, Start, Get(0, 512)], "count 512, remaining 0x0," },
        { "L19", [.. Migrate(OneSlot), Begin(5), Stop, End, Start, Get(0, 512)], "count 512, remaining 0x0," }, // the mark is there, and not counted twice
        { "L19", [.. Migrate(OneSlot), Begin(5), Stop, Start, Get(0, 512), End, Get(0, 512)], "32 zero bytes" },
        { "L19", [.. Migrate(OneSlot), Begin(5), Stop, Delete(0), End, Slot(0, 0, 512), Start, Get(0, 512)], "count 512, remaining 0x0," },
        { "B4", [.. Migrate(OneSlot), Begin(5, orc: 0), Stop, Start, End], "ok, r1 0x0" },
        { "B4", [.. Migrate(OneSlot), Begin(1 << 20), Stop, Start, End], "addressing" },
        { "L13", [.. Migrate(OneSlot), Begin(5, orc: 0), Stop, End], "ok, r1 0x0" },
        { "L13", [.. Migrate(OneSlot), Begin(1 << 20), Stop, End], "addressing" },
        { "L12", [.. Migrate(OneSlot), Begin(5, orc: 0), Flags(0, log: false), End], "ok, r1 0x0" },
        { "L12", [.. Migrate(OneSlot), Begin(1 << 20), Flags(0, log: false), End], "addressing" },
        { "L12", [.. Migrate(OneSlot), Begin(5), Flags(0, log: false), Flags(0, log: true), End], "ok, r1 0x0" },
        { "L12", [Slot(0, 0, 256, log: false), Start, Enable, new Operation.CreateVcpu(), Begin(5), End], "ok, r1 0x0" }, // L17, which this machine does not have
        { "B24", [.. Migrate(OneSlot, 6), Begin(5, orc: 0), Get(0, 8), End], "ok, r1 0x0" },
        { "B24", [.. Migrate(OneSlot), Begin(5), Stop, Start, Get(0, 1024), End], "ok, r1 0x0" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_bug_shows_in_nothing_else(string id, Operation[] operations, string answer) =>
        Assert.Contains(answer, Last(Bug(id).NewVm, operations), StringComparison.Ordinal);

    [Theory]
    [InlineData("7.0")]
    [InlineData("7.2")]
    [InlineData("7.3-rc1")]
    public void An_essa_of_7_while_migrating_leaves_a_page_logically_zero_only_if_it_discards_it(string version)
    {
        string[] after = [.. Enumerable.Range(0, 8).Select(orc =>
            Last(version, Slot(0, 0, 256), Enable, new Operation.CreateVcpu(), Start, Evict(0), Essa(0, 2), Essa(0, (uint)orc), Essa(0, 0)))];

        Assert.Equal(["ok, r1 0x6", "ok, r1 0x2", "ok, r1 0x7", "ok, r1 0xf", "ok, r1 0xe", "ok, r1 0x2", "ok, r1 0x6", "ok, r1 0x22"], after);
    }

    [Theory]
    [InlineData("7.0")]
    [InlineData("7.2")]
    [InlineData("7.3-rc1")]
    public void Outside_migration_mode_an_essa_of_7_is_that_of_the_contract(string version)
    {
        const uint pages = 4;
        Random random = new(Seed: 7);
        List<Operation> operations = [Slot(0, 0, 256), Enable, new Operation.CreateVcpu()];
        for (int count = 0; count < 5000; count++)
        {
            ulong gfn = (ulong)random.Next((int)pages);
            operations.Add(random.Next(4) switch
            {
                0 => Evict(gfn),
                1 => Touch(gfn),
                2 => Essa(gfn, (uint)random.Next(8)),
                _ => Essa(gfn, orc: 0),
            });
            operations.Add(Peek(0, pages));
        }

        Assert.Equal(Answers("reference", operations), Answers($"kernel:{version}", operations));
    }

    [Theory]
    [InlineData("7.2")]
    [InlineData("7.3-rc1")]
    public void A_mark_after_a_stop_that_clear_takes_away_remains_for_ever(string version)
    {
        Operation[] restarted = [.. Migrate([Slot(0, 0, 256)]), Begin(0), Stop, End, Clear, Start, Get(0, 256), Get(0, 256), Get(0, 256)];

        Assert.Equal("ok, start_gfn 0x0, count 0, remaining 0x1, values []", Last(version, restarted[..^1]));
        Assert.Equal("ok, start_gfn 0x0, count 0, remaining 0x1, values []", Last(version, restarted));
    }

    [Theory]
    [MemberData(nameof(Modelled))]
    public void A_bug_is_an_implementation_of_its_name(string id) =>
        Assert.Equal($"bug:{id}", Implementations.Find($"bug:{id}").Name);

    [Fact]
    public void Every_number_is_a_machine_or_has_a_reason()
    {
        IEnumerable<string> numbers = KnownBugs.All.Select(bug => bug.Id).Concat(OtherBugs.All.Select(bug => bug.Id)).ToList();

        Assert.Equal(numbers.Count(), numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(1, 31).Concat([33, 34]).Select(number => $"B{number}"), Numbers(numbers, 'B'));
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"L{number}"), Numbers(numbers, 'L'));
    }

    [Fact]
    public void A_bug_without_a_machine_says_what_would_have_to_be_added() =>
        Assert.All(OtherBugs.All, bug => Assert.Contains("to be added: ", bug.Reason, StringComparison.Ordinal));

    [Fact]
    public void A_bug_without_a_machine_says_why()
    {
        InputException refused = Assert.Throws<InputException>(() => Implementations.Find("bug:B16"));

        Assert.Contains("zap-swapped", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bug:B99")]
    [InlineData("bug:")]
    [InlineData("kernel:")]
    [InlineData("kernel:6.13")]
    [InlineData("bug")]
    [InlineData("")]
    public void An_unknown_name_is_refused(string name) => Assert.Throws<InputException>(() => Implementations.Find(name));

    [Fact]
    public void Every_kernel_is_an_implementation_of_its_name()
    {
        foreach (LinuxVersion version in Linux.Versions)
        {
            IImplementation kernel = Implementations.Find($"kernel:{version.Name}");

            Assert.Equal($"kernel:{version.Name}", kernel.Name);
            Assert.Equal("ENXIO", kernel.NewVm(hostHasCmma: false).Do(Enable).Result);
        }
    }

    private static IEnumerable<string> Answers(string machine, IEnumerable<Operation> operations)
    {
        IRun vm = Implementations.Find(machine).NewVm(hostHasCmma: true);
        return [.. operations.Select(operation => OutcomeText.Of(vm.Do(operation)))];
    }

    private static KnownBug Bug(string id) => KnownBugs.All.Single(bug => bug.Id == id);

    // B20b belongs to B20
    private static IEnumerable<string> Numbers(IEnumerable<string> ids, char kind) => ids
        .Where(id => id[0] == kind)
        .Select(id => id.TrimEnd('a', 'b', 'c', 'd', 'v'))
        .Distinct(StringComparer.Ordinal)
        .OrderBy(id => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));

    private static Operation Fails(Operation operation) => operation switch
    {
        Operation.Set set => set with { AllocationFails = true },
        Operation.CreateSlot create => create with { AllocationFails = true },
        Operation.MoveSlot move => move with { AllocationFails = true },
        Operation.DeleteSlot delete => delete with { AllocationFails = true },
        _ => throw new ArgumentException($"{operation} allocates nothing", nameof(operation)),
    };

    private sealed record Case(IReadOnlyList<Operation> Operations, string Right, string Wrong);
}
