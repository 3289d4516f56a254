// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>A folder spec/ with a few of the files of vectors; it is deleted with the test.</summary>
internal sealed class TempVectors : IDisposable
{
    public TempVectors(params string[] files)
    {
        foreach (string file in (string[])["schema.json", .. files])
        {
            string to = System.IO.Path.Combine(Path, "vectors", file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(System.IO.Path.Combine(SpecFolder.Find().Vectors, file), to);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("cmma vectors ").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
