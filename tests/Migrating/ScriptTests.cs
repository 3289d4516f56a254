// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>Scripts of migrations that are refused.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void A_script_has_no_more_pages_than_can_be_held()
    {
        Trace most = Slots(Script.MostPages / 2, Script.MostPages / 2);

        Assert.Null(Script.Malformed(most));
        Assert.Equal("line 0: a migration's slots have at most 0x1000000 pages in all", Script.Malformed(Slots(Script.MostPages, 0x100)));
        Assert.Equal("line 0: a migration's slots have at most 0x1000000 pages in all", Script.Malformed(Slots(ulong.MaxValue)));
    }

    [Fact]
    public void The_calls_of_the_consumer_are_not_in_a_script() =>
        Assert.Equal("line 0: a migration's script has no get: GET and PEEK are the consumer's, and each ESSA is in one step", Script.Malformed(Migrations.Script(new Operation.Get(0, 1))));

    private static Trace Slots(params ulong[] pages) => new(HostHasCmma: true,
        [.. System.Linq.Enumerable.Select(pages, (count, index) => new Step(new Operation.CreateSlot((uint)index, (ulong)index << 32, count, DirtyLog: true)))]);
}
