// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>The vectors that an implementation failed last, for --failed: a file for each implementation and working directory.</summary>
/// <param name="folder">Where the files are; null: nothing is kept.</param>
internal sealed class LastFailures(string? folder)
{
    /// <summary>Those of the vectors that failed last.</summary>
    /// <exception cref="InputException">Nothing is known of a failure.</exception>
    public IReadOnlyList<Vector> Of(string implementation, IReadOnlyList<Vector> vectors)
    {
        HashSet<string> failed = Read(implementation);
        Vector[] chosen = [.. vectors.Where(vector => failed.Contains(vector.Id))];
        return chosen.Length > 0 ? chosen : throw new InputException($"{implementation}: no failure is known of a check in this folder, so there is nothing to run again");
    }

    /// <summary>Records what a check found. What it did not run stays as it was.</summary>
    public void Note(CheckResult result)
    {
        if (folder == null)
        {
            return;
        }

        HashSet<string> before = Read(result.Implementation);
        HashSet<string> failed = [.. before];
        failed.ExceptWith(result.Verdicts.Where(verdict => verdict.Kind is VerdictKind.Passed or VerdictKind.ExpectedFailure).Select(verdict => verdict.Vector.Id));
        failed.UnionWith(result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector.Id));
        if (failed.SetEquals(before))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            VectorFormat.WriteWhole(FileOf(folder, result.Implementation), string.Concat(failed.Order(StringComparer.Ordinal).Select(id => id + "\n")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // a convenience: a check is no worse without it
        }
    }

    private static string FileOf(string folder, string implementation)
    {
        byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes($"{implementation}\n{Environment.CurrentDirectory}"));
        const int Bytes = 12; // enough that no two meet
        return Path.Combine(folder, Convert.ToHexStringLower(key.AsSpan(0, Bytes)));
    }

    private HashSet<string> Read(string implementation)
    {
        try
        {
            return folder == null ? [] : [.. File.ReadAllLines(FileOf(folder, implementation))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
