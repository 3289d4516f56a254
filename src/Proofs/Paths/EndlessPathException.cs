// SPDX-License-Identifier: MIT
using Cmma.Proofs.Solving;

namespace Cmma.Proofs.Paths;

/// <summary>A path has more decisions than any that ends: no answer, so never a pass.</summary>
public sealed class EndlessPathException : SolverException
{
    /// <summary>Without a reason.</summary>
    public EndlessPathException()
    {
    }

    /// <summary>With a reason that names the operation.</summary>
    public EndlessPathException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what caused it.</summary>
    public EndlessPathException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
