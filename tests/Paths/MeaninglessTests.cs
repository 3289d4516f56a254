// SPDX-License-Identifier: MIT
namespace Cmma.Paths.Tests;

/// <summary>What C# would compute in a way that terms do not follow is no code over terms: it does not compile.</summary>
public sealed class MeaninglessTests
{
    [Theory]
    [InlineData("Word x = Attributes[0];")] // C# fills up with zeros
    [InlineData("Octet x = Attributes[0] & 3;")] // nor in C#
    [InlineData("Truth x = Attributes[0] < 3;")]
    [InlineData("Word x = VcpuCount * 2;")]
    [InlineData("Word x = VcpuCount / 2;")]
    [InlineData("Word x = VcpuCount % 2;")]
    [InlineData("Word x = ~VcpuCount;")]
    [InlineData("Word x = VcpuCount << 2;")]
    [InlineData("Word x = VcpuCount >>> 2;")]
    [InlineData("Word x = VcpuCount | 2;")]
    [InlineData("Word x = VcpuCount ^ 2;")]
    [InlineData("Octet x = (Octet)(Attributes[0] ^ 2);")]
    [InlineData("Octet x = (Octet)(Attributes[0] + 2);")]
    [InlineData("Octet x = (Octet)(Attributes[0] & 0x143);")]
    [InlineData("Truth x = Attributes[0] == 0x143;")]
    [InlineData("int x = Attributes[0] & 3;")]
    [InlineData("Word x = (Word)(Attributes[0] & 3);")]
    [InlineData("Truth x = Used ^ Enabled;")]
    [InlineData("Truth x = Used == Enabled;")]
    [InlineData("Truth x = Used is true;")]
    [InlineData("Truth x = VcpuCount is 3;")]
    [InlineData("VcpuCount++;")]
    [InlineData("Truth x = VcpuCount.CompareTo(3) < 0;")]
    public void What_has_no_meaning_over_terms_does_not_compile(string statement)
    {
        PlantedReference planted = new("CreateVcpu.cs", "VcpuCount = VcpuCount + 1;", $"VcpuCount = VcpuCount + 1; {statement}");

        Assert.Contains("error CS", Assert.Throws<FormatException>(() => planted.Symbolic()).Message, StringComparison.Ordinal);
    }
}
