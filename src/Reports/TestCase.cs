// SPDX-License-Identifier: MIT
using Cmma.Judging;

namespace Cmma.Reports;

/// <summary>One line of a report for a CI system: a vector, a proof, a kind of loss.</summary>
/// <param name="Suite">What it belongs to, such as "get/checks".</param>
/// <param name="Name">Its name within the report.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">One line: why it failed or was skipped; empty if it passed.</param>
public sealed record TestCase(string Suite, string Name, VerdictKind Kind, string Reason)
{
    /// <summary>Whether nobody could tell; then <see cref="Kind"/> is <see cref="VerdictKind.Failed"/>, and it counts as an error.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The file that defines it, from the root of the checkout; null if none does.</summary>
    public string? File { get; init; }

    /// <summary>The line of the file, from 1; 0 if it is not known.</summary>
    public int Line { get; init; }

    /// <summary>What a reader of a failure needs in addition to the reason, line by line.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
