// SPDX-License-Identifier: MIT
namespace Cmma.Abi;

/// <summary>The error numbers that the contract uses, with Linux's values. An ioctl answers 0 or the negative of one (ABI-10).</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>No such device or address: the host or the VM has no CMMA.</summary>
    ENXIO = 6,

    /// <summary>An allocation failed.</summary>
    ENOMEM = 12,

    /// <summary>Bad user memory, or a page that does not exist.</summary>
    EFAULT = 14,

    /// <summary>CMMA cannot be enabled any more: a vCPU exists.</summary>
    EBUSY = 16,

    /// <summary>A slot would overlap another one.</summary>
    EEXIST = 17,

    /// <summary>An argument or the mode does not fit.</summary>
    EINVAL = 22,
}
