// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Optimized;

internal sealed partial class Vm
{
    /// <summary>Tells whether migration mode is on.</summary>
    public Errno MigrationStatus(out bool isMigrating)
    {
        isMigrating = migrating; // MIGRATION-STATUS-1
        return Errno.None;
    }
}
