// SPDX-License-Identifier: MIT
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class StopMigrationProperties : MachineProperties
{
    [ClauseProperty("STOP-MIGRATION-1", AtLeast = 100)]
    public Property If_it_is_off_nothing_changes(Trace trace) => ForAll<Seen<Operation.StopMigration>>(
        trace,
        when: seen => !seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing);

    [ClauseProperty("STOP-MIGRATION-2", AtLeast = 100)]
    public Property It_goes_off_and_no_page_is_dirty(Trace trace) => ForAll<Seen<Operation.StopMigration>>(
        trace,
        when: seen => seen.Before is { Migrating: true, AnyDirty: true },
        must: seen => seen.SucceedsWith(seen.Before.WithMigrationStopped()));
}
