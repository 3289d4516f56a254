// SPDX-License-Identifier: MIT
using Cmma.Catalogue.Bugs;
using Cmma.Reports;
using Cmma.Traces;

namespace Cmma.Cli.Tests;

/// <summary>Which clause is named above the table of clauses that fail.</summary>
public sealed class BestExplanationTests
{
    [Theory]
    [InlineData("GET-BLOCK-4", 10, 3, "GET-BLOCK-4", 20, 80, "GET-BLOCK-4")]
    [InlineData("GET-BLOCK-4", 8, 0, "GET-BLOCK-4", 20, 80, null)] // too few of the failures
    [InlineData("GET-BLOCK-4", 10, 100, "GET-BLOCK-4", 20, 80, "GET-BLOCK-4")]
    [InlineData("GET-BLOCK-4", 10, 101, "GET-BLOCK-4", 20, 80, null)] // far more vectors deny it
    [InlineData("H5", 10, 0, "CREATE-SLOT-3", 7, 8, null)] // the clause of an operation says where to look
    [InlineData("G4", 10, 0, "G4", 7, 8, "G4")] // no such clause failed
    [InlineData("GET-BLOCK-8", 10, 5, "GET-ANSWER-3", 104, 104, null)] // some of its vectors pass, and none of the other's
    [InlineData("GET-BLOCK-8", 10, 0, "GET-ANSWER-3", 104, 104, "GET-BLOCK-8")]
    [InlineData("GET-BLOCK-8", 10, 5, "GET-ANSWER-3", 100, 104, "GET-BLOCK-8")]
    public void A_clause_is_named_that_nothing_says_more_than(string clause, int explained, int denied, string first, int failed, int judged, string? named) => Assert.Equal(
        named,
        CheckPretty.BestExplanation([new MutantMatch(clause, new Vector[explained], 10, new Vector[denied])], new ClauseFailures(first, failed, judged), 10)?.Clause);
}
