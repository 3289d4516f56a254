// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>External implementations: exec:, native: and replay:.</summary>
public static class OutsideImplementations
{
    /// <summary>The names, for help.</summary>
    public const string Names = Live + ", replay:results.jsonl";

    /// <summary>Those that can be asked anything.</summary>
    public const string Live = "exec:'command', native:./lib.so";

    private const string Exec = "exec:";
    private const string Native = "native:";
    private const string Replay = "replay:";

    /// <summary>Finds and starts an implementation; null if the name is none of these.</summary>
    /// <exception cref="CouldNotRunException">It could not be run.</exception>
    public static IImplementation? Find(string name, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);
        return After(Exec, name) is { } command ? new ProcessImplementation(name, () => Shell(command), options)
            : After(Native, name) is { } ? new ProcessImplementation(name, () => Ourselves("serve", name), options, ownsMemory: true)
            : After(Replay, name) is { } file ? new Recording(name, file)
            : null;
    }

    /// <summary>Does nothing if an implementation can be asked anything.</summary>
    /// <exception cref="InputException">It is a recording, which has answers to the questions that were asked elsewhere and no others.</exception>
    public static void RequireLive(string name, string command)
    {
        if (After(Replay, name) != null)
        {
            throw new InputException($"{command} asks what nobody asked before, so not {name}: a recording can only be checked");
        }
    }

    /// <summary>As <see cref="Find"/>, but a native library is loaded into this process; null if the name is not a library.</summary>
    /// <exception cref="CouldNotRunException">It does not load, or lacks a function.</exception>
    public static IImplementation? LoadNative(string name)
    {
        if (After(Native, name) is not { } path)
        {
            return null;
        }

        NativeLibraryFile library = new(path);
        return new MachineImplementation(name, library.Capabilities, library.NewMachine);
    }

    private static string? After(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length ? name[prefix.Length..] : null;

    private static ProcessStartInfo Shell(string command) => new("/bin/sh") { ArgumentList = { "-c", command } };

    // This very program, which is a dll that the command dotnet runs.
    private static ProcessStartInfo Ourselves(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "cmma.dll");
        string? host = Environment.ProcessPath;
        bool hostIsDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        ProcessStartInfo start = new(hostIsDotnet ? host! : "dotnet") { ArgumentList = { program } };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
