// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Paths.Tests;

/// <summary>The files of spec/.</summary>
internal static class Spec
{
    public static string Model { get; } = Path.Combine(SpecFolder.Find().Path, "smt", "model");
}
