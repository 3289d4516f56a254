// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>Causes are found by switching deviations off.</summary>
public sealed class CauseTests
{
    [Theory]
    [InlineData("kernel:6.12", "qemu", LossKind.Lost, "fact \"wrap-around\"")]
    [InlineData("kernel:7.0", "qemu", LossKind.Lost, "B20b")]
    [InlineData("kernel:7.0", "careful", LossKind.Wrong, "B21")]
    [InlineData("kernel:7.2", "careful", LossKind.Stale, "L6")]
    [InlineData("kernel:7.2", "qemu", LossKind.Stale, "L6")]
    [InlineData("kernel:4.13", "careful", LossKind.Lost, "B2")]
    [InlineData("kernel:4.18", "careful", LossKind.Failed, "B6")]
    [InlineData("kernel:5.16", "careful", LossKind.Endless, "B13")]
    [InlineData("bug:B20b", "qemu", LossKind.Lost, "B20b")]
    [InlineData("reference", "qemu", LossKind.Stale, "H2 (clear)")]
    public void A_loss_has_its_cause_and_a_script_that_cannot_be_shorter(string machine, string consumer, LossKind kind, string cause)
    {
        Loss loss = Assert.Single(Migrations.Search(machine, machine, Consumer.Find(consumer)).Losses, each => each.Kind == kind && each.Cause.ToString() == cause);
        Trial trial = Migrations.Trial(machine, machine, Consumer.Find(consumer));

        Assert.True(trial.Run(loss.Script).Shows(kind, loss.Gfn));
        Assert.False(trial.Run(loss.Script, loss.Cause).Shows(kind, loss.Gfn));
        for (int index = 0; index < loss.Script.Steps.Count; index++)
        {
            Trace shorter = loss.Script with { Steps = [.. loss.Script.Steps.Where((_, each) => each != index)] };
            Assert.False(
                trial.CanRun(shorter) && trial.Run(shorter).Shows(kind, loss.Gfn) && trial.CausesOf(shorter, kind, loss.Gfn).Contains(loss.Cause),
                $"without operation {index + 1} it is still lost");
        }
    }

    // That slots behind the bitmap are not tracked would explain it too, and better where B2 uncovers another bug.
    [Fact]
    public void A_known_bug_goes_before_a_fact() =>
        Assert.Equal(["B2"], Migrations.Search("kernel:4.13", "kernel:4.13", Consumer.Careful).Losses.Where(loss => loss.Kind == LossKind.Lost).Select(loss => loss.Cause.ToString()));

    // Without B20a the migration does not end, so nothing is stale; but the contract loses the page as well.
    [Theory]
    [InlineData("kernel:7.2", 2, "H6")]
    [InlineData("kernel:4.13", 7, "B5 at the target with H6")] // which cannot hold the value, if it comes
    public void A_hazard_that_loses_the_page_on_the_contract_goes_before_a_deviation_of_a_kernel(string target, uint orc, string cause)
    {
        Trace script = Migrations.Script(
            new Operation.CreateSlot(1, 0x300, 0x100, DirtyLog: true),
            new Operation.StartMigration(),
            new Operation.DeleteSlot(1),
            new Operation.MigrationStatus(),
            new Operation.Essa(0, orc));
        Trial trial = Migrations.Trial("kernel:7.0", target, Consumer.Overlapping);

        Assert.True(Migrations.Trial("reference", "reference", Consumer.Overlapping).Run(script).Shows(LossKind.Stale, 0));
        Assert.Contains(trial.EachCauseOf(script, LossKind.Stale, 0), each => each.Name == "B20a");
        Assert.Equal(cause, string.Join(" / ", trial.CausesOf(script, LossKind.Stale, 0)));
    }

    [Fact]
    public void A_deviation_of_the_target_is_a_cause_too() =>
        Assert.Contains(Migrations.Search("kernel:6.12", "kernel:4.13", Consumer.Careful).Losses, loss => loss.Cause.ToString() == "B5 at the target");

    [Fact]
    public void The_same_seed_finds_the_same_and_another_seed_the_same_causes()
    {
        static string[] Found(ulong seed) => [.. Migrations.Search("kernel:7.2", "kernel:7.2", Consumer.Careful, seed).Losses.Select(loss => $"{loss.Kind} {loss.Cause} {loss.Script}")];

        Assert.Equal(Found(1), Found(1));
        Assert.All(Found(2), loss => Assert.StartsWith("Stale L6 ", loss, StringComparison.Ordinal));
    }

    // A machine that is not ours shows no state, and is asked by PEEK: the same is lost.
    [Fact]
    public void What_is_lost_is_seen_without_a_look_at_the_state()
    {
        Trace script = Migrations.Script(new Operation.StartMigration(), new Operation.Essa(3, 2));
        Blind blind = new("kernel:6.12");

        Migration migration = new Trial(Side.Of(blind), Side.Of(blind), Consumer.Qemu).Run(script);

        Assert.Equal([new PageLoss(LossKind.Lost, 3, AtSource: 1, AtTarget: 0)], migration.Pages);
    }
}
