// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Migrating;

/// <summary>What a consumer does beyond the bare calls, so that nothing is lost on a machine that keeps the contract.</summary>
[Flags]
public enum ConsumerSteps
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It sets Used before it starts migration mode, by a SET whose mask selects nothing (hazard H3).</summary>
    SetsUsed = 1,

    /// <summary>It stops and starts again after a clear (hazard H2).</summary>
    RestartsAfterClear = 2,

    /// <summary>It stops and starts again after a SET (hazard H2).</summary>
    RestartsAfterSet = 4,

    /// <summary>It stops and starts again after a change of slots (hazard H5).</summary>
    RestartsAfterSlotChange = 8,

    /// <summary>It goes on until remaining is 0, whatever the count.</summary>
    GoesOnUntilNothingRemains = 16,

    /// <summary>It begins no GET before the one before it has returned (hazard H6).</summary>
    HasOneGetAtATime = 32,

    /// <summary>All of them.</summary>
    All = 63,
}

/// <summary>How a consumer calls GET and SET.</summary>
public enum ConsumerLoop
{
    /// <summary>GET from page 0 on; the target SETs each block as it comes.</summary>
    Plain = 0,

    /// <summary>QEMU's: a remembered gfn, a PEEK behind each GET, one buffer at the target.</summary>
    Qemu = 1,
}

/// <summary>The program on both sides of a migration.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Loop">How it calls.</param>
/// <param name="Steps">What it does so that nothing is lost.</param>
public sealed record Consumer(string Name, ConsumerLoop Loop, ConsumerSteps Steps)
{
    /// <summary>QEMU's loop, in our own words: docs/migrations.md.</summary>
    public static Consumer Qemu { get; } = new("qemu", ConsumerLoop.Qemu, ConsumerSteps.HasOneGetAtATime);

    /// <summary>The shortest loop that loses nothing on a machine that keeps the contract.</summary>
    public static Consumer Careful { get; } = new("careful", ConsumerLoop.Plain, ConsumerSteps.All);

    /// <summary>As careful, but with two GETs at once.</summary>
    public static Consumer Overlapping { get; } = new("overlapping", ConsumerLoop.Plain, ConsumerSteps.All & ~ConsumerSteps.HasOneGetAtATime);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Consumer> Every { get; } = [Qemu, Careful, Overlapping];

    /// <summary>Each step alone, in the order of their hazards.</summary>
    public static IReadOnlyList<ConsumerSteps> EachStep { get; } =
        [.. Enum.GetValues<ConsumerSteps>().Where(step => step is not (ConsumerSteps.None or ConsumerSteps.All))];

    /// <summary>Whether it has a step.</summary>
    public bool Has(ConsumerSteps step) => (Steps & step) == step;

    /// <summary>The consumer of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Consumer Find(string name) => Every.FirstOrDefault(consumer => consumer.Name == name)
        ?? throw new InputException($"unknown consumer '{name}'; there is: {string.Join(", ", Every.Select(consumer => consumer.Name))}");
}
