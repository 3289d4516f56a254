using System;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>The fields of an operation in a message, in any order, until all are read.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct OperationFields
{
    private string? op;
    private Fields seen;
    private uint id;
    private uint count;
    private uint orc;
    private uint essaPages;
    private uint flags;
    private uint bufferBytes;
    private ulong gfn;
    private ulong pages;
    private ulong remainingOrMask;
    private bool dirtyLog;
    private ArgumentMemory argument;
    private ByteRuns? values;

    [Flags]
    private enum Fields
    {
        None = 0,
        Id = 1,
        BaseGfn = 1 << 1,
        Pages = 1 << 2,
        DirtyLog = 1 << 3,
        Gfn = 1 << 4,
        Orc = 1 << 5,
        EssaPages = 1 << 6,
        StartGfn = 1 << 7,
        Count = 1 << 8,
        Flags = 1 << 9,
        Remaining = 1 << 10,
        BufferBytes = 1 << 11,
        Mask = 1 << 12,
        Values = 1 << 13,
        Argument = 1 << 14,
        Allocation = 1 << 15,
    }

    private const uint MaxEssaPages = 65536; // as the schema has it
    private const Fields OptionalOfGet = Fields.Flags | Fields.Remaining | Fields.BufferBytes | Fields.Argument | Fields.Allocation;
    private const Fields OptionalOfSet = Fields.Flags | Fields.Argument | Fields.Allocation;

    /// <summary>Reads an operation; the reader stands on its opening brace, and then on its closing one.</summary>
    public static Operation Read(ref Utf8JsonReader json)
    {
        OperationFields fields = default;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            fields.ReadField(ref json);
        }

        return fields.ToOperation();
    }

    private void ReadField(ref Utf8JsonReader json)
    {
        if (QuestionReader.Field(ref json, "op"u8))
        {
            op = OperationNames.Interned(json.ValueSpan) ?? throw new InputException($"op: '{MessageFields.Show(json.ValueSpan)}' is no operation");
        }
        else if (QuestionReader.Field(ref json, "gfn"u8))
        {
            gfn = MessageFields.Hex(ref json, "gfn");
            See(Fields.Gfn);
        }
        else if (QuestionReader.Field(ref json, "orc"u8))
        {
            orc = MessageFields.Number(ref json, "orc");
            See(Fields.Orc);
        }
        else if (QuestionReader.Field(ref json, "start_gfn"u8))
        {
            gfn = MessageFields.Hex(ref json, "start_gfn");
            See(Fields.StartGfn);
        }
        else if (QuestionReader.Field(ref json, "count"u8))
        {
            count = MessageFields.Number(ref json, "count");
            See(Fields.Count);
        }
        else if (!ReadSlotField(ref json) && !ReadIoctlField(ref json))
        {
            throw QuestionReader.UnknownField(ref json);
        }
    }

    private bool ReadSlotField(ref Utf8JsonReader json)
    {
        if (QuestionReader.Field(ref json, "id"u8))
        {
            id = MessageFields.Number(ref json, "id");
            See(Fields.Id);
        }
        else if (QuestionReader.Field(ref json, "base_gfn"u8))
        {
            gfn = MessageFields.Hex(ref json, "base_gfn");
            See(Fields.BaseGfn);
        }
        else if (QuestionReader.Field(ref json, "pages"u8))
        {
            // a slot's pages are a 64-bit number, an ESSA's a count
            bool ofEssa = json.TokenType == JsonTokenType.Number;
            essaPages = ofEssa ? MessageFields.Number(ref json, "pages") : 1;
            if (essaPages > MaxEssaPages)
            {
                throw new InputException($"pages: is above {MaxEssaPages}");
            }

            pages = ofEssa ? 0 : MessageFields.Hex(ref json, "pages");
            See(ofEssa ? Fields.EssaPages : Fields.Pages);
        }
        else if (QuestionReader.Field(ref json, "dirty_log"u8))
        {
            dirtyLog = MessageFields.Flag(ref json, "dirty_log");
            See(Fields.DirtyLog);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadIoctlField(ref Utf8JsonReader json)
    {
        if (QuestionReader.Field(ref json, "mask"u8))
        {
            remainingOrMask = MessageFields.Hex(ref json, "mask");
            See(Fields.Mask);
        }
        else if (QuestionReader.Field(ref json, "values"u8))
        {
            values = MessageFields.Runs(ref json, "values");
            See(Fields.Values);
        }
        else if (QuestionReader.Field(ref json, "flags"u8))
        {
            flags = MessageFields.Hex32(ref json, "flags");
            See(Fields.Flags);
        }
        else if (QuestionReader.Field(ref json, "remaining"u8))
        {
            remainingOrMask = MessageFields.Hex(ref json, "remaining");
            See(Fields.Remaining);
        }
        else if (QuestionReader.Field(ref json, "buffer_bytes"u8))
        {
            bufferBytes = MessageFields.Number(ref json, "buffer_bytes") is var bytes and <= Abi.Limits.MaxCount ? bytes : throw new InputException("buffer_bytes: is above 1048576");
            See(Fields.BufferBytes);
        }
        else if (QuestionReader.Field(ref json, "argument"u8))
        {
            argument = OperationNames.ArgumentMemoryOf(MessageFields.Word(ref json, "argument"));
            See(Fields.Argument);
        }
        else if (QuestionReader.Field(ref json, "allocation"u8))
        {
            _ = MessageFields.Word(ref json, "allocation");
            See(Fields.Allocation);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void See(Fields field) => seen |= field;

    private readonly bool Has(Fields field) => (seen & field) != Fields.None;

    // The fields must be exactly those of the operation; then it is put together.
    private readonly Operation ToOperation()
    {
        switch (op)
        {
            case "essa":
                Require(Fields.Gfn | Fields.Orc, Fields.EssaPages);
                return new Operation.Essa(gfn, orc, Has(Fields.EssaPages) ? essaPages : 1);
            case "essa_begin":
                Require(Fields.Gfn | Fields.Orc);
                return new Operation.EssaBegin(gfn, orc);
            case "get":
                Require(Fields.StartGfn | Fields.Count, OptionalOfGet);
                return new Operation.Get(gfn, count, flags, remainingOrMask, Has(Fields.BufferBytes) ? bufferBytes : null, argument, Has(Fields.Allocation));
            case "set":
                Require(Fields.StartGfn | Fields.Count | Fields.Mask | Fields.Values, OptionalOfSet);
                return new Operation.Set(gfn, count, flags, remainingOrMask, values!, argument, Has(Fields.Allocation));
            case "touch":
                Require(Fields.Gfn);
                return new Operation.Touch(gfn);
            case "evict":
                Require(Fields.Gfn);
                return new Operation.Evict(gfn);
            case "create_slot":
                Require(Fields.Id | Fields.BaseGfn | Fields.Pages | Fields.DirtyLog);
                return new Operation.CreateSlot(id, gfn, pages, dirtyLog);
            case "set_slot_flags":
                Require(Fields.Id | Fields.DirtyLog);
                return new Operation.SetSlotFlags(id, dirtyLog);
            case "move_slot":
                Require(Fields.Id | Fields.BaseGfn);
                return new Operation.MoveSlot(id, gfn);
            case "delete_slot":
                Require(Fields.Id);
                return new Operation.DeleteSlot(id);
            default:
                Require(Fields.None);
                return WithoutFields();
        }
    }

    private readonly Operation WithoutFields() => op switch
    {
        "create_vcpu" => new Operation.CreateVcpu(),
        "enable_cmma" => new Operation.EnableCmma(),
        "clear_cmma" => new Operation.ClearCmma(),
        "start_migration" => new Operation.StartMigration(),
        "stop_migration" => new Operation.StopMigration(),
        "migration_status" => new Operation.MigrationStatus(),
        "essa_end" => new Operation.EssaEnd(),
        _ => throw new InputException("op: is missing"),
    };

    private readonly void Require(Fields needed, Fields optional = default)
    {
        if ((seen & needed) != needed || (seen & ~(needed | optional)) != Fields.None)
        {
            throw new InputException($"{op}: a field is missing, or one is not its own");
        }
    }
}
