// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Cmma.Abi;

/// <summary>What the guest sees of one ESSA.</summary>
/// <param name="Interruption">The exception, or none.</param>
/// <param name="R1">The state before the instruction (ESSA-R1); 0 where there was an exception.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EssaResult(ProgramInterruption Interruption, ulong R1);
