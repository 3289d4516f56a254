// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>What each consumer loses on a machine that keeps the contract, and what with one step left out.</summary>
public sealed class ConsumerTests
{
    public static TheoryData<ConsumerSteps> Steps { get; } = [.. Consumer.EachStep];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Careful_loses_nothing_on_the_contract_with_resets_and_changes_of_slots(ulong seed)
    {
        LossReport report = Migrations.Search("reference", "reference", Consumer.Careful, seed, LossSearch.Scripts);

        Assert.Equal("", string.Join('\n', report.Losses));
        Assert.Equal(LossSearch.Scripts, report.Migrations);
    }

    [Fact]
    public void Careful_loses_nothing_from_one_implementation_of_the_contract_to_the_other()
    {
        Assert.Empty(Migrations.Search("reference", "optimized", Consumer.Careful).Losses);
        Assert.Empty(Migrations.Search("optimized", "reference", Consumer.Careful).Losses);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Careful_without_one_of_its_steps_loses_something_by_just_that(ConsumerSteps left)
    {
        LossReport report = Migrations.Search("reference", "reference", Consumer.Careful with { Steps = ConsumerSteps.All & ~left });

        Assert.NotEmpty(report.Losses);
        Assert.All(report.Losses, loss => Assert.Equal([Cause.Left(left)], loss.Cause.All));
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("optimized")]
    public void Two_gets_at_once_leave_a_stale_page(string machine)
    {
        Loss loss = Assert.Single(Migrations.Search(machine, machine, Consumer.Overlapping).Losses);

        Assert.Equal((LossKind.Stale, "H6"), (loss.Kind, loss.Cause.ToString()));
        Assert.Contains(loss.Migration.Outgoing.Steps, step => step.ReturnedLate);
    }

    // Pages 0 and 100, a pass between, so that QEMU remembers page 101; then page 0 alone is dirty.
    [Fact]
    public void Qemu_loses_a_page_below_the_remembered_one_where_the_search_does_not_wrap()
    {
        Trace script = Migrations.Script(
            new Operation.Essa(0, 0),
            new Operation.StartMigration(),
            new Operation.MigrationStatus(),
            new Operation.Essa(100, 1),
            new Operation.MigrationStatus(),
            new Operation.Essa(0, 2));

        Migration onLinux = Migrations.Trial("kernel:6.12", "kernel:6.12", Consumer.Qemu).Run(script);
        Migration onContract = Migrations.Trial("reference", "reference", Consumer.Qemu).Run(script);

        Assert.Equal([new PageLoss(LossKind.Lost, 0, AtSource: 1, AtTarget: 0)], onLinux.Pages);
        Assert.Equal([0UL, 256UL, 101UL], Starts(onLinux));
        Assert.Empty(onContract.Pages);
        Assert.Equal([0UL, 256UL, 101UL], Starts(onContract));
    }

    [Fact]
    public void The_remembered_gfn_survives_a_migration_that_is_given_up()
    {
        Trace script = Migrations.Script(
            new Operation.Essa(0, 2),
            new Operation.StartMigration(),
            new Operation.MigrationStatus(),
            new Operation.Essa(100, 1),
            new Operation.MigrationStatus(),
            new Operation.StopMigration(),
            new Operation.StartMigration());

        Migration migration = Migrations.Trial("kernel:6.12", "kernel:6.12", Consumer.Qemu).Run(script);

        Assert.Equal([0UL, 256UL, 101UL, 101UL], Starts(migration)); // one block up to the end of memory, then nothing above it
        Assert.Equal([new PageLoss(LossKind.Lost, 0, AtSource: 1, AtTarget: 0)], migration.Pages);
        Assert.DoesNotContain(migration.Outgoing.Blocks, block => block.Holds(0)); // not even once
    }

    [Fact]
    public void A_set_with_a_mask_of_nothing_sets_Used_and_changes_no_page()
    {
        Trace script = Migrations.Script(new Operation.StartMigration(), new Operation.Essa(0, 2));

        Migration migration = Migrations.Trial("kernel:7.2", "kernel:7.2", Consumer.Careful).Run(script);

        Assert.Empty(migration.Pages);
        Assert.Equal(1, migration.Outgoing.Slots[0].Pages[0].Attributes);
        Assert.Contains(migration.Outgoing.Steps, step => step is { ByConsumer: true, Operation: Operation.Set { Mask: 0 } });
    }

    private static ulong[] Starts(Migration migration) => [.. migration.Outgoing.Steps.Where(step => step.ByConsumer)
        .Select(step => step.Operation).OfType<Operation.Get>().Where(get => get.Flags == 0).Select(get => get.StartGfn)];
}
