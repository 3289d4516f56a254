// SPDX-License-Identifier: MIT
namespace Cmma.Measures;

/// <summary>A row of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Measured">How much it is, with its unit.</param>
/// <param name="Against">The baseline of the same run and its value; empty where there is none.</param>
/// <param name="Value">The ratio, or the figure itself.</param>
/// <param name="Reach">The target, or null if there is none.</param>
public sealed record Figure(string Name, string Measured, string Against, double Value, Reach? Reach)
{
    /// <summary>Whether it meets the target; null where there is none.</summary>
    public bool? Met => Reach?.IsMetBy(Value);
}

/// <summary>The target of a figure.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="AtMost">It may not be above the bound; else not below.</param>
/// <param name="Unit">Of the bound, empty for a ratio.</param>
public sealed record Reach(double Bound, bool AtMost = false, string Unit = "")
{
    /// <summary>Whether a value is on the right side.</summary>
    public bool IsMetBy(double value) => AtMost ? value <= Bound : value >= Bound;
}

/// <summary>A machine, a VM or whatever else a figure needs, and the figures that it gives.</summary>
public interface IMeasure
{
    /// <summary>What it is about, for progress.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    IEnumerable<Figure> Run();
}
