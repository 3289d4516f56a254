using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class MigrationStatusProperties : MachineProperties
{
    [Fact]
    [Clause("MIGRATION-STATUS-1")]
    public void The_answer_is_yes_while_migration_mode_is_on() => Always<Seen<Operation.MigrationStatus>>(
        when: seen => seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.Status && seen.ChangesNothing,
        atLeast: 100);

    [Fact]
    [Clause("MIGRATION-STATUS-1")]
    public void The_answer_is_no_while_it_is_off() => Always<Seen<Operation.MigrationStatus>>(
        when: seen => !seen.Before.Migrating,
        must: seen => seen.Succeeds && !seen.Status && seen.ChangesNothing,
        atLeast: 50);
}
