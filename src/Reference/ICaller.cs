// SPDX-License-Identifier: MIT
namespace Cmma.Reference;

/// <summary>What one call of GET or SET asks of its caller and of the host: each step is done as a whole or fails (ABI-11).</summary>
public interface ICaller
{
    /// <summary>Reads the argument struct; false is a fault.</summary>
    Truth ReadArgument(out CmmaLog log);

    /// <summary>Allocates what the call needs; false is a failure.</summary>
    Truth Allocate();

    /// <summary>Reads that many bytes of the values buffer; false is a fault.</summary>
    Truth ReadValues(Word address, Word length, out ValueBytes values);

    /// <summary>Writes these bytes to the values buffer; false is a fault. No bytes never fault.</summary>
    Truth WriteValues(Word address, List<Octet> values);

    /// <summary>Writes the argument struct back; false is a fault.</summary>
    Truth WriteArgument(CmmaLog log);
}
