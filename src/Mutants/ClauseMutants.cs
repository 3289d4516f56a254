// SPDX-License-Identifier: MIT
namespace Cmma.Mutants;

/// <summary>
/// A machine for each mutant of mutation/clauses.json, but for those that only threads or the numbers of the ioctls show. While this is built, a
/// copy of the reference's sources is written for each with the change in it: what is compiled is always what that file says.
/// </summary>
public static partial class ClauseMutants
{
    /// <summary>All of them, in the order of that file.</summary>
    public static IReadOnlyList<ClauseMutant> All => Written;
}
