// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>
/// A shared library with the functions of harness/c/cmma_impl.h. It runs inside this process and can end it: `cmma check native:` therefore
/// loads it in a process of its own.
/// </summary>
public sealed unsafe class NativeLibraryFile
{
    private const uint Version = 2;

    /// <summary>Loads a library.</summary>
    /// <exception cref="CouldNotRunException">It does not load, or lacks a function.</exception>
    public NativeLibraryFile(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new CouldNotRunException($"{path}: no such file");
        }

        try
        {
            nint library = NativeLibrary.Load(full);
            uint version = ((delegate* unmanaged<uint>)NativeLibrary.GetExport(library, "cmma_impl_version"))();
            if (version != Version)
            {
                throw new CouldNotRunException($"{path}: was built for version {version} of cmma_impl.h, not {Version}");
            }

            Functions = new NativeFunctions(name => NativeLibrary.GetExport(library, name));
            Capabilities = Named(Marshal.PtrToStringUTF8(Functions.Capabilities()), path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new CouldNotRunException($"{path}: does not load: {LastLine(e.Message)}", e);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new CouldNotRunException($"{path}: lacks a function: {LastLine(e.Message)}", e);
        }
    }

    /// <summary>What the library says it can do.</summary>
    public IReadOnlyList<Capability> Capabilities { get; }

    /// <summary>The functions of the library.</summary>
    internal NativeFunctions Functions { get; }

    /// <summary>A new VM.</summary>
    /// <exception cref="InvalidOperationException">The library makes none.</exception>
    public NativeMachine NewMachine(bool hostHasCmma) => new(Functions, hostHasCmma);

    private static Capability[] Named(string? text, string path) =>
        [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Capability.Find(word) ?? throw new CouldNotRunException($"{path}: {Capability.Unknown(word)}"))];

    // The loader reports every place where it looked; the line with the reason is the one that names the file or the function.
    private static string LastLine(string message) => message.Trim().Split('\n')[^1].Trim();
}
