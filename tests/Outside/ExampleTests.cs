// SPDX-License-Identifier: MIT
using Cmma.Judging;

namespace Cmma.Outside.Tests;

/// <summary>The examples in harness/ pass every vector, with every message checked.</summary>
public class ExampleTests
{
    [Fact]
    public void The_C_library_passes_every_vector()
    {
        string folder = Make();
        PassesAll($"native:{folder}/libcmma_impl.so");
    }

    [Fact]
    public void The_C_program_passes_every_vector()
    {
        string folder = Make();
        PassesAll($"exec:{folder}/cmma_exec");
    }

    [Fact]
    public void The_C_program_passes_every_vector_on_a_big_endian_machine()
    {
        Outside.Require("s390x-linux-gnu-gcc", "qemu-s390x");
        string folder = Make("CROSS=s390x-linux-gnu-");
        PassesAll($"exec:qemu-s390x {folder}/cmma_exec");
    }

    [Fact]
    public void The_Python_program_passes_every_vector()
    {
        Outside.Require("python3");
        PassesAll($"exec:python3 '{Outside.Harness}/python/cmma_impl.py'");
    }

    [Fact]
    public void The_Rust_program_passes_every_vector()
    {
        Outside.Require("make", "rustc");
        string folder = Path.Combine(Outside.TemporaryFolder(), "build");
        (int exitCode, string output) = Outside.Shell($"make -C '{Outside.Harness}/rust' BUILD='{folder}'");
        Assert.True(exitCode == 0, output);
        PassesAll($"exec:{folder}/cmma_exec");
    }

    private static string Make(string variables = "")
    {
        Outside.Require("make", "gcc");
        string folder = Path.Combine(Outside.TemporaryFolder(), "build");
        (int exitCode, string output) = Outside.Shell($"make -C '{Outside.Harness}/c' BUILD='{folder}' {variables}");
        Assert.True(exitCode == 0, output);
        return folder;
    }

    private static void PassesAll(string name)
    {
        CheckResult result = Outside.Check(name, Outside.AllVectors, Outside.Patient with { Schema = ProtocolSchema.Read(Outside.Spec) });
        Assert.Equal($"{Outside.AllVectors.Count} passed, 0 failed, 0 skipped", result.Totals);
    }
}
