using System;
using System.Text;

namespace Cmma.Traces;

/// <summary>The names of operations and of other words in the JSON of traces.</summary>
public static class OperationNames
{
    // in the order of how often they come in traces
    private static readonly string[] All =
    [
        "essa", "get", "set", "create_slot", "create_vcpu", "enable_cmma", "start_migration", "migration_status", "stop_migration",
        "touch", "evict", "clear_cmma", "set_slot_flags", "move_slot", "delete_slot", "essa_begin", "essa_end",
    ];

    /// <summary>The name of an operation; PEEK is "get".</summary>
    public static string Name(Operation operation) => operation switch
    {
        Operation.CreateVcpu => "create_vcpu",
        Operation.CreateSlot => "create_slot",
        Operation.SetSlotFlags => "set_slot_flags",
        Operation.MoveSlot => "move_slot",
        Operation.DeleteSlot => "delete_slot",
        Operation.EnableCmma => "enable_cmma",
        Operation.ClearCmma => "clear_cmma",
        Operation.StartMigration => "start_migration",
        Operation.StopMigration => "stop_migration",
        Operation.MigrationStatus => "migration_status",
        Operation.Touch => "touch",
        Operation.Evict => "evict",
        Operation.Essa => "essa",
        Operation.EssaBegin => "essa_begin",
        Operation.EssaEnd => "essa_end",
        Operation.Get => "get",
        Operation.Set => "set",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>How the argument's memory is written in a trace; null for the default.</summary>
    public static string? Name(ArgumentMemory memory) => memory switch
    {
        ArgumentMemory.Unreadable => "unreadable",
        ArgumentMemory.ReadOnly => "read_only",
        _ => null,
    };

    /// <summary>The name that these UTF-8 bytes spell, or null if no operation has it.</summary>
    public static string? Interned(ReadOnlySpan<byte> utf8)
    {
        foreach (string name in All)
        {
            if (name.Length == utf8.Length && Ascii.Equals(utf8, name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The reverse of <see cref="Name(ArgumentMemory)"/>.</summary>
    public static ArgumentMemory ArgumentMemoryOf(string? name) => name switch
    {
        "unreadable" => ArgumentMemory.Unreadable,
        "read_only" => ArgumentMemory.ReadOnly,
        _ => ArgumentMemory.Ok,
    };
}
