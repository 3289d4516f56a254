using System;
using System.Collections.Generic;
using System.Linq;
using Cmma.Conformance;
using Cmma.Conformance.Clauses;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class CoverageTests
{
    private static readonly IReadOnlyList<Clause> Clauses = ClauseFolder.Read(SpecFolder.Find().Clauses);

    [Fact]
    public void Every_clause_has_a_property_or_a_reason_why_not() => Assert.Empty(
        Clauses.Where(clause => !clause.Reasons.ContainsKey("property")).Select(clause => clause.Id).Except(Cited, StringComparer.Ordinal));

    [Fact]
    public void No_clause_has_a_property_and_a_reason_why_not() => Assert.Empty(
        Clauses.Where(clause => clause.Reasons.ContainsKey("property")).Select(clause => clause.Id).Intersect(Cited, StringComparer.Ordinal));

    [Fact]
    public void Every_property_cites_clauses_that_exist() => Assert.Empty(Cited.Except(Clauses.Select(clause => clause.Id), StringComparer.Ordinal));

    private static IEnumerable<string> Cited => ClauseProperty.All.SelectMany(property => property.Clauses);
}
