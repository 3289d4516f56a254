// SPDX-License-Identifier: MIT
using Cmma.Reports;
using Cmma.Traces;
using Cmma.Traces.Clauses;

namespace Cmma.Properties.Tests;

public sealed class CoverageTests
{
    private static readonly IReadOnlyList<CoverageRow> Rows = Coverage.Of(SpecFolder.Find());

    [Fact]
    public void No_cell_of_the_square_of_traceability_is_empty() => Assert.Empty(CoverageReport.Empty(Rows));

    [Fact]
    public void At_most_5_percent_of_the_cells_hold_a_reason() =>
        Assert.InRange(CoverageReport.Reasons(Rows).Count, 0, Rows.Count * Coverage.Kinds.Count / 20);

    [Fact]
    public void No_cell_holds_a_check_and_a_reason_why_there_is_none() =>
        Assert.DoesNotContain(Rows.SelectMany(row => row.Cells), cell => cell.Shows.Count > 0 && cell.Reason != null);

    [Fact]
    public void Every_property_cites_clauses_that_exist() => Assert.Empty(Cited.Except(Rows.Select(row => row.Clause.Id), StringComparer.Ordinal));

    [Fact]
    public void Every_property_of_this_program_is_found_in_its_source() =>
        Assert.Empty(Cited.Except(Rows.Where(row => row.Cells[1].Shows.Count > 0).Select(row => row.Clause.Id), StringComparer.Ordinal));

    private static IEnumerable<string> Cited => ClauseProperty.All.SelectMany(property => property.Clauses);
}
