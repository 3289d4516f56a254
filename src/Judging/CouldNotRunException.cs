// SPDX-License-Identifier: MIT
namespace Cmma.Judging;

/// <summary>An implementation could not be run at all. The message is one line and names it.</summary>
public sealed class CouldNotRunException : Exception
{
    /// <summary>With the reason.</summary>
    public CouldNotRunException(string reason)
        : base(reason.ReplaceLineEndings(" "))
    {
    }

    /// <summary>With what caused it.</summary>
    public CouldNotRunException(string reason, Exception inner)
        : base(reason.ReplaceLineEndings(" "), inner)
    {
    }

    /// <summary>For serializers; unused.</summary>
    public CouldNotRunException()
    {
    }

    /// <summary>More lines that help to fix the problem.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
