// SPDX-License-Identifier: MIT
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;

namespace Cmma.Properties.Tests;

public sealed class MigrationStatusProperties : MachineProperties
{
    [ClauseProperty("MIGRATION-STATUS-1", AtLeast = 100)]
    public Property The_answer_is_yes_while_migration_mode_is_on(Trace trace) => ForAll<Seen<Operation.MigrationStatus>>(
        trace,
        when: seen => seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.Status && seen.ChangesNothing);

    [ClauseProperty("MIGRATION-STATUS-1", AtLeast = 50)]
    public Property The_answer_is_no_while_it_is_off(Trace trace) => ForAll<Seen<Operation.MigrationStatus>>(
        trace,
        when: seen => !seen.Before.Migrating,
        must: seen => seen.Succeeds && !seen.Status && seen.ChangesNothing);
}
