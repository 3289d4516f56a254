using System;
using System.Collections.Generic;

namespace Cmma.Kernels.Bugs;

/// <summary>A known bug as a machine: the smallest deviation from one that does not have it.</summary>
/// <param name="Id">Its number: B is in the history of Linux, L was found by reading.</param>
/// <param name="Name">A few words.</param>
/// <param name="Commit">The commit that mended it; empty: not mended.</param>
/// <param name="Versions">Where it is.</param>
/// <param name="What">What a caller sees, in one sentence.</param>
/// <param name="Clauses">The clauses that it breaks.</param>
/// <param name="Guarantee">The guarantee that it breaks; empty: none.</param>
/// <param name="Home">The machine that it lived in, in words.</param>
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
    Func<bool, KernelVm> NewVm);

/// <summary>A known bug that there is no machine of.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">A few words.</param>
/// <param name="Commit">The commit that mended it; empty: not mended, or not by one that says so.</param>
/// <param name="Versions">Where it is.</param>
/// <param name="Reason">Why not.</param>
public sealed record OtherBug(string Id, string Name, string Commit, string Versions, string Reason);
