// SPDX-License-Identifier: MIT
[assembly: AssemblyFixture(typeof(Cmma.Outside.Tests.TemporaryFolders))]

namespace Cmma.Outside.Tests;

/// <summary>Holds the folders of all tests and is deleted after them.</summary>
public sealed class TemporaryFolders : IDisposable
{
    /// <summary>Where they lie.</summary>
    public static string Path { get; } = Directory.CreateTempSubdirectory("cmma-outside-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
