// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Cmma.Abi;
using Cmma.Kernels;
using Cmma.Traces;

namespace Cmma.Catalogue.Recordings;

/// <summary>Reads recordings: gzip, one JSON object per line.</summary>
public static class RecordingReader
{
    private const uint SpareBytes = 4096;

    /// <summary>The lines of a file.</summary>
    /// <exception cref="InputException">File, line and reason.</exception>
    public static IEnumerable<RecordedTrace> Read(string path)
    {
        using FileStream file = Open(path);
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        for (int number = 1; ReadLine(reader, path, number) is { } line; number++)
        {
            yield return Parse(line, path, number);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, e.Message);
        }
    }

    private static string? ReadLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new InputException(path, number, e.Message);
        }
    }

    private static RecordedTrace Parse(string line, string path, int number)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return RecordedTrace(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new InputException(path, number, $"not a recording: {e.Message}");
        }
    }

    private static RecordedTrace RecordedTrace(JsonElement line)
    {
        JsonElement operations = line.GetProperty("ops");
        JsonElement results = line.GetProperty("results");
        if (operations.GetArrayLength() != results.GetArrayLength())
        {
            throw new FormatException("as many results as operations are needed");
        }

        List<RecordedStep> steps = [];
        for (int index = 0; index < operations.GetArrayLength(); index++)
        {
            steps.Add(Step(operations[index], results[index]));
        }

        return new RecordedTrace(
            line.GetProperty("kernel").GetString()!,
            line.GetProperty("seed").GetInt32(),
            Bit(line.GetProperty("touched")),
            steps);
    }

    private static RecordedStep Step(JsonElement operation, JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.String)
        {
            return new RecordedStep(Operation(operation), new Expected(EndOf(result.GetString()!)));
        }

        return operation[0].GetString() switch
        {
            "essa" => Essa(operation, result),
            "get" => Get((Operation.Get)Operation(operation), Get(result)),
            "status" => new RecordedStep(Operation(operation), new Expected(Name(result[0])) { Migrating = Bit(result[1]) }),
            _ => new RecordedStep(Operation(operation), new Expected(Name(result))),
        };
    }

    private static Operation Operation(JsonElement from) => from[0].GetString() switch
    {
        "create" => new Operation.CreateSlot(from[1].GetUInt32(), Number(from[2]), Number(from[3]), Bit(from[4])),
        "delete" => new Operation.DeleteSlot(from[1].GetUInt32()),
        "flags" => new Operation.SetSlotFlags(from[1].GetUInt32(), Bit(from[2])),
        "enable" => new Operation.EnableCmma(),
        "clear" => new Operation.ClearCmma(),
        "start" => new Operation.StartMigration(),
        "stop" => new Operation.StopMigration(),
        "status" => new Operation.MigrationStatus(),
        "essa" => new Operation.Essa(Number(from[1]), from[2].GetUInt32()),
        "get" => new Operation.Get(
            Number(from[1]),
            from[2].GetUInt32(),
            from[3].GetUInt32(),
            BufferBytes: from[4].GetString() == "bad" ? 0 : null),
        "set" => new Operation.Set(
            Number(from[1]),
            from[2].GetUInt32(),
            from[3].GetUInt32(),
            ulong.Parse(from[4].GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            ByteRuns.Of(Convert.FromHexString(from[5].GetString()!))),
        var name => throw new FormatException($"unknown operation '{name}'"),
    };

    private static RecordedStep Essa(JsonElement operation, JsonElement result)
    {
        if (result[0].ValueKind == JsonValueKind.Number)
        {
            return new RecordedStep(Operation(operation), new Expected(Name(result[0])) { R1 = Number(result[1]) });
        }

        string name = result[0].GetString()!;
        return name == "hw"
            ? new RecordedStep(Operation(operation), new Expected(Outcome.Ok), ShowsR1: false)
            : new RecordedStep(Operation(operation), new Expected(name));
    }

    // a buffer of a million bytes for an answer of a few takes time; more than a little too many is a fault, and so a difference
    private static RecordedStep Get(Operation.Get operation, Expected answer)
    {
        uint needed = (answer.Count ?? 0) + SpareBytes;
        bool shorten = answer.Result == Outcome.Ok && operation.BufferBytes == null && operation.Count > needed;
        return new RecordedStep(shorten ? operation with { BufferBytes = needed } : operation, answer);
    }

    private static Expected Get(JsonElement result)
    {
        if (result.GetArrayLength() == 1)
        {
            return new Expected(Name(result[0]));
        }

        byte[] bytes = Bytes(result[6]);
        if (bytes.Length != result[2].GetUInt32())
        {
            throw new FormatException("as many bytes as the count says are needed");
        }

        // the flags come back as they went in but for an answer of zeros, whose pointer is 0 too; the runner looks at both
        return Bit(result[5])
            ? new Expected(Outcome.Ok) { Zeroed = true }
            : new Expected(Outcome.Ok)
            {
                StartGfn = Number(result[1]),
                Count = result[2].GetUInt32(),
                Remaining = Number(result[4]),
                Values = ByteRuns.Of(bytes),
            };
    }

    private static byte[] Bytes(JsonElement json)
    {
        List<byte> bytes = [];
        if (json.ValueKind == JsonValueKind.String)
        {
            string hex = json.GetString()!;
            for (int index = 0; index < hex.Length; index += 2)
            {
                bytes.Add(Byte(hex.Substring(index, 2)));
            }

            return [.. bytes];
        }

        foreach (JsonElement run in json.EnumerateArray())
        {
            byte value = Byte(run[0].GetString()!);
            for (int times = run[1].GetInt32(); times > 0; times--)
            {
                bytes.Add(value);
            }
        }

        return [.. bytes];
    }

    private static byte Byte(string hex) =>
        hex == "??" ? KernelVm.OldKernelMemory : byte.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // numbers of 2^53 and more are decimal strings
    private static ulong Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.String
            ? ulong.Parse(json.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
            : json.GetUInt64();

    private static bool Bit(JsonElement json) => json.GetInt32() != 0;

    private static string EndOf(string word) => word switch
    {
        "crash" => Outcome.HostCrash,
        "overrun" => Outcome.LeaksMemory,
        _ => throw new FormatException($"unknown result '{word}'"),
    };

    private static string Name(JsonElement json) => Outcome.NameOf(json.GetInt32());
}
