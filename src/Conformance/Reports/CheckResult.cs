using System.Collections.Generic;
using System.Linq;
using Cmma.Conformance.Running;

namespace Cmma.Conformance.Reports;

/// <summary>The verdicts of all vectors about one implementation.</summary>
/// <param name="Implementation">Its name, as the user gave it.</param>
/// <param name="Verdicts">In the order of the vectors.</param>
public sealed record CheckResult(string Implementation, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>How many vectors passed.</summary>
    public int Passed => Count(VerdictKind.Passed);

    /// <summary>How many failed.</summary>
    public int Failed => Count(VerdictKind.Failed);

    /// <summary>How many were skipped.</summary>
    public int Skipped => Count(VerdictKind.Skipped);

    /// <summary>The line that ends a report.</summary>
    public string Totals => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <summary>Runs the vectors, one new VM each.</summary>
    public static CheckResult Of(IReadOnlyList<Traces.Vector> vectors, IImplementation implementation)
    {
        System.ArgumentNullException.ThrowIfNull(implementation);
        return new CheckResult(implementation.Name, [.. vectors.Select(vector => Verdict.Of(vector, implementation))]);
    }

    private int Count(VerdictKind kind) => Verdicts.Count(verdict => verdict.Kind == kind);
}
