// SPDX-License-Identifier: MIT
namespace Cmma.Reference;

/// <summary>The argument struct of GET and SET, field by field (ABI-1). Count and flags are below 2^32.</summary>
public sealed class CmmaLog
{
    /// <summary>First gfn.</summary>
    public Word StartGfn { get; set; }

    /// <summary>Bytes of the values buffer.</summary>
    public Word Count { get; set; }

    /// <summary>PEEK or nothing.</summary>
    public Word Flags { get; set; }

    /// <summary>GET: dirty pages left. SET: the mask (ABI-2).</summary>
    public Word RemainingOrMask { get; set; }

    /// <summary>Address of the values buffer.</summary>
    public Word Values { get; set; }
}
