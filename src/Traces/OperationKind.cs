// SPDX-License-Identifier: MIT
namespace Cmma.Traces;

/// <summary>Which operation. What each is called, and all else that is written of it, is in <see cref="OperationForm"/>.</summary>
public enum OperationKind
{
    /// <summary>Creates a vCPU.</summary>
    CreateVcpu = 0,

    /// <summary>Creates a slot.</summary>
    CreateSlot,

    /// <summary>Switches a slot's dirty log.</summary>
    SetSlotFlags,

    /// <summary>Moves a slot.</summary>
    MoveSlot,

    /// <summary>Deletes a slot.</summary>
    DeleteSlot,

    /// <summary>Enables CMMA.</summary>
    EnableCmma,

    /// <summary>Clears CMMA.</summary>
    ClearCmma,

    /// <summary>Starts migration mode.</summary>
    StartMigration,

    /// <summary>Stops migration mode.</summary>
    StopMigration,

    /// <summary>Asks whether migration mode is on.</summary>
    MigrationStatus,

    /// <summary>The guest touches a page.</summary>
    Touch,

    /// <summary>The host pages a page out.</summary>
    Evict,

    /// <summary>The guest executes ESSA.</summary>
    Essa,

    /// <summary>The guest begins an ESSA.</summary>
    EssaBegin,

    /// <summary>The ESSA that was begun ends.</summary>
    EssaEnd,

    /// <summary>GET, or PEEK by its flag.</summary>
    Get,

    /// <summary>SET.</summary>
    Set,
}
