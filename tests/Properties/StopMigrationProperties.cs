using Cmma.Traces;
using Xunit;

namespace Cmma.Properties.Tests;

public sealed class StopMigrationProperties : MachineProperties
{
    [Fact]
    [Clause("STOP-MIGRATION-1")]
    public void If_it_is_off_nothing_changes() => Always<Seen<Operation.StopMigration>>(
        when: seen => !seen.Before.Migrating,
        must: seen => seen.Succeeds && seen.ChangesNothing,
        atLeast: 100);

    [Fact]
    [Clause("STOP-MIGRATION-2")]
    public void It_goes_off_and_no_page_is_dirty() => Always<Seen<Operation.StopMigration>>(
        when: seen => seen.Before is { Migrating: true, AnyDirty: true },
        must: seen => seen.SucceedsWith(seen.Before.WithMigrationStopped()),
        atLeast: 100);
}
