// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>
/// The numbers of the two ioctls, put together as Linux's _IOW and _IOWR do:
/// direction (2 bits), size of the argument (14), type (8), number (8), from the top (ABI-3, ABI-4).
/// </summary>
public static class IoctlNumber
{
    private const int NumberBits = 8;
    private const int TypeBits = 8;
    private const int SizeBits = 14;
    private const uint DirectionWrite = 1;
    private const uint DirectionRead = 2;
    private const uint KvmType = 0xAE;

    /// <summary>KVM_S390_GET_CMMA_BITS: the struct goes in and comes back.</summary>
    public const uint Get = ((DirectionRead | DirectionWrite) << (NumberBits + TypeBits + SizeBits))
        | (KvmS390CmmaLog.SizeBytes << (NumberBits + TypeBits))
        | (KvmType << NumberBits)
        | 0xB8;

    /// <summary>KVM_S390_SET_CMMA_BITS: the struct only goes in.</summary>
    public const uint Set = (DirectionWrite << (NumberBits + TypeBits + SizeBits))
        | (KvmS390CmmaLog.SizeBytes << (NumberBits + TypeBits))
        | (KvmType << NumberBits)
        | 0xB9;
}
