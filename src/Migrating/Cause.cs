// SPDX-License-Identifier: MIT
using System.Collections.Frozen;

namespace Cmma.Migrating;

/// <summary>Who a cause belongs to.</summary>
public enum CauseOf
{
    /// <summary>The source deviates from the contract.</summary>
    Source = 0,

    /// <summary>The target deviates from the contract.</summary>
    Target = 1,

    /// <summary>The consumer leaves out a step.</summary>
    Consumer = 2,
}

/// <summary>Something that, switched off or done, makes a loss go away.</summary>
/// <param name="Of">Whose.</param>
/// <param name="Name">The deviation by its number or the name of its fact; of a consumer the hazard.</param>
/// <param name="Step">The step that a consumer leaves out.</param>
public sealed record Cause(CauseOf Of, string Name, ConsumerSteps Step = ConsumerSteps.None)
{
    /// <summary>A step that a consumer leaves out.</summary>
    public static Cause Left(ConsumerSteps step) => new(CauseOf.Consumer, Hazard(step), step);

    /// <summary>As in a table.</summary>
    public override string ToString() => Of == CauseOf.Target ? $"{Shown} at the target" : Shown;

    /// <summary>The smaller, the better it explains a loss: 0 a known bug, 1 a fact, 2 what the consumer leaves out.</summary>
    internal int Rank => Of == CauseOf.Consumer ? 2 : IsNumbered ? 0 : 1;

    private string Shown => Of == CauseOf.Consumer || IsNumbered ? Name : $"fact \"{Name}\"";

    // the name of a fact has blanks in it or a lower-case letter in front; numbers of known bugs have neither
    private bool IsNumbered => Name.Length > 1 && char.IsAsciiLetterUpper(Name[0]) && char.IsAsciiDigit(Name[1]);

    private static string Hazard(ConsumerSteps step) => step switch
    {
        ConsumerSteps.SetsUsed => "H3",
        ConsumerSteps.RestartsAfterClear => "H2 (clear)",
        ConsumerSteps.RestartsAfterSet => "H2 (SET)",
        ConsumerSteps.RestartsAfterSlotChange => "H5",
        ConsumerSteps.GoesOnUntilNothingRemains => "ends while pages remain",
        ConsumerSteps.HasOneGetAtATime => "H6",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}

/// <summary>Causes that are taken away together.</summary>
/// <param name="All">In the order in which they are preferred.</param>
public sealed record CauseSet(IReadOnlyList<Cause> All)
{
    /// <summary>None.</summary>
    public static CauseSet None { get; } = new([]);

    /// <summary>The deviations of the source among them.</summary>
    public FrozenSet<string> Source { get; } = Names(All, CauseOf.Source);

    /// <summary>The deviations of the target among them.</summary>
    public FrozenSet<string> Target { get; } = Names(All, CauseOf.Target);

    /// <summary>The steps of the consumer among them.</summary>
    public ConsumerSteps Steps { get; } = All.Aggregate(ConsumerSteps.None, (steps, cause) => steps | cause.Step);

    /// <summary>As in a table.</summary>
    public override string ToString() => All.Count == 0 ? "unexplained" : string.Join(" with ", All);

    /// <summary>That of the cause that explains least.</summary>
    internal int Rank => All.Count == 0 ? int.MaxValue : All.Max(cause => cause.Rank);

    /// <inheritdoc/>
    public bool Equals(CauseSet? other) => other != null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);

    private static FrozenSet<string> Names(IEnumerable<Cause> causes, CauseOf of) =>
        causes.Where(cause => cause.Of == of).Select(cause => cause.Name).ToFrozenSet(StringComparer.Ordinal);
}
