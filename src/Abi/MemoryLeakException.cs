// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Cmma.Abi;

/// <summary>The kernel would hand the caller memory from outside its buffer. No vector allows it.</summary>
[ExcludeFromCodeCoverage(Justification = "thrown by the models of kernels alone")]
public sealed class MemoryLeakException : Exception
{
    /// <summary>With what the kernel hands out.</summary>
    public MemoryLeakException(string reason)
        : base(reason)
    {
    }

    /// <summary>With what caused it; unused.</summary>
    public MemoryLeakException(string reason, Exception inner)
        : base(reason, inner)
    {
    }

    /// <summary>Unused.</summary>
    public MemoryLeakException()
    {
    }
}
