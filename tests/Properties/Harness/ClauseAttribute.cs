// SPDX-License-Identifier: MIT
using Xunit.v3;

namespace Cmma.Properties.Tests;

/// <summary>The clause that a property shows. A method with this attribute is a property of that clause; it may be one of several.
/// The test runner's trait Clause picks the properties of one: --filter-trait Clause=GET-BLOCK-4.</summary>
/// <param name="id">As in spec/clauses, such as GET-BLOCK-4.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>The clause's id.</summary>
    public string Id { get; } = id;

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Clause", Id)];
}
