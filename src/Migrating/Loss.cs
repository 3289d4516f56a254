// SPDX-License-Identifier: MIT
namespace Cmma.Migrating;

/// <summary>What can go wrong in a migration.</summary>
public enum LossKind
{
    /// <summary>A page whose change was never sent: its mark is still there at the end, or it was in no block.</summary>
    Lost = 0,

    /// <summary>A page that has an older value at the target: it was sent too early, or overwritten.</summary>
    Stale = 1,

    /// <summary>A page that has a value at the target that it never had at the source.</summary>
    Wrong = 2,

    /// <summary>A pass that does not end.</summary>
    Endless = 3,

    /// <summary>A call that fails, so that the migration does.</summary>
    Failed = 4,
}

/// <summary>A page that differs at the end.</summary>
/// <param name="Kind">How.</param>
/// <param name="Gfn">Which.</param>
/// <param name="AtSource">Its attributes at the source.</param>
/// <param name="AtTarget">Its attributes at the target.</param>
public sealed record PageLoss(LossKind Kind, ulong Gfn, byte AtSource, byte AtTarget);
