// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>
/// Which branches of a machine's code the paths took. A branch is one way of a place where the code decides on a truth value: what the
/// compiled code has of these is what has to be covered.
/// </summary>
[SuppressMessage("Major Code Smell", "S3011:Reflection should not be used to bypass accessibility", Justification = "It only reads code.")]
public sealed class Coverage
{
    // From here to the code that decides: Record, Exploration.Cover, Exploration.Decide, operator true. None of them is inlined.
    private const int FramesBetween = 4;

    private readonly Dictionary<MethodBase, int[]> places = [];
    private readonly HashSet<(MethodBase Method, int Place, bool Value)> open = [];

    /// <summary>Nothing is covered yet.</summary>
    /// <param name="code">The types that are to be covered.</param>
    public Coverage(IEnumerable<Type> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        const BindingFlags Own =
            BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (MethodInfo method in code.SelectMany(type => type.GetMethods(Own)))
        {
            places[method] = [.. Decisions(method)];
            foreach (int place in places[method])
            {
                open.Add((method, place, true));
                open.Add((method, place, false));
            }
        }

        Branches = open.Count;
    }

    /// <summary>How many branches there are.</summary>
    public int Branches { get; }

    /// <summary>How many were taken.</summary>
    public int Taken
    {
        get
        {
            lock (open)
            {
                return Branches - open.Count;
            }
        }
    }

    /// <summary>Those that were never taken, as "EndOfBlock, decision 2: false".</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            lock (open)
            {
                return
                [
                    .. open.Select(one => $"{one.Method.Name}, decision {NumberOf(one.Method, one.Place)}: {(one.Value ? "true" : "false")}")
                        .Order(StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>The branches of the reference, in the copy of it that a machine was compiled with.</summary>
    public static Coverage OfReference(Type machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new(machine.Assembly.GetTypes().Where(type => type.Namespace == "Cmma.Reference"));
    }

    /// <summary>A decision was taken by the code above on the stack; whether nobody took it before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Record(bool value)
    {
        StackFrame frame = new(FramesBetween);
        MethodBase? method = frame.GetMethod();
        if (method is null || !places.TryGetValue(method, out int[]? decisions))
        {
            return false;
        }

        // The frame points to where the deciding statement begins, or at a call in it that came before.
        int place = decisions.FirstOrDefault(one => one >= frame.GetILOffset(), -1);
        lock (open)
        {
            return open.Remove((method, place, value));
        }
    }

    private int NumberOf(MethodBase method, int place) => Array.IndexOf(places[method], place) + 1;

    private static IEnumerable<int> Decisions(MethodInfo method) =>
        from instruction in Instruction.Of(method)
        where instruction.Operation == OpCodes.Call
              && instruction.Member is { Name: "op_True" or "op_False" } called && called.DeclaringType == typeof(Truth)
        select instruction.At;
}
