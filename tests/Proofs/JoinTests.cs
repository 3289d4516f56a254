// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Proofs.Theorems;

namespace Cmma.Proofs.Tests;

/// <summary>What is asked here is what spec/smt/join prints, so that a reader can check each file by hand.</summary>
public sealed class JoinTests
{
    private const int EveryOfTheMatrix = 40;
    private static readonly SmtFolder Folder = new(Spec.Smt);
    private static readonly Joiner Joiner = new(Folder);

    [Fact]
    public void Every_file_is_joined_as_by_hand()
    {
        IReadOnlyList<Theorem> all = Folder.Theorems();
        List<Theorem> chosen = [.. all.Where((theorem, index) => theorem.Fillings.Count == 0 || index % EveryOfTheMatrix == 0)];
        Assert.True(chosen.Count > 90);
        for (int index = 0; index < chosen.Count; index++)
        {
            Compare(chosen[index], index % 3);
        }
    }

    [Fact]
    public void The_matrix_holds_every_operation_and_every_invariant()
    {
        List<Theorem> kept = [.. Folder.Theorems().Where(theorem => theorem.Stem == "an_operation_keeps_an_invariant")];
        int operations = kept.Select(theorem => theorem.Fillings[0].Value).Distinct(StringComparer.Ordinal).Count();
        int invariants = kept.Select(theorem => theorem.Fillings[1].Value).Distinct(StringComparer.Ordinal).Count();

        Assert.Equal(Paths.PathProver.Operations.Count, operations);
        Assert.Equal(12, invariants);
        Assert.Equal(operations * invariants, kept.Count);
        Assert.DoesNotContain(Folder.Theorems(), theorem => theorem.Text.Contains("OPERATION", StringComparison.Ordinal));
    }

    private static void Compare(Theorem theorem, int mode)
    {
        bool isProof = mode == 0 || !theorem.IsProof;
        string breakage = isProof ? "" : Joiner.Breakages(theorem).First().Breakage;
        int number = isProof ? 0 : Joiner.Breakages(theorem).First().Number;
        (string joined, string option) = isProof ? (Joiner.Proof(theorem), "")
            : mode == 1 ? (Joiner.Vacuity(theorem), "--vacuity")
            : (Joiner.Breakage(theorem, breakage), $"--breakage {number}");
        List<string> arguments = [.. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), Path.Combine(Spec.Smt, theorem.File)];
        arguments.AddRange(theorem.Fillings.Select(filling => $"{filling.Name}={filling.Value}"));
        Assert.True(joined == ByHand(arguments), $"{theorem.Name} {option}: not as spec/smt/join prints it");
    }

    private static string ByHand(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Path.Combine(Spec.Smt, "join"), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return text;
    }
}
