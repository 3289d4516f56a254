// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Properties.Tests;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Kernels.Tests;

/// <summary>
/// Which kernel breaks which guarantee about one step: the table in docs/kernels.md, computed from the machines, the vectors and the properties.
/// </summary>
internal static class GuaranteeTable
{
    /// <summary>The guarantees that can be broken by one step.</summary>
    public static readonly string[] Guarantees = ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G11", "G14"];

    private const int MaxTries = 1000;
    private const int ShrunkVectors = 3;

    // one slot, migrating, and one operation or two, the shorter ones first: what no vector does as shortly
    private static readonly Trace[] ShortTraces = [.. Short().OrderBy(trace => trace.Steps.Count)];

    // those that are the guarantee in words; where there are none, those of the operation
    private static readonly Dictionary<string, ClauseProperty[]> Properties = Guarantees.ToDictionary(id => id, PropertiesOf, StringComparer.Ordinal);

    /// <summary>A guarantee that some kernels break, by the same trace and vector.</summary>
    /// <param name="Guarantee">Its id.</param>
    /// <param name="Kernels">The versions.</param>
    /// <param name="Trace">The shortest trace that was found.</param>
    /// <param name="Vector">A vector that such a kernel fails, and in which it breaks the guarantee.</param>
    public sealed record Row(string Guarantee, IReadOnlyList<string> Kernels, Trace Trace, string Vector);

    /// <summary>The rows of these versions.</summary>
    public static IReadOnlyList<Row> Of(IReadOnlyList<LinuxVersion> versions, IReadOnlyList<Vector> vectors)
    {
        List<(string Guarantee, string Kernel, Trace Trace, string Vector)> broken = [];
        Dictionary<string, List<Trace>> known = Guarantees.ToDictionary(id => id, _ => new List<Trace>(), StringComparer.Ordinal);
        foreach (LinuxVersion version in versions)
        {
            foreach ((string guarantee, IReadOnlyList<Vector> shown) in BrokenBy(version, vectors))
            {
                bool IsBroken(Trace trace) => Breaks(version.NewVm, trace, guarantee);
                Trace? trace = known[guarantee].Find(trace => IsBroken(trace) && !OneLess(trace).Any(IsBroken));
                if (trace == null)
                {
                    IEnumerable<Vector> begins = shown.OrderBy(vector => vector.Trace.Steps.Count).Take(ShrunkVectors).Append(Best(guarantee, shown));
                    trace = begins.Select(vector => Shrunk(vector.Trace, IsBroken))
                        .Append(ShortTraces.FirstOrDefault(IsBroken))
                        .OfType<Trace>()
                        .MinBy(each => (each.Steps.Count, TraceWriter.Trace(each).Length))!;
                    known[guarantee].Add(trace);
                }

                broken.Add((guarantee, version.Name, trace, Best(guarantee, shown).Id));
            }
        }

        return [.. broken.GroupBy(each => (each.Guarantee, each.Trace, each.Vector))
            .Select(group => new Row(group.Key.Guarantee, [.. group.Select(each => each.Kernel)], group.Key.Trace, group.Key.Vector))
            .OrderBy(row => Array.IndexOf(Guarantees, row.Guarantee))];
    }

    /// <summary>Each guarantee that this kernel breaks, and the vectors that it fails and breaks it in.</summary>
    public static IReadOnlyList<(string Guarantee, IReadOnlyList<Vector> Shown)> BrokenBy(LinuxVersion version, IReadOnlyList<Vector> vectors)
    {
        IImplementation kernel = Implementations.Kernel(version.Name, version.NewVm);
        Vector[] asked = [.. vectors.Where(vector => Verdict.Skipped(vector, kernel) == null)];
        ((Run Run, KernelVm Vm) After, Vector Vector)[] failed = [.. asked.Zip(kernel.Ask([.. asked.Select(vector => Question.Of(vector.Trace))]))
            .Where(each => Verdict.Of(each.First, each.Second).Kind == VerdictKind.Failed)
            .Select(each => (Recorded(each.First.Trace, version.NewVm), each.First))];
        return [.. Guarantees
            .Select(id => (id, (IReadOnlyList<Vector>)[.. failed.Where(each => Breaks(each.After, id)).Select(each => each.Vector)]))
            .Where(each => each.Item2.Count > 0)];
    }

