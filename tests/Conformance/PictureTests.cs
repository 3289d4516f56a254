// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Reports.Pictures;
using Cmma.Traces;

namespace Cmma.Conformance.Tests;

public sealed class PictureTests
{
    [Fact]
    public void A_new_VM_has_no_slots() =>
        Assert.Equal(["enabled no, used no, migrating no, vCPUs 0", "no slots"], MemoryPicture.Draw(new ReferenceMachine()));

    [Fact]
    public void Usage_marks_and_content_are_rows_of_characters() =>
        Assert.Equal(
            [
                "enabled yes, used yes, migrating yes, vCPUs 1",
                "slot 3: gfn 0x10, 9 pages, dirty log on",
                "  0x10               usage   .uvpNUPV.",
                "                     dirty   .*.......",
                "                     content rrrrrrrze",
            ],
            MemoryPicture.Draw(Run(
                """{"op":"enable_cmma"}""",
                """{"op":"create_vcpu"}""",
                """{"op":"create_slot","id":3,"base_gfn":"0x10","pages":"0x9","dirty_log":true}""",
                """{"op":"set","start_gfn":"0x10","count":9,"mask":"0xffffffffffffffff","values":"00*2 03 02 40 41 42 40 00"}""",
                """{"op":"evict","gfn":"0x17"}""",
                """{"op":"essa","gfn":"0x17","orc":3}""",
                """{"op":"evict","gfn":"0x18"}""",
                """{"op":"start_migration"}""",
                """{"op":"get","start_gfn":"0x0","count":9}""",
                """{"op":"essa","gfn":"0x11","orc":2}""")));

    [Fact]
    public void Rows_that_repeat_are_drawn_once()
    {
        string row = new('.', 64);

        Assert.Equal(
            [
                "enabled no, used no, migrating no, vCPUs 0",
                "slot 1: gfn 0x100, 64 pages, dirty log off",
                $"  0x100              usage   {row}",
                "slot 0: gfn 0x200, 321 pages, dirty log off",
                $"  0x200              usage   {row}",
                "  ... and 1 more row(s) like this",
                $"  0x280              usage   {row}",
                $"                     content e{new string('r', 63)}",
                $"  0x2c0              usage   {row}",
                "  ... and 1 more row(s) like this",
                "  0x340              usage   .",
            ],
            MemoryPicture.Draw(Run(
                """{"op":"create_slot","id":0,"base_gfn":"0x200","pages":"0x141","dirty_log":false}""",
                """{"op":"create_slot","id":1,"base_gfn":"0x100","pages":"0x40","dirty_log":false}""",
                """{"op":"evict","gfn":"0x280"}""")));
    }

    [Theory]
    [InlineData(int.MaxValue, 64, "  0x100              ")]
    [InlineData(93, 64, "  0x100              ")]
    [InlineData(92, 32, "  0x100              ")]
    [InlineData(61, 32, "  0x100              ")]
    [InlineData(60, 32, "  0x100 ")]
    [InlineData(48, 32, "  0x100 ")]
    [InlineData(47, 16, "  0x100 ")]
    [InlineData(32, 16, "  0x100 ")]
    [InlineData(31, 8, "  0x100 ")]
    public void A_row_has_as_many_pages_as_fit(int width, int pages, string margin)
    {
        IReadOnlyList<string> lines = MemoryPicture.Draw(
            Run("""{"op":"create_slot","id":0,"base_gfn":"0x100","pages":"0x80","dirty_log":false}""", """{"op":"evict","gfn":"0x17f"}"""),
            width);

        Assert.Equal($"{margin}usage   {new string('.', pages)}", lines[2]);
        Assert.Equal($"{new string(' ', margin.Length)}content {new string('r', pages - 1)}e", lines[^1]);
        Assert.Equal($"  0x{0x180 - pages:x}", lines[^2][..7]);
    }

    [Fact]
    public void The_last_page_that_memory_can_have_is_drawn() =>
        Assert.Equal(
            "  0xfffffffffffff    usage   .",
            MemoryPicture.Draw(Run("""{"op":"create_slot","id":0,"base_gfn":"0xfffffffffffff","pages":"0x1","dirty_log":false}"""))[^1]);

