using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Cmma.Judging;

namespace Cmma.Outside;

/// <summary>
/// A shared library with the functions of harness/c/cmma_impl.h. It runs inside this process and can end it: `cmma check native:` therefore
/// loads it in a process of its own.
/// </summary>
public sealed unsafe class NativeLibraryFile
{
    private const uint Version = 1;

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
            Capabilities = Words(Marshal.PtrToStringUTF8(Functions.Capabilities()), path);
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
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>The functions of the library.</summary>
    internal NativeFunctions Functions { get; }

    /// <summary>A new VM.</summary>
    /// <exception cref="InvalidOperationException">The library makes none.</exception>
    public NativeMachine NewMachine(bool hostHasCmma) => new(Functions, hostHasCmma);

    private static string[] Words(string? text, string path)
    {
        string[] words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words)
        {
            if (Array.IndexOf([.. Traces.Vectors.Capabilities.All], word) < 0)
            {
                throw new CouldNotRunException($"{path}: there is no capability '{word}', only {string.Join(", ", Traces.Vectors.Capabilities.All)}");
            }
        }

        return words;
    }

    // The loader tells every place where it looked; the line with the reason is the one that names the file or the function.
    private static string LastLine(string message) => message.Trim().Split('\n')[^1].Trim();
}
