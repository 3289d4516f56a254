// SPDX-License-Identifier: MIT
using Cmma.Proofs.Model;
using Cmma.Proofs.Solving;

namespace Cmma.Proofs.Paths;

/// <summary>Proves the reference path by path: every operation, in every shape of the scope.</summary>
public sealed class PathProver
{
    private readonly Definitions definitions;
    private readonly SolverKind solver;
    private readonly Func<ISymbolicMachine> newMachine;

    /// <summary>A prover of the reference, or of a changed copy.</summary>
    /// <param name="modelFolder">The folder of the model's files.</param>
    /// <param name="solver">The solver to ask.</param>
    /// <param name="newMachine">Makes the machine.</param>
    public PathProver(string modelFolder, SolverKind solver, Func<ISymbolicMachine> newMachine)
    {
        definitions = Definitions.ReadFolder(modelFolder);
        this.solver = solver;
        this.newMachine = newMachine;
    }

    /// <summary>The operations, by the names of their files.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "create-vcpu", "create-slot", "set-slot-flags", "move-slot", "delete-slot", "enable-cmma", "clear-cmma", "start-migration",
        "stop-migration", "migration-status", "touch", "evict", "essa", "get", "peek", "set",
    ];

    /// <summary>Every operation with every shape of the scope; the longest first, so that all cores have work to the end.</summary>
    public static IReadOnlyList<(string Operation, Shape Shape)> Everything { get; } =
    [
        ("get", Shape.TwentyPages),
        ("get", Shape.TwoOfTenPages),
        .. from operation in Operations.OrderBy(name => name is "get" or "peek" ? 0 : 1)
           from shape in (IEnumerable<Shape>)[.. Shape.Small, .. Shape.ManySlots]
           select (operation, shape),
    ];

    /// <summary>How many of these take longer than any theorem.</summary>
    public static int Longest => 2;

    /// <summary>Which branches were taken so far.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>Called now and then with how many paths of an operation are proved.</summary>
    public Action<PathReport>? Progress { get; init; }

    /// <summary>Proves one operation in one shape.</summary>
    /// <exception cref="SolverException">The solver failed.</exception>
    public PathReport Prove(string operation, Shape shape) =>
        new PathProof(definitions, newMachine, solver) { Coverage = Coverage, Progress = Progress }
            .Run(operation, shape);
}
