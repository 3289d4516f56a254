// SPDX-License-Identifier: MIT
using Cmma.Abi;

namespace Cmma.Mutants;

/// <summary>The reference with one clause switched off.</summary>
/// <param name="Id">The clause.</param>
/// <param name="NewMachine">A new machine of it, on a host with CMMA or without.</param>
public sealed record ClauseMutant(string Id, Func<bool, IMachine> NewMachine);
