// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Cmma.Traces.Json;

namespace Cmma.Traces;

/// <summary>
/// What is written of an operation: its name, its fields with their kinds and defaults, the capability that it needs and what may come back.
/// This is the one place that says so: vectors, traces, the protocol, what a trace needs and what lint asks for are all derived from it, and
/// the tests hold both schemas to it.
/// </summary>
public sealed class OperationForm
{
    private static readonly OperationField Id = new("id", FieldKind.Number);
    private static readonly OperationField BaseGfn = new("base_gfn", FieldKind.Hex);
    private static readonly OperationField Gfn = new("gfn", FieldKind.Hex);
    private static readonly OperationField StartGfn = new("start_gfn", FieldKind.Hex);
    private static readonly OperationField Count = new("count", FieldKind.Number);
    private static readonly OperationField Orc = new("orc", FieldKind.Number);
    private static readonly OperationField DirtyLog = new("dirty_log", FieldKind.Flag);
    private static readonly OperationField Flags = new("flags", FieldKind.Hex) { IsOptional = true, Maximum = uint.MaxValue };
    private static readonly OperationField BufferBytes = new("buffer_bytes", FieldKind.Number) { IsOptional = true, Default = null, Maximum = ByteRuns.MaxLength - 1 }; // not Abi.Limits.MaxCount, see there
    private static readonly OperationField EssaPages = new("pages", FieldKind.Number) { IsOptional = true, Default = 1, Minimum = 2, Maximum = 65536 };
    private static readonly OperationField Allocation = new("allocation", FieldKind.Word) { IsOptional = true, Words = ["fails"], Needs = Capability.AllocationFailure };
    private static readonly OperationField SlotAllocation = Allocation with { Needs = Capability.SlotAllocationFailure };
    private static readonly OperationField ArgumentOfSet = new("argument", FieldKind.Word) { IsOptional = true, Words = ["unreadable"], Needs = Capability.BadArgument };
    private static readonly OperationField ArgumentOfGet = ArgumentOfSet with { Words = ["unreadable", "read_only"] };

    private static readonly OperationForm[] Forms =
    [
        Of<Operation.CreateVcpu>("create_vcpu", ResultForm.Done, Capability.Vcpu),
        Of<Operation.CreateSlot>(
            "create_slot",
            ResultForm.Done,
            [Id, BaseGfn, new("pages", FieldKind.Hex), DirtyLog, SlotAllocation],
            values => new Operation.CreateSlot(values.Number(0), values[1], values[2], values.Is(3), values.Is(4)),
            create => new(create.Id, create.BaseGfn, create.Pages, Bit(create.DirtyLog), Bit(create.AllocationFails))),
        Of<Operation.SetSlotFlags>(
            "set_slot_flags",
            ResultForm.Done,
            [Id, DirtyLog],
            values => new Operation.SetSlotFlags(values.Number(0), values.Is(1)),
            flags => new(flags.Id, Bit(flags.DirtyLog))),
        Of<Operation.MoveSlot>(
            "move_slot",
            ResultForm.Done,
            [Id, BaseGfn, SlotAllocation],
            values => new Operation.MoveSlot(values.Number(0), values[1], values.Is(2)),
            move => new(move.Id, move.BaseGfn, Bit(move.AllocationFails))),
        Of<Operation.DeleteSlot>(
            "delete_slot",
            ResultForm.Done,
            [Id, SlotAllocation],
            values => new Operation.DeleteSlot(values.Number(0), values.Is(1)),
            delete => new(delete.Id, Bit(delete.AllocationFails))),
        Of<Operation.EnableCmma>("enable_cmma", ResultForm.Done),
        Of<Operation.ClearCmma>("clear_cmma", ResultForm.Done),
        Of<Operation.StartMigration>("start_migration", ResultForm.Done),
        Of<Operation.StopMigration>("stop_migration", ResultForm.Done),
        Of<Operation.MigrationStatus>("migration_status", ResultForm.MigrationStatus),
        Of<Operation.Touch>("touch", ResultForm.Page, [Gfn], values => new Operation.Touch(values[0]), touch => new(touch.Gfn), Capability.Residency),
        Of<Operation.Evict>("evict", ResultForm.Page, [Gfn], values => new Operation.Evict(values[0]), evict => new(evict.Gfn), Capability.Residency),
        Of<Operation.Essa>(
            "essa",
            ResultForm.Essa,
            [Gfn, Orc, EssaPages],
            values => new Operation.Essa(values[0], values.Number(1), values.Number(2)),
            essa => new(essa.Gfn, essa.Orc, essa.Pages),
            Capability.Essa),
        Of<Operation.EssaBegin>(
            "essa_begin",
            ResultForm.Done,
            [Gfn, Orc],
            values => new Operation.EssaBegin(values[0], values.Number(1)),
            begin => new(begin.Gfn, begin.Orc),
            Capability.EssaSteps),
        Of<Operation.EssaEnd>("essa_end", ResultForm.Essa, Capability.EssaSteps),
        Of<Operation.Get>(
            "get",
            ResultForm.Get,
            [StartGfn, Count, Flags, new("remaining", FieldKind.Hex) { IsOptional = true }, BufferBytes, ArgumentOfGet, Allocation],
            values => new Operation.Get(
                values[0], values.Number(1), values.Number(2), values[3], values.Has(4) ? values.Number(4) : null, (ArgumentMemory)values[5], values.Is(6)),
            get => new(get.StartGfn, get.Count, get.Flags, get.Remaining, get.BufferBytes, (ulong)get.Argument, Bit(get.AllocationFails))),
        Of<Operation.Set>(
            "set",
            ResultForm.Done,
            [StartGfn, Count, Flags, new("mask", FieldKind.Hex), new("values", FieldKind.Bytes), ArgumentOfSet, Allocation],
            values => new Operation.Set(values[0], values.Number(1), values.Number(2), values[3], values.Bytes!, (ArgumentMemory)values[5], values.Is(6)),
            set => new(set.StartGfn, set.Count, set.Flags, set.Mask, null, (ulong)set.Argument, Bit(set.AllocationFails)) { Bytes = set.Values }),
    ];

