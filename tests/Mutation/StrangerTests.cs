// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Mutation.Tests;

/// <summary>The mistakes of strangers fit the example in C, and what is missed of them is told.</summary>
public sealed class StrangerTests
{
    private static readonly string Root = Path.GetDirectoryName(SpecFolder.Find().Path)!;

    private static readonly IReadOnlyList<Stranger> All = Stranger.Read(Root);

    [Fact]
    public void There_are_a_hundred_and_each_is_another_source()
    {
        string source = File.ReadAllText(Path.Combine(Root, Stranger.Source));
        Assert.Equal(100, All.Count);
        Assert.Equal(100, All.Select(stranger => stranger.In(source)).Append(source).Distinct(StringComparer.Ordinal).Count() - 1);
    }

    [Fact]
    public void A_mistake_that_no_vector_catches_is_a_hole() =>
        Assert.Equal([$"stranger {All[3].Name}: no vector fails"], StrangerFate.Holes(Fates(missedByAll: [3], missedByCore: [3])));

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    public void The_core_suite_may_miss_five_of_a_hundred(int missed, int holes) =>
        Assert.Equal(holes, StrangerFate.Holes(Fates([], [.. Enumerable.Range(0, missed)])).Count);

    [Fact]
    public void The_page_names_what_the_core_suite_misses()
    {
        string page = StrangerFate.Markdown(Fates([1], [1, 2]));
        Assert.Contains("All vectors catch 99 of them, the core suite 98.", page, StringComparison.Ordinal);
        Assert.Contains($"- {All[1].Name}: by none. {All[1].What}", page, StringComparison.Ordinal);
        Assert.Contains($"- {All[2].Name}: not by the core suite, but by a-vector. {All[2].What}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_whose_text_is_gone_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (string file in (string[])["mutation/strangers.json", Stranger.Source])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.Copy(Path.Combine(Root, file), Path.Combine(folder, file));
            }

            string source = Path.Combine(folder, Stranger.Source);
            File.WriteAllText(source, File.ReadAllText(source).Replace(All[0].Changes[0].Old, "", StringComparison.Ordinal));
            Assert.StartsWith($"mutation/strangers.json: '{All[0].Name}' changes a text that does not occur once", Assert.Throws<InputException>(() => Stranger.Read(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StrangerFate[] Fates(int[] missedByAll, int[] missedByCore) =>
        [.. All.Select((stranger, index) => new StrangerFate(stranger, missedByAll.Contains(index) ? [] : ["a-vector"], !missedByCore.Contains(index)))];
}