    /// <summary>The rows as they are in docs/kernels.md.</summary>
    public static string Markdown(IReadOnlyList<Row> rows)
    {
        StringBuilder text = new("| guarantee | broken by | shortest trace | vector |\n|---|---|---|---|\n");
        foreach (Row row in rows)
        {
            string trace = string.Join("; ", row.Trace.Steps.Select(Words));
            text.Append(CultureInfo.InvariantCulture, $"| {row.Guarantee} | {string.Join(", ", row.Kernels)} | {trace} | `{row.Vector}` |\n");
        }

        return text.ToString();
    }

    /// <summary>The trace without one of its operations, wherever that is well-formed.</summary>
    public static IEnumerable<Trace> OneLess(Trace trace) => Enumerable.Range(0, trace.Steps.Count)
        .Select(left => trace with { Steps = [.. trace.Steps.Where((_, index) => index != left)] })
        .Where(shorter => VectorLint.Malformed(shorter) == null);

    /// <summary>Whether a kernel breaks the guarantee somewhere in the trace.</summary>
    public static bool Breaks(Func<bool, KernelVm> newVm, Trace trace, string guarantee) => Breaks(Recorded(trace, newVm), guarantee);

    /// <summary>Whether the contract does.</summary>
    public static bool Breaks(Trace trace, string guarantee) =>
        Breaks(Recorder.Run(trace, hostHasCmma => new ReferenceMachine(hostHasCmma)), _ => false, guarantee);

    private static IEnumerable<Trace> Short()
    {
        Operation[] migrating = [Play.Slot(0, 0, 256), Play.Enable, Play.Set(0, "00"), Play.Start];
        Operation[] next = [
            Play.Get(0, 1), Play.Get(1, 1), Play.Get(1, 255), Play.Get(2, 16), Play.Get(0, 19), Play.Get(256, 1), Play.Peek(0, 1), Play.Peek(256, 1),
            Play.Set(0, "41"), Play.Set(0, "00 00", mask: 0), Play.Set(255, "41 41"), Play.Clear, Play.Stop, Play.Delete(0),
            Play.Flags(0, log: false), Play.Slot(1, 256, 256, log: false)];
        foreach (Operation first in next)
        {
            yield return TraceOf([.. migrating, first]);
            foreach (Operation second in next)
            {
                yield return TraceOf([.. migrating, first, second]);
            }
        }
    }

    private static Trace TraceOf(Operation[] operations) => new(HostHasCmma: true, [.. operations.Select(operation => new Step(operation))]);

    private static (Run Run, KernelVm Vm) Recorded(Trace trace, Func<bool, KernelVm> newVm)
    {
        KernelVm vm = newVm(trace.HostHasCmma);
        return (Recorder.Run(trace, _ => new ReferenceMachine(vm)), vm);
    }

    // one that is about the guarantee, and short
    private static Vector Best(string guarantee, IReadOnlyList<Vector> shown) => shown
        .OrderBy(vector => !vector.Clauses.Contains(guarantee, StringComparer.Ordinal))
        .ThenBy(vector => vector.Trace.Steps.Count)
        .ThenBy(vector => vector.Id, StringComparer.Ordinal)
        .First();

    private static Trace Shrunk(Trace trace, Predicate<Trace> isBroken)
    {
        Operation[] operations = [.. trace.Steps.Select(step => step.Operation)];
        Trace onePage = TraceOf([.. operations.Select(operation => operation is Operation.Essa essa ? essa with { Pages = 1 } : operation)]);
        return TraceShrinker.Shrink(isBroken(onePage) ? onePage : TraceOf(operations), smaller => isBroken(smaller), MaxTries);
    }