    private static readonly Dictionary<Type, OperationForm> ByType = Forms.ToDictionary(form => form.type);

    private readonly Type type;
    private readonly Func<FieldValues, Operation> make;
    private readonly Func<Operation, FieldValues> take;

    private OperationForm(Type type, string name, ResultForm results, IReadOnlyList<OperationField> fields, Func<FieldValues, Operation> make, Func<Operation, FieldValues> take, Capability? needs)
    {
        this.type = type;
        this.make = make;
        this.take = take;
        Kind = Enum.Parse<OperationKind>(type.Name);
        Name = name;
        Results = results;
        Fields = fields;
        Needs = needs;
        Json = new JsonNames(["op", .. fields.Select(field => field.Name)], Mask(fields));
        JsonWithExpectation = new JsonNames(["op", .. fields.Select(field => field.Name), "expect"], Mask(fields));
        JsonName = JsonEncodedText.Encode(name);
        Defaults = new FieldValues([.. fields.Select(field => field.IsOptional ? field.Default : null)]);
    }

    /// <summary>Every operation, in the order of <see cref="OperationKind"/>.</summary>
    public static IReadOnlyList<OperationForm> All => Forms;

    /// <summary>Which operation.</summary>
    public OperationKind Kind { get; }

    /// <summary>Its name, such as "create_slot".</summary>
    public string Name { get; }

    /// <summary>Its name as files are called, such as "create-slot".</summary>
    public string FileName => Name.Replace('_', '-');

    /// <summary>Its fields in the order in which they are written.</summary>
    public IReadOnlyList<OperationField> Fields { get; }

    /// <summary>What an implementation must be able to do for it; null: nothing. Its fields may need more.</summary>
    public Capability? Needs { get; }

    /// <summary>What may come back.</summary>
    public ResultForm Results { get; }

    /// <summary>op and the fields.</summary>
    internal JsonNames Json { get; }

    /// <summary>The same, followed by what must come back.</summary>
    internal JsonNames JsonWithExpectation { get; }

    /// <summary>The name as JSON.</summary>
    internal JsonEncodedText JsonName { get; }

    /// <summary>What the fields are where they are left out.</summary>
    internal FieldValues Defaults { get; }

    /// <summary>The form of an operation.</summary>
    public static OperationForm Of(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ByType[operation.GetType()];
    }

    /// <summary>The form of an operation.</summary>
    public static OperationForm Of(OperationKind kind) => Forms[(int)kind];

    /// <summary>The form of the operation of this name, or null.</summary>
    public static OperationForm? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (OperationForm form in Forms)
        {
            if (form.JsonName.EncodedUtf8Bytes.SequenceEqual(utf8))
            {
                return form;
            }
        }

        return null;
    }

    /// <summary>The form of the operation whose files are called so.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static OperationForm OfFile(string fileName) => Array.Find(Forms, form => form.FileName == fileName) ?? throw new ArgumentException($"no operation '{fileName}'", nameof(fileName));

    /// <summary>An operation of this kind.</summary>
    public Operation Create(FieldValues values) => make(values);

    /// <summary>The values of an operation of this kind.</summary>
    public FieldValues ValuesOf(Operation operation) => take(operation);

    /// <summary>Whether a field is written: not where it says the default.</summary>
    internal bool IsWritten(int index, FieldValues values) =>
        !Fields[index].IsOptional || (values.Has(index) && values[index] != Fields[index].Default);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static OperationForm Of<T>(string name, ResultForm results, Capability? needs = null)
        where T : Operation, new() => Of<T>(name, results, [], _ => new T(), _ => default, needs);

    private static OperationForm Of<T>(
        string name, ResultForm results, IReadOnlyList<OperationField> fields, Func<FieldValues, Operation> make, Func<T, FieldValues> take, Capability? needs = null)
        where T : Operation => new(typeof(T), name, results, fields, make, operation => take((T)operation), needs);

    private static ulong Bit(bool flag) => flag ? 1u : 0;

    // op and what may not be left out, a bit each in the order of the names
    private static uint Mask(IReadOnlyList<OperationField> fields)
    {
        uint mask = 1;
        for (int index = 0; index < fields.Count; index++)
        {
            mask |= fields[index].IsOptional ? 0 : 2u << index;
        }

        return mask;
    }
}
