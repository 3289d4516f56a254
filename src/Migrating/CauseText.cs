// SPDX-License-Identifier: MIT
using Cmma.Kernels.Bugs;

namespace Cmma.Migrating;

/// <summary>A cause in a sentence.</summary>
public static class CauseText
{
    /// <summary>What a caller sees of it, or what the consumer does not do.</summary>
    public static string Of(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.Of == CauseOf.Consumer ? Left(cause.Step) : Bug(cause.Name) ?? Fact(cause.Name);
    }

    // Those without a sentence of their own for a caller have one here.
    private static string? Bug(string id) => id switch
    {
        "L6" => Bug("B21b"), // the same, by its other number
        "B20a" => "Start counts every page of the slots in remaining, and marks only pages that have a table.",
        _ => KnownBugs.All.FirstOrDefault(bug => bug.Id == id)?.What ?? OtherBugs.All.FirstOrDefault(bug => bug.Id == id)?.Name,
    };

    private static string Left(ConsumerSteps step) => step switch
    {
        ConsumerSteps.SetsUsed => "Nobody set Used before the start: GET answers zeros though pages are dirty.",
        ConsumerSteps.RestartsAfterClear => "A clear while migrating changes attributes that are not sent again, and the consumer does not start anew.",
        ConsumerSteps.RestartsAfterSet => "A SET while migrating changes attributes that are not sent again, and the consumer does not start anew.",
        ConsumerSteps.RestartsAfterSlotChange => "A slot that is created, moved or deleted while migrating resets attributes that are not sent again, and the consumer does not start anew.",
        ConsumerSteps.GoesOnUntilNothingRemains => "The consumer ends a pass though remaining is above 0.",
        ConsumerSteps.HasOneGetAtATime => "Of two GETs at once the one that took its block first returned last.",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    // Rows of docs/kernels.md.
    private static string Fact(string name) => name switch
    {
        "wrap-around" => "GET searches below its start only if that is behind the highest slot.",
        "delete" => "A slot that goes leaves its marks behind.",
        "move" => "The marks of a slot move along with it, and no page is marked anew.",
        "create, LOG_DIRTY on" => "A page behind the end of the bitmap is not tracked, as those of a slot that is created while migrating.",
        "PGSTE values belong to" => "Attributes belong to the memory of the process, and outlive the slot.",
        _ => $"See \"{name}\" in docs/kernels.md.",
    };
}
