// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>The exceptions of z/Architecture that a guest can meet here.</summary>
public enum ProgramInterruption
{
    /// <summary>The instruction completed.</summary>
    None = 0,

    /// <summary>CMMA is not enabled (ESSA-CHECK-1).</summary>
    Operation = 1,

    /// <summary>The operation request code is not known (ESSA-CHECK-2).</summary>
    Specification = 2,

    /// <summary>The page does not exist (ESSA-CHECK-3, TOUCH-CHECK-1, EVICT-CHECK-1).</summary>
    Addressing = 3,
}