    [Fact]
    public void A_vector_is_told_step_by_step()
    {
        Vector vector = Spec.Vector(
            "a-story",
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true,"expect":{"result":"ok"}}""",
            """{"op":"start_migration","expect":{"result":"ok"}}""",
            """{"op":"get","start_gfn":"0x0","count":1,"expect":{"result":"EINVAL"}}""") with
        { Clauses = ["MIGRATION-STATUS-1"] };
        Cmma.Traces.Clauses.Clause clause = new("MIGRATION-STATUS-1", "the title", "First.\n\nSecond.", "doc-2017", new System.Collections.Generic.Dictionary<string, string>(StringComparer.Ordinal), "x.md", 1);

        Assert.Equal(
            """
            a-story
              Because.
              from spec/vectors/get/some.json:1, source hand

            MIGRATION-STATUS-1: the title
              First.

              Second.

            LEGEND

            1. {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true}
               before:
                 enabled no, used no, migrating no, vCPUs 0
                 no slots
               after:
                 enabled no, used no, migrating no, vCPUs 0
                 slot 0: gfn 0x0, 2 pages, dirty log on
                   0x0                usage   ..
               result ok: as expected

            2. {"op":"start_migration"}
               before:
                 enabled no, used no, migrating no, vCPUs 0
                 slot 0: gfn 0x0, 2 pages, dirty log on
                   0x0                usage   ..
               after:
                 enabled no, used no, migrating yes, vCPUs 0
                 slot 0: gfn 0x0, 2 pages, dirty log on
                   0x0                usage   ..
               result ok: as expected

            3. {"op":"get","start_gfn":"0x0","count":1}
               struct in:  start_gfn 0x0, count 1, flags 0x0, remaining 0x0, values 0x100000
               struct out: as it went in
               memory unchanged
               result ENXIO: NOT as expected: result: expected EINVAL, got ENXIO
            """,
            string.Join('\n', Explanation.Of(vector, [clause], Reference)).Replace(MemoryPicture.Legend, "LEGEND", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_zero_bytes_and_set_show_the_struct_in_and_out()
    {
        Vector vector = Spec.Vector(
            "a-story",
            """{"op":"enable_cmma"}""",
            """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x2","dirty_log":true}""",
            """{"op":"get","start_gfn":"0x0","count":1,"flags":"0x1"}""",
            """{"op":"set","start_gfn":"0x0","count":1,"mask":"0x3000000","values":"01"}""",
            """{"op":"get","start_gfn":"0x0","count":9,"flags":"0x1"}""");
        string story = string.Join('\n', Explanation.Of(vector, [], Reference));

        Assert.Contains("struct out: 32 zero bytes\n   memory unchanged\n   result ok, 32 zero bytes: as expected", story, StringComparison.Ordinal);
        Assert.Contains("struct in:  start_gfn 0x0, count 1, flags 0x0, mask 0x3000000, values 0x100000\n   struct out: as it went in\n", story, StringComparison.Ordinal);
        Assert.Contains("struct out: start_gfn 0x0, count 2, flags 0x1, remaining 0x0, values 0x100000\n", story, StringComparison.Ordinal);
        Assert.Contains("result ok, start_gfn 0x0, count 2, remaining 0x0, values [01 00]: as expected", story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_that_the_reference_cannot_run_is_told_without_pictures() =>
        Assert.Equal(
            [
                "no pictures, and what must come back instead of what came: the reference does not offer large_memory",
                "",
                """1. {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x20000","dirty_log":true}""",
                "   must be ok",
            ],
            Explanation.Of(
                Spec.Vector("large", """{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x20000","dirty_log":true,"expect":{"result":"ok"}}"""),
                [],
                Reference)
                .TakeLast(4));

    [Fact]
    public void Every_real_vector_can_be_told_and_turns_out_as_expected()
    {
        Assert.All(Spec.Vectors, vector => Assert.DoesNotContain("NOT as expected", string.Join('\n', Explanation.Of(vector, Spec.Clauses, Reference)), StringComparison.Ordinal));
    }

    private static IImplementation Reference => Implementations.Find("reference");

    private static ReferenceMachine Run(params string[] operations)
    {
        ReferenceMachine machine = new();
        foreach (Step step in Spec.Trace(operations).Steps)
        {
            Runner.Run(machine, step.Operation);
        }

        return machine;
    }
}
