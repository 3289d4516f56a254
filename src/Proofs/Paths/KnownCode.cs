// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Cmma.Abi;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Paths;

/// <summary>
/// What the paths rely on of the code that they run through, read out of the compiled copy itself: that it keeps no state but what a proof
/// puts in and takes out, and compares with no number but those that the shapes were chosen for.
/// </summary>
/// <param name="Claim">What is relied on.</param>
/// <param name="Unknown">What there is, in the assembly of a machine, that the proof does not know of; a line each.</param>
[SuppressMessage("Major Code Smell", "S3011:Reflection should not be used to bypass accessibility", Justification = "It only reads code.")]
public sealed record KnownCode(string Claim, Func<Type, IReadOnlyList<string>> Unknown)
{
    private const string Namespace = "Cmma.Reference";

    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Fields and calls.</summary>
    public static KnownCode State { get; } = new(
        "The reference keeps no state but what each path begins with and is compared with at its end.", UnknownState);

    /// <summary>Numbers.</summary>
    public static KnownCode Numbers { get; } = new(
        "The reference compares with no number but those for which the shapes of memory were chosen.", UnknownNumbers);

    /// <summary>The fields, each of which a state of the proof, its slots, or the struct of a call has.</summary>
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["Vm"] =
        [
            "HostHasCmma", "VcpuCount", "Enabled", "Used", "Migrating", "Slots", "Attributes", "Content", "Dirty", BegunInterruption, "begunR1",
        ],
        ["Slot"] = ["Id", "BaseGfn", "Pages", "DirtyLog"],
        ["CmmaLog"] = ["StartGfn", "Count", "Flags", "RemainingOrMask", "Values"],
    };

    // Of its values a path has one (MachineState), so who reads it is looked at.
    private const string BegunInterruption = "begunInterruption";

    private static readonly string[] MayUseTheBegunInterruption = ["Vm..ctor", "Vm.EssaBegin", "Vm.EssaEnd"];

    /// <summary>What the code may call, besides itself.</summary>
    private static readonly Type[] Called =
    [
        typeof(Word), typeof(Truth), typeof(Octet), typeof(Promoted), typeof(OctetMap), typeof(TruthMap), typeof(ValueBytes),
        typeof(List<>), typeof(List<>.Enumerator), typeof(object), typeof(IDisposable),
    ];

    /// <summary>
    /// The numbers of each method but 0 and 1, of which the shapes have less and more of everything. An errno is an answer; of each other
    /// number the remark says what is compared with it, and that the paths have it on both sides.
    /// </summary>
    private static readonly Dictionary<string, long[]> KnownNumbers = new(StringComparer.Ordinal)
    {
        ["Vm.Answer"] = Answers(Errno.EFAULT, Errno.EFAULT),
        ["Vm.AnswerZeros"] = Answers(Errno.EFAULT),
        ["Vm.ChangeState"] =
        [
            2, 3, 4, 5, 6, 7, // the ORC: any number
            PageAttributes.Volatile, PageAttributes.NoDat, // bits of a byte: any
        ],
        ["Vm.ClearCmma"] = Answers(Errno.ENXIO, Errno.EINVAL),
        ["Vm.CreateSlot"] =
        [
            .. Answers(Errno.EEXIST, Errno.EINVAL, Errno.EINVAL, Errno.EINVAL, Errno.EEXIST, Errno.ENOMEM),
            (long)Limits.MaxSlotPages, // the pages that are asked for: any number; a slot of so many is out of scope, and only its checks are looked at
        ],
        ["Vm.DeleteSlot"] = Answers(Errno.EINVAL),
        ["Vm.EnableCmma"] = Answers(Errno.ENXIO, Errno.EBUSY),
        ["Vm.Essa"] = [(long)ProgramInterruption.Specification],
        ["Vm.Evict"] = [(long)ProgramInterruption.Addressing],
        ["Vm.Execute"] = [(long)ProgramInterruption.Addressing],
        ["Vm.Get"] =
        [
            .. Answers(Errno.EFAULT, Errno.ENXIO, Errno.EINVAL, Errno.EINVAL, Errno.ENOMEM),
            Limits.MaxCount, Limits.MaxCount, // the count of a call: any number; no shape has so many pages
        ],
        ["Vm.MoveSlot"] = Answers(Errno.EINVAL, Errno.EINVAL, Errno.EEXIST, Errno.ENOMEM),
        ["Vm.Peek"] = Answers(Errno.EFAULT),
        ["Vm.ReachesPastMemory"] = [EndOfMemory, EndOfMemory, EndOfMemory], // where a slot begins, and its pages: any numbers
        ["Vm.Set"] =
        [
            .. Answers(Errno.EFAULT, Errno.ENXIO, Errno.EINVAL, Errno.EINVAL, Errno.ENOMEM, Errno.EFAULT),
            Limits.MaxCount, // the count of a call: any number; no shape has so many pages
        ],
        ["Vm.SetNoDat"] = [PageAttributes.UsageMask], // bits of a byte: any
        ["Vm.SetPages"] = [PageAttributes.PgsteShift, PageAttributes.All, (long)Errno.EFAULT], // bits of a mask: any
        ["Vm.SetPotentiallyVolatile"] = [PageAttributes.PotentiallyVolatile, PageAttributes.Volatile],
        ["Vm.SetSlotFlags"] = Answers(Errno.EINVAL),
        ["Vm.SetUsage"] = [PageAttributes.NoDat],
        ["Vm.StartMigration"] = Answers(Errno.EINVAL, Errno.EINVAL),
        ["Vm.StateInR1"] = [PageAttributes.UsageMask, 2, PageAttributes.NoDat],
        ["Vm.Touch"] = [(long)ProgramInterruption.Addressing],
        ["Vm.get_GapPages"] = [Limits.GapPages], // clean pages in a row: fewer and more in 20 pages
        ["Vm.get_LogicallyZero"] = [(long)PageContent.LogicallyZero],
        ["Vm.get_MaxOrc"] = [Limits.MaxOrc], // the ORC: any number
        ["Vm.get_NoPage"] = [-1], // 2^64 - 1, where a call or a slot begins: any number
        ["Vm.get_Preserved"] = [(long)PageContent.Preserved],
    };

    private const long EndOfMemory = (long)Limits.EndOfMemoryGfn;

    private static long[] Answers(params Errno[] errnos) => [.. errnos.Select(errno => (long)errno)];

    private static IReadOnlyList<string> UnknownState(Type machine) =>
    [
        .. Types(machine).SelectMany(type => type.GetFields(Own))
            .Where(field => field.IsStatic || !Fields.GetValueOrDefault(field.DeclaringType!.Name, []).Contains(NameOf(field), StringComparer.Ordinal))
            .Where(field => !field.IsLiteral)
            .Select(field => $"the field {field.DeclaringType!.Name}.{NameOf(field)} is no part of the state"),
        .. Methods(machine).SelectMany(method => Instruction.Of(method).Select(instruction => Stranger(method, instruction))).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    private static string? Stranger(MethodBase method, Instruction instruction)
    {
        Type? owner = instruction.Member is Type type ? type : instruction.Member?.DeclaringType;
        if (owner is null)
        {
            return null;
        }

        owner = owner.IsGenericType ? owner.GetGenericTypeDefinition() : owner;
        bool isOwn = owner.Namespace == Namespace && owner.Assembly == method.Module.Assembly;
        if (!isOwn && !Called.Contains(owner))
        {
            return $"{Name(method)} uses {owner.Name}.{instruction.Member!.Name}, of which the proof does not know";
        }

        return instruction.Member is FieldInfo { Name: BegunInterruption } && !MayUseTheBegunInterruption.Contains(Name(method), StringComparer.Ordinal)
            ? $"{Name(method)} uses {BegunInterruption}"
            : null;
    }

    private static IReadOnlyList<string> UnknownNumbers(Type machine) =>
    [
        .. Methods(machine).SelectMany(method => Surplus(NumbersOf(method), KnownNumbers.GetValueOrDefault(Name(method), []))
            .Select(number => $"{Name(method)} has the number {number}, of which the proof does not know")),
        .. KnownNumbers.SelectMany(one => Surplus(one.Value.Where(IsNumber), Methods(machine).Where(method => Name(method) == one.Key).SelectMany(NumbersOf))
            .Select(number => $"{one.Key} has the number {number} no more")),
        .. Methods(machine).Where(method => Instruction.Of(method).Any(IsNotPlain))
            .Select(method => $"{Name(method)} has a table of jumps or a number with a fraction, of which the proof does not know"),
    ];

    // A number that a method has twice must be known twice.
    private static IEnumerable<long> Surplus(IEnumerable<long> numbers, IEnumerable<long> known)
    {
        List<long> left = [.. known];
        return [.. numbers.Where(number => !left.Remove(number))];
    }

    private static IEnumerable<long> NumbersOf(MethodBase method) =>
        Instruction.Of(method).Select(instruction => instruction.Number).OfType<long>().Where(IsNumber);

    private static bool IsNumber(long number) => number is not (0 or 1);

    private static bool IsNotPlain(Instruction instruction) =>
        instruction.Operation.OperandType is OperandType.InlineSwitch or OperandType.InlineR or OperandType.ShortInlineR;

    private static IEnumerable<Type> Types(Type machine) => machine.Assembly.GetTypes().Where(type => type.Namespace == Namespace);

    private static IEnumerable<MethodBase> Methods(Type machine) =>
        Types(machine).SelectMany(type => (IEnumerable<MethodBase>)[.. type.GetMethods(Own), .. type.GetConstructors(Own)]);

    private static string Name(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name}";

    // Of a property its own name.
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
