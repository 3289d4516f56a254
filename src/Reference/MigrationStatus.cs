// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Reference;

public partial class Vm
{
    /// <summary>Tells whether migration mode is on.</summary>
    public Errno MigrationStatus(out Truth migrating)
    {
        migrating = Migrating; // MIGRATION-STATUS-1
        return Errno.None;
    }
}
