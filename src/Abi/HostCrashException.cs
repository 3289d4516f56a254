// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Cmma.Abi;

/// <summary>The kernel would access memory that is not there. No vector allows it.</summary>
[ExcludeFromCodeCoverage(Justification = "thrown by the models of kernels alone")]
public sealed class HostCrashException : Exception
{
    /// <summary>With what the kernel accesses.</summary>
    public HostCrashException(string reason)
        : base(reason)
    {
    }

    /// <summary>With what caused it; unused.</summary>
    public HostCrashException(string reason, Exception inner)
        : base(reason, inner)
    {
    }

    /// <summary>Unused.</summary>
    public HostCrashException()
    {
    }
}
