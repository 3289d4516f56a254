// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Paths;

/// <summary>A path leaves the scope that is explored. It is counted, and not proved.</summary>
public sealed class OutOfScopeException : Exception
{
    /// <summary>Without a reason.</summary>
    public OutOfScopeException()
    {
    }

    /// <summary>With a reason.</summary>
    public OutOfScopeException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    public OutOfScopeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
