// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Xml.Linq;
using Cmma.Abi;
using Cmma.Measures;
using Cmma.Optimized;

namespace Cmma.Cli.Tests;

/// <summary>What cmma bench writes, and that it compares like with like. The figures themselves are not tested.</summary>
public sealed class BenchTests
{
    private static readonly Figure[] Figures = [
        new("GET", "0.20 ns a page", "copying: 0.10 ns a page", 0.5, new Reach(0.5)),
        new("SET", "0.30 ns a page", "copying: 0.10 ns a page", 0.333, new Reach(0.5)),
        new("VM", "12.0 ms", "", 12, new Reach(10, AtMost: true, " ms")),
        new("ESSA", "3.00 million a second", "", 3e6, null),
    ];

    [Fact]
    public void A_figure_that_misses_its_target_is_marked() => Assert.Equal(
        [
            "figure  measured               baseline                 ratio  target           met",
            "GET     0.20 ns a page         copying: 0.10 ns a page  0.50   at least 0.50    yes",
            "SET     0.30 ns a page         copying: 0.10 ns a page  0.33   at least 0.50    NO",
            "VM      12.0 ms                                                at most 10.0 ms  NO",
            "ESSA    3.00 million a second",
        ],
        FigureTable.Pretty(Figures));

    [Fact]
    public void A_table_that_does_not_fit_has_a_line_for_each_cell()
    {
        Assert.Equal(FigureTable.Pretty(Figures), FigureTable.Pretty(Figures, 90));
        Assert.Equal(
            ["GET", "  measured 0.20 ns a page", "  baseline copying: 0.10 ns a page", "  ratio 0.50", "  target at least 0.50", "  met yes"],
            FigureTable.Pretty(Figures, 40).Take(6));
        Assert.Equal(["ESSA", "  measured 3.00 million a second"], FigureTable.Pretty(Figures, 40).TakeLast(2));
    }

    [Fact]
    public void Markdown_has_a_row_for_each() =>
        Assert.Equal("| SET | 0.30 ns a page | copying: 0.10 ns a page | 0.33 | at least 0.50 | NO |", FigureTable.Markdown(Figures).ElementAt(3));

    [Fact]
    public void Json_has_the_machine_and_the_figures()
    {
        using JsonDocument json = JsonDocument.Parse(FigureTable.Json(Figures, "some machine"));

        Assert.Equal("some machine", json.RootElement.GetProperty("machine").GetString());
        Assert.Equal([true, false, false], json.RootElement.GetProperty("figures").EnumerateArray().Take(3).Select(figure => figure.GetProperty("met").GetBoolean()));
        Assert.False(json.RootElement.GetProperty("figures")[3].TryGetProperty("met", out _));
    }

    [Fact]
    public void The_median_leaves_out_what_was_disturbed() => Assert.Equal(2, Meter.Median([1, 900, 2, 2, 1]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void The_kernels_way_answers_what_the_optimized_machine_answers(int distance)
    {
        const int pages = 70_000;
        using OptimizedMachine machine = Guest.Of(pages);
        KernelsWay kernels = new(pages);
        KernelsWay gated = new(pages, isGated: true);
        Client client = new(60_000);
        machine.StartMigration();
        Guest.Drain(client, machine.Get);
        Guest.Mark(machine, pages, distance);
        kernels.Mark(distance);
        gated.Mark(distance);

        KvmS390CmmaLog answer;
        int calls = 0;
        do
        {
            answer = client.Call(kernels.Get, startGfn: 5);
            Assert.Equal(answer, client.Call(gated.Get, startGfn: 5));
            Assert.Equal(answer, client.Call(machine.Get, startGfn: 5));
            calls++;
        }
        while (answer.RemainingOrMask != 0);
        Assert.Equal(distance > 16 ? (pages + distance - 1) / distance : 3, calls);
    }

    [Fact]
    public void A_curve_tells_the_power_with_which_its_time_grows()
    {
        ScalingCurve square = Curve(size => size * size, size => size);

        Assert.Equal(2, square.Exponent, 6);
        Assert.Equal(1, square.WorkExponent, 6);
        Assert.True(square.GrowsFasterThanItsWork);
        Assert.False(Curve(size => size, size => size).GrowsFasterThanItsWork);
        Assert.False(Curve(_ => 1, size => size).GrowsFasterThanItsWork);
    }

    [Fact]
    public void Bars_grow_with_the_logarithm_of_the_time() => Assert.Equal(
        [
            "GET: time grows with pages^1.00, copying with pages^0.00: FASTER THAN ITS WORK",
            "     1 pages   1.00 ms  #",
            "    32 pages   32.0 ms  #####################",
            "  2^10 pages  1,024 ms  ########################################",
        ],
        ScalingDrawing.Pretty([Curve(size => size, _ => 1)]));

    [Fact]
    public void A_drawing_has_a_line_for_each_curve_and_its_exponents()
    {
        XDocument svg = XDocument.Parse(ScalingDrawing.Svg([Curve(size => size, size => size), Curve(_ => 1, _ => 1)], "a <machine>"));

        XName line = XName.Get("polyline", "http://www.w3.org/2000/svg");
        string[] points = [.. svg.Descendants(line).Skip(2).Select(each => each.Attribute("points")!.Value)];
        Assert.Equal(["60.0,370.0 280.0,195.0 500.0,20.0", "60.0,370.0 280.0,370.0 500.0,370.0"], points);
        Assert.Contains("GET: pages^1.00 (copying: ^1.00)", svg.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("a <machine>", svg.Root.Value, StringComparison.Ordinal);
    }

    private static ScalingCurve Curve(Func<double, double> time, Func<double, double> work) =>
        new("GET", "pages", "copying", [.. new double[] { 1, 32, 1024 }.Select(size => new ScalingPoint(size, work(size), time(size) / 1000))]);
}
