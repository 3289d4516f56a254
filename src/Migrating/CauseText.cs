using System;
using System.Linq;
using Cmma.Kernels.Bugs;

namespace Cmma.Migrating;

/// <summary>A cause in a sentence.</summary>
public static class CauseText
{
    /// <summary>What a caller sees of it, or what the consumer does not do.</summary>
    public static string Of(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause.Of == CauseOf.Consumer ? Left(cause.Step)
            : KnownBugs.All.FirstOrDefault(bug => bug.Id == cause.Name)?.What
            ?? OtherBugs.All.FirstOrDefault(bug => bug.Id == cause.Name)?.Name
            ?? Fact(cause.Name);
    }

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
        "create, LOG_DIRTY on" => "A slot that is created while migrating is not tracked behind the end of the bitmap.",
        "PGSTE values belong to" => "Attributes belong to the memory of the process, and outlive the slot.",
        _ => $"See \"{name}\" in docs/kernels.md.",
    };
}
