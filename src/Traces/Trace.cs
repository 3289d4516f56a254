// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>A new VM, operations, and what must come back from each.</summary>
/// <param name="HostHasCmma">A fixed fact about the host.</param>
/// <param name="Steps">In order.</param>
public sealed record Trace(bool HostHasCmma, IReadOnlyList<Step> Steps)
{
    /// <summary>Its JSON.</summary>
    public override string ToString() => TraceWriter.Trace(this);
}

/// <summary>One operation of a trace.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Expect">What must come back; null: anything.</param>
/// <param name="Line">The line in the file it came from; 0 where it came from no file.</param>
public sealed record Step(Operation Operation, Expectation? Expect = null, int Line = 0);

/// <summary>A trace with a name and what it shows.</summary>
/// <param name="Id">A sentence as a slug; never reused.</param>
/// <param name="Clauses">The clauses it shows.</param>
/// <param name="Why">How the expected values follow from them.</param>
/// <param name="Profiles">Where it holds.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Capabilities">What an implementation must be able to do, sorted.</param>
/// <param name="Trace">The operations.</param>
/// <param name="File">The file, relative to the folder of vectors.</param>
/// <param name="Line">Where it begins in the file.</param>
public sealed record Vector(
    string Id,
    IReadOnlyList<string> Clauses,
    string Why,
    IReadOnlyList<string> Profiles,
    string Source,
    IReadOnlyList<Capability> Capabilities,
    Trace Trace,
    string File,
    int Line);
