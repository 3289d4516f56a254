// SPDX-License-Identifier: MIT
namespace Cmma.Reference;

/// <summary>The bytes that SET read from the caller.</summary>
/// <param name="bytes">One byte for each page.</param>
public sealed class ValueBytes(byte[] bytes)
{
    /// <summary>The byte for the page at <paramref name="index"/>.</summary>
    public byte this[ulong index] => bytes[index];
}
