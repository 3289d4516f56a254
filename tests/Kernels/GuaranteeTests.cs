// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Cmma.Kernels.Tests;

/// <summary>docs/kernels.md: which kernel breaks which guarantee about one step, and by what trace.</summary>
public sealed class GuaranteeTests
{
    private static readonly Lazy<IReadOnlyList<GuaranteeTable.Row>> Rows = new(() => GuaranteeTable.Of(Linux.Versions, Known.Vectors));

    [Fact]
    public void The_table_is_what_the_machines_do()
    {
        string computed = GuaranteeTable.Markdown(Rows.Value);
        string text = File.ReadAllText(Path.Combine(Known.Root, "docs", "kernels.md"));
        if (!text.Contains(computed, StringComparison.Ordinal))
        {
            string written = Path.Combine(Known.Root, "artifacts", "kernels-guarantees.md");
            File.WriteAllText(written, computed);
            Assert.Fail($"the table of guarantees in docs/kernels.md is not what the machines do; what they do is in {written}");
        }
    }

    [Fact]
    public void No_operation_of_a_trace_can_be_left_out() => Assert.All(Rows.Value, row => Assert.All(
        GuaranteeTable.OneLess(row.Trace),
        shorter => Assert.All(row.Kernels, kernel => Assert.False(GuaranteeTable.Breaks(Kernel(kernel), shorter, row.Guarantee)))));

    [Fact]
    public void The_contract_breaks_none_in_these_traces() =>
        Assert.All(Rows.Value, row => Assert.False(GuaranteeTable.Breaks(row.Trace, row.Guarantee)));

    [Theory]
    [InlineData("6.12", "G3", "wrap-around")]
    [InlineData("6.12", "G11", "L2")]
    [InlineData("6.12", "G7", "L15")]
    public void A_kernel_without_its_deviation_has_another_row(string name, string guarantee, string deviation)
    {
        LinuxVersion mended = new(name, host =>
        {
            KernelVm vm = Kernel(name)(host);
            vm.SwitchedOff = ImmutableHashSet.Create(StringComparer.Ordinal, deviation);
            return vm;
        });

        Assert.Contains(Rows.Value, row => row.Guarantee == guarantee && row.Kernels.Contains(name, StringComparer.Ordinal));
        Assert.DoesNotContain(guarantee, GuaranteeTable.BrokenBy(mended, Known.Vectors).Select(each => each.Guarantee));
    }

    private static Func<bool, KernelVm> Kernel(string name) => Linux.Versions.Single(version => version.Name == name).NewVm;
}
