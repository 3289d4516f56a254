// SPDX-License-Identifier: MIT
namespace Cmma.Traces.Vectors;

/// <summary>What the schema cannot say about vectors: ids and clauses exist, traces are not malformed, files are in their canonical form.</summary>
public static class VectorLint
{
    /// <summary>Every finding, one line each.</summary>
    /// <exception cref="InputException">A file cannot be read or does not fit the schema.</exception>
    public static IReadOnlyList<string> Findings(VectorFolder folder, IReadOnlySet<string> clauseIds)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(clauseIds);
        IReadOnlyList<Vector> vectors = folder.All();
        Manifest manifest = folder.ReadManifest();
        List<string> findings = [.. folder.Breaches()]; // nothing, unless what reads and the schema do not agree
        foreach (Vector vector in vectors)
        {
            findings.AddRange(Findings(vector, clauseIds).Concat(NotTheContracts(vector)).Select(reason => $"{VectorFolder.Shown(vector.File)}:{vector.Line}: {vector.Id}: {reason}"));
        }

        foreach (string file in folder.Files())
        {
            if (!VectorFormat.Holds(folder.FullPath(file), VectorFormat.Canonical(folder, file)))
            {
                findings.Add($"{VectorFolder.Shown(file)}: not in canonical form (cmma vectors fmt)");
            }
        }

        foreach (string id in vectors.Select(vector => vector.Id).Intersect(manifest.Retired, StringComparer.Ordinal))
        {
            findings.Add($"{VectorFolder.Shown(Manifest.FileName)}: id '{id}' is retired and may not be used again");
        }

        foreach (string id in manifest.Files.SelectMany(file => file.Vectors).Except(vectors.Select(vector => vector.Id), StringComparer.Ordinal)
            .Except(manifest.Retired, StringComparer.Ordinal))
        {
            findings.Add($"{VectorFolder.Shown(Manifest.FileName)}: vector '{id}' is lost: no file holds it, and it is not retired");
        }

        if (!string.Equals(manifest.ToJson(), Manifest.Of(vectors, manifest.Retired).ToJson(), StringComparison.Ordinal))
        {
            findings.Add($"{VectorFolder.Shown(Manifest.FileName)}: does not list the vectors that the files hold (cmma vectors fmt)");
        }

        return findings;
    }

    /// <summary>The findings of one vector.</summary>
    public static IEnumerable<string> Findings(Vector vector, IReadOnlySet<string> clauseIds)
    {
        ArgumentNullException.ThrowIfNull(vector);
        foreach (string clause in vector.Clauses.Where(clause => !clauseIds.Contains(clause)))
        {
            yield return $"there is no clause {clause}";
        }

        IReadOnlyList<Capability> needed = Capabilities.NeededBy(vector.Trace);
        if (!needed.SequenceEqual(vector.Capabilities))
        {
            yield return $"capabilities must be [{string.Join(", ", needed)}]";
        }

        if (Malformed(vector.Trace) is { } reason)
        {
            yield return reason;
        }

        foreach (Step step in vector.Trace.Steps)
        {
            if (step.Expect!.Alternatives.Any(expected => expected.Values != null && expected.Values.Length != expected.Count))
            {
                yield return $"line {step.Line}: count and the number of values differ";
            }
        }
    }

    // What a profile expects is in spec/profiles, so that a vector is one for all of them.
    private static IEnumerable<string> NotTheContracts(Vector vector) =>
        vector.Profiles is ["contract"] ? [] : [$"profiles must be [contract], whose answers stand here; what {vector.Profiles[0]} expects, stands in spec/profiles"];

    /// <summary>Why a trace is malformed, or null (ESSA-CHECK-4, ESSA-STEPS-2, CREATE-SLOT-4).</summary>
    public static string? Malformed(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        bool vcpu = false;
        bool begun = false;
        HashSet<uint> slots = [];
        foreach (Step step in trace.Steps)
        {
            bool succeeds = step.Expect?.Alternatives.Any(expected => expected.Result == Outcome.Ok)
                ?? step.Operation is not Operation.CreateSlot { AllocationFails: true }; // CREATE-SLOT-CHECK-5
            switch (step.Operation)
            {
                case Operation.CreateVcpu:
                    vcpu = true;
                    break;
                case Operation.Essa or Operation.EssaBegin when !vcpu:
                    return $"line {step.Line}: malformed: ESSA before a vCPU exists (ESSA-CHECK-4)";
                case Operation.EssaBegin when begun:
                    return $"line {step.Line}: malformed: an ESSA is begun before the end of another (ESSA-STEPS-2)";
                case Operation.EssaBegin:
                    begun = true;
                    break;
                case Operation.EssaEnd when !begun:
                    return $"line {step.Line}: malformed: the end of an ESSA that was not begun (ESSA-STEPS-2)";
                case Operation.EssaEnd:
                    begun = false;
                    break;
                case Operation.CreateSlot create when slots.Contains(create.Id):
                    return $"line {step.Line}: malformed: slot {create.Id} was created before (CREATE-SLOT-4)";
                case Operation.CreateSlot create when succeeds:
                    slots.Add(create.Id);
                    break;
                case Operation.DeleteSlot delete when succeeds:
                    slots.Remove(delete.Id);
                    break;
            }
        }

        return null;
    }
}
