// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Solving;

/// <summary>A solver is missing, died, or gave an answer that no solver may give. Never a pass.</summary>
public class SolverException : Exception
{
    /// <summary>Without a reason.</summary>
    public SolverException()
    {
    }

    /// <summary>With a reason that names the file.</summary>
    public SolverException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what caused it.</summary>
    public SolverException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
