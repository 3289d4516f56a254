// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Z3;

namespace Cmma.Proofs.Solving;

/// <summary>The native library behind Microsoft.Z3: where it is found, and which it is.</summary>
public static class Z3Library
{
    private const string Managed = "libz3";

    // On Linux the package brings no library, and .NET looks for libz3.so only, which is a link for developers.
    private static readonly string[] OnLinux = ["libz3.so.4", "libz3.so"];

    /// <summary>What to do where no library loads, in one line.</summary>
    internal const string Missing = "the solver Microsoft.Z3 finds no Z3 library: install libz3 (Debian: apt-get install libz3-4)";

    /// <summary>The solver, its version, and the file that it was loaded from, in one line.</summary>
    /// <exception cref="SolverException">No library can be loaded.</exception>
    public static string Version()
    {
        Load();
        System.Version package = typeof(Native).Assembly.GetName().Version!;
        return $"Z3 version {Native.Z3_get_full_version()} from {LoadedFrom()} through Microsoft.Z3 {package.ToString(fieldCount: 3)}";
    }

    /// <summary>Loads the library, before anything of Microsoft.Z3 is used.</summary>
    /// <exception cref="SolverException">There is none.</exception>
    internal static void Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // It has been set already.
        }

        try
        {
            Native.Z3_get_full_version();
        }
        catch (DllNotFoundException exception)
        {
            throw new SolverException(Missing, exception);
        }
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        IntPtr found = IntPtr.Zero;
        if (name == Managed && OperatingSystem.IsLinux())
        {
            _ = Array.Exists(OnLinux, file => NativeLibrary.TryLoad(file, out found));
        }

        return found; // zero: .NET looks for it as usual
    }

    private static string LoadedFrom()
    {
        using Process self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith(Managed, StringComparison.Ordinal)) ?? Managed;
    }
}
