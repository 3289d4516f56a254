// SPDX-License-Identifier: MIT
using Cmma.Proofs.Paths;
using Cmma.Symbolic;

namespace Cmma.Paths.Tests;

/// <summary>What the paths rely on of the code: its state and its numbers.</summary>
public sealed class KnownCodeTests
{
    [Fact]
    public void The_state_of_the_reference_is_known() => Assert.Empty(KnownCode.State.Unknown(typeof(SymbolicMachine)));

    [Fact]
    public void The_numbers_of_the_reference_are_known() => Assert.Empty(KnownCode.Numbers.Unknown(typeof(SymbolicMachine)));
}
