// SPDX-License-Identifier: MIT
namespace Cmma.Kernels.Bugs;

/// <summary>A known bug as a machine: the smallest deviation from one that does not have it.</summary>
/// <param name="Id">Its number: B is in the history of Linux, L was found by reading.</param>
/// <param name="Name">A few words.</param>
/// <param name="Commit">The commit that fixed it; empty: not fixed.</param>
/// <param name="Versions">Where it is, as in "4.13, 4.19 to 6.19" or "7.0 and later"; words where it never was merged.</param>
/// <param name="What">What a caller sees, in one sentence.</param>
/// <param name="Clauses">The clauses that it breaks.</param>
/// <param name="Guarantee">The guarantee that it breaks; empty: none.</param>
/// <param name="Home">The kernel that had it, in words.</param>
/// <param name="NewCorrect">A VM of that machine without the bug.</param>
/// <param name="NewVm">A VM with the bug.</param>
public sealed record KnownBug(
    string Id,
    string Name,
    string Commit,
    string Versions,
    string What,
    IReadOnlyList<string> Clauses,
    string Guarantee,
    string Home,
    Func<bool, KernelVm> NewCorrect,
    Func<bool, KernelVm> NewVm)
{
    /// <summary>Whether <see cref="Versions"/> include this one, as in "6.12"; a release candidate counts as its release.</summary>
    public bool IsIn(string version)
    {
        Version asked = Number(version);
        return char.IsAsciiDigit(Versions[0]) && Array.Exists(Versions.Split(", "), range => range.Split(' ') switch
        {
            [string first, "to", string last] => Number(first) <= asked && asked <= Number(last),
            [string first, "and", "later"] => Number(first) <= asked,
            [string only] => Number(only) == asked,
            _ => throw new FormatException($"{Id}: {Versions}"),
        });
    }

    private static Version Number(string version) => Version.Parse(version.Split('-')[0]);
}

/// <summary>A known bug of which there is no machine.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">A few words.</param>
/// <param name="Commit">The commit that fixed it; empty: not fixed, or not by one that says so.</param>
/// <param name="Versions">Where it is.</param>
/// <param name="Reason">Why not.</param>
public sealed record OtherBug(string Id, string Name, string Commit, string Versions, string Reason);
