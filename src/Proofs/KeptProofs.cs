// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cmma.Proofs;

/// <summary>
/// What was proved before, a file for each proof, named by the hash of all that the answer depends on: the text that the solver was asked, the solver with
/// its version and options, and this program. Only what was proved is kept: anything else is asked again.
/// </summary>
/// <param name="folder">Where the files are; made when the first proof is kept.</param>
public sealed class KeptProofs(string folder)
{
    /// <summary>The proof of this name that was kept for what is asked, marked as kept; or null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="asked">All that the answer depends on.</param>
    public ProofResult? Find(string name, IEnumerable<string> asked)
    {
        try
        {
            ProofResult? found = JsonSerializer.Deserialize<ProofResult>(File.ReadAllBytes(PathOf(name, asked)));
            return found?.Name == name && found.Verdict == ProofVerdict.Proved ? found with { IsKept = true, Time = TimeSpan.Zero } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // so it is asked
        }
    }

    /// <summary>Keeps a result if it is proved.</summary>
    /// <returns>The result.</returns>
    public ProofResult Keep(ProofResult result, IEnumerable<string> asked)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Verdict == ProofVerdict.Proved && !result.IsKept)
        {
            try
            {
                Directory.CreateDirectory(folder);
                string path = PathOf(result.Name, asked);
                string part = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
                File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(result));
                File.Move(part, path, overwrite: true); // whole or not at all, whoever else writes it
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // it is asked again next time
            }
        }

        return result;
    }

    /// <summary>Which build of a program: the same sources give the same.</summary>
    internal static string BuildOf(params IEnumerable<Assembly> assemblies) =>
        string.Join(' ', assemblies.Select(assembly => assembly.ManifestModule.ModuleVersionId));

    private string PathOf(string name, IEnumerable<string> asked)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string each in asked.Prepend(name))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(each));
            hash.AppendData([0]); // so that no two lists join to the same text
        }

        return Path.Combine(folder, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
