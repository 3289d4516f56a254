// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>The flags word of the argument struct (ABI-5).</summary>
[Flags]
public enum CmmaFlags : uint
{
    /// <summary>GET of dirty pages.</summary>
    None = 0,

    /// <summary>KVM_S390_CMMA_PEEK: read attributes, change nothing.</summary>
    Peek = 1,
}
