// SPDX-License-Identifier: MIT
using FsCheck.Xunit;

namespace Cmma.Generators;

#pragma warning disable xUnit3003 // FsCheck's attribute takes no source position to hand on
/// <summary>FsCheck's Property with the seed and the number of cases of <see cref="TestRun"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class SeededPropertyAttribute : PropertyAttribute
{
    /// <summary>Both can be given here all the same, as FsCheck takes them.</summary>
    public SeededPropertyAttribute()
    {
        Replay = TestRun.Replay;
        MaxTest = TestRun.Cases;
    }

    /// <summary>Asks only this part of the cases, for a property that takes long: 10 is a tenth.</summary>
    public int PartOfCases
    {
        get => TestRun.Cases / MaxTest;
        set => MaxTest = Math.Max(1, TestRun.Cases / value);
    }
}

/// <summary>A property of traces: <see cref="OrdinaryTraces"/> or another kind.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class TracePropertyAttribute : SeededPropertyAttribute
{
    /// <summary>About <see cref="OrdinaryTraces"/>.</summary>
    public TracePropertyAttribute() => Traces = typeof(OrdinaryTraces);

    /// <summary>The kind of traces: a class with an Arbitrary of <see cref="Cmma.Traces.Trace"/>.</summary>
    public Type Traces
    {
        get => Arbitrary[0];
        set => Arbitrary = [value];
    }
}
#pragma warning restore xUnit3003