    private static bool Breaks((Run Run, KernelVm Vm) after, string guarantee) =>
        Breaks(after.Run, gfn => after.Vm.Dirty[gfn] && !after.Vm.Exists(gfn), guarantee);

    private static bool Breaks(Run run, Predicate<ulong> isMarkWithoutPage, string guarantee) =>
        Properties[guarantee].Any(property => Fails(property, run))
        || guarantee switch
        {
            // the properties look at pages that exist
            "G2" => Pages(run.Trace).Any(gfn => isMarkWithoutPage(gfn)),

            // they take it for granted that a GET that finds a block fails only if it cannot write
            "G7" => run.Observations.OfType<GetCall>().Any(call =>
                call is { FindsBlock: true, StructWritable: true, ChangesNothing: false, Operation.BufferBytes: null, Result: -(int)Errno.EFAULT }),

            // SET's property asks for its result too
            "G14" => run.Observations.OfType<SetCall>().Any(call =>
                call.Walks && call.Before.Memory.Gfns.Where(call.InReach).Any(gfn => !IsMerged(call, gfn))),

            _ => false,
        };

    private static bool IsMerged(SetCall call, ulong gfn)
    {
        byte selected = (byte)((call.Operation.Mask >> 24) & PageAttributes.All);
        byte value = call.Values[gfn - call.Operation.StartGfn];
        return call.After.Memory[gfn].Attributes == ((call.Before.Memory[gfn].Attributes & ~selected) | (value & selected));
    }

    private static bool Fails(ClauseProperty property, Run run)
    {
        MachineProperties properties = (MachineProperties)Activator.CreateInstance(property.Method.DeclaringType!)!;
        properties.Runs = _ => run;
        bool aboutBlocks = property.Clauses.Any(clause => clause is "G4" or "G5"); // an answer without a page is no block: it makes no progress (G3)
        properties.AsksAbout = seen => !aboutBlocks || seen is not GetCall { IsPeek: false, IsAnswer: true, User.Got.Count: 0 };
        _ = property.Method.Invoke(properties, [run.Trace]);
        return properties.HasFailed;
    }

    private static ClauseProperty[] PropertiesOf(string guarantee)
    {
        ClauseProperty[] all = [.. ClauseProperty.All.Where(property =>
            property.IsOfMachine
            && property.Clauses.Contains(guarantee, StringComparer.Ordinal)
            && property.Method.DeclaringType != typeof(SetProperties))];
        ClauseProperty[] own = [.. all.Where(property => property.Method.DeclaringType == typeof(GuaranteeProperties))];
        return own.Length > 0 ? own : all;
    }

    // every page that a slot of the trace holds at some time
    private static IEnumerable<ulong> Pages(Trace trace)
    {
        Operation.CreateSlot[] slots = [.. trace.Steps.Select(step => step.Operation).OfType<Operation.CreateSlot>()];
        IEnumerable<(ulong First, ulong Count)> moved = trace.Steps.Select(step => step.Operation).OfType<Operation.MoveSlot>()
            .Select(move => (move.BaseGfn, slots.LastOrDefault(slot => slot.Id == move.Id)?.Pages ?? 0));
        return slots.Select(slot => (First: slot.BaseGfn, Count: slot.Pages)).Concat(moved)
            .SelectMany(range => Enumerable.Range(0, (int)Math.Min(range.Count, 1 << 16)).Select(page => range.First + (ulong)page));
    }

    // {"op":"get","start_gfn":"0x0","count":8} as get(start_gfn 0x0, count 8)
    private static string Words(Step step)
    {
        using JsonDocument json = JsonDocument.Parse(TraceWriter.Operation(step.Operation));
        IEnumerable<string> fields = json.RootElement.EnumerateObject().Skip(1)
            .Select(field => $"{field.Name} {field.Value.ToString().ToLowerInvariant()}");
        return $"{json.RootElement.GetProperty("op")}({string.Join(", ", fields)})".Replace("()", "", StringComparison.Ordinal);
    }
}
