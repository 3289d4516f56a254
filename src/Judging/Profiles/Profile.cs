// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Judging.Profiles;

/// <summary>
/// Whose answers are expected: the contract's, which are given with the operations of the vectors; all that the documentation allows; or those of one
/// kernel. A profile says only where it differs from the contract.
/// </summary>
/// <param name="Name">As on the command line.</param>
/// <param name="About">What it is, in a sentence.</param>
/// <param name="LeavesOut">Capabilities: it says nothing about the vectors that need one of them.</param>
/// <param name="Vectors">The vectors where it differs, in the order of the vectors.</param>
public sealed record Profile(string Name, string About, IReadOnlyList<Capability> LeavesOut, IReadOnlyList<ProfileVector> Vectors)
{
    /// <summary>The name of the profile that a vector follows by itself.</summary>
    public const string ContractName = "contract";

    private readonly Dictionary<string, ProfileVector> byId = Vectors.ToDictionary(vector => vector.Id, StringComparer.Ordinal);

    /// <summary>The profile that never differs.</summary>
    public static Profile Contract { get; } = new(ContractName, "the clauses of spec/clauses; what the vectors expect by themselves", [], []);

    /// <summary>The capability because of which the profile says nothing about a vector, or null.</summary>
    public Capability? LeftOut(Vector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return LeavesOut.FirstOrDefault(capability => vector.Capabilities.Contains(capability));
    }

    /// <summary>Whether the profile expects of a vector what the contract does.</summary>
    public bool SaysAsTheContract(Vector vector) => LeftOut(vector) == null && !byId.ContainsKey(vector.Id);

    /// <summary>The vector with what this profile expects. It ends where the profile's kernel would bring its host down.</summary>
    /// <exception cref="InputException">The profile names an operation that the vector does not have.</exception>
    public Vector Apply(Vector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (!byId.TryGetValue(vector.Id, out ProfileVector? differs))
        {
            return vector;
        }

        List<Step> steps = [.. vector.Trace.Steps];
        foreach (ProfileOperation operation in differs.Operations)
        {
            if (operation.Number > steps.Count)
            {
                throw new InputException($"{Name}: {vector.Id}: there is no operation {operation.Number} to differ in");
            }

            if (operation.Expect == null)
            {
                steps.RemoveRange(operation.Number - 1, steps.Count - operation.Number + 1);
                break;
            }

            steps[operation.Number - 1] = steps[operation.Number - 1] with { Expect = operation.Expect };
        }

        return vector with { Trace = vector.Trace with { Steps = steps } };
    }
}

/// <summary>A vector where a profile differs from the contract.</summary>
/// <param name="Id">Of the vector.</param>
/// <param name="Facts">Why: rows of docs/kernels.md, or known bugs ("bug B14").</param>
/// <param name="Operations">Where, in order.</param>
public sealed record ProfileVector(string Id, IReadOnlyList<string> Facts, IReadOnlyList<ProfileOperation> Operations);

/// <summary>An operation where a profile differs from the contract.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Expect">What must come back; null: the kernel would do what no vector allows, and the vector ends before it.</param>
/// <param name="Ends">What the kernel would do; null where there is an expectation.</param>
public sealed record ProfileOperation(int Number, Expectation? Expect, string? Ends);
