// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Migrating.Tests;

/// <summary>What the tests of migrations share.</summary>
internal static class Migrations
{
    public static string Root { get; } = Path.GetDirectoryName(SpecFolder.Find().Path)!;

    public static Trial Trial(string source, string target, Consumer consumer) =>
        new(Side.Of(Implementations.Find(source)), Side.Of(Implementations.Find(target)), consumer);

    public static LossReport Search(string source, string target, Consumer consumer, ulong seed = 1, int scripts = 150)
    {
        (IImplementation from, IImplementation to) = (Implementations.Find(source), Implementations.Find(target));
        return new LossSearch(new Trial(Side.Of(from), Side.Of(to), consumer), from, to).Run(seed, scripts: scripts);
    }

    /// <summary>A script with one slot of 256 pages, CMMA and a vCPU before it.</summary>
    public static Trace Script(params Operation[] operations) => new(HostHasCmma: true,
    [
        .. ((Operation[])[new Operation.CreateSlot(0, 0, 256, DirtyLog: true), new Operation.EnableCmma(), new Operation.CreateVcpu()])
            .Concat(operations).Select(operation => new Step(operation)),
    ]);
}
