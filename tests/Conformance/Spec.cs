// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

/// <summary>The real spec folder, and short ways to read JSON against its schema.</summary>
internal static class Spec
{
    public static SpecFolder Folder { get; } = SpecFolder.Find();

    public static string Root { get; } = Path.GetDirectoryName(Folder.Path)!;

    public static JsonSchemaFile Schema { get; } = new(SchemaPath, "schema.json");

    public static IReadOnlyList<Clause> Clauses { get; } = ClauseFolder.Read(Folder.Clauses);

    public static IReadOnlyList<Vector> Vectors { get; } = new VectorFolder(Folder.Vectors).All();

    public static string SchemaPath => Path.Combine(Folder.Vectors, "schema.json");

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A trace of these operations, each written as JSON.</summary>
    public static Trace Trace(params string[] operations) => TraceReader.Trace(Json($"{{\"operations\":[{string.Join(',', operations)}]}}"), "test.json");

    /// <summary>The one operation of a trace.</summary>
    public static Operation Operation(string json) => Trace(json).Steps[0].Operation;

    /// <summary>A vector that needs what its operations need.</summary>
    public static Vector Vector(string id, params string[] operations)
    {
        Trace trace = Trace(operations);
        return new Vector(id, ["GET-BLOCK-4"], "Because.", ["contract"], "hand", Capabilities.NeededBy(trace), trace, "get/some.json", Line: 1);
    }

    /// <summary>What is wrong with the input, in one line.</summary>
    public static string Refused(Func<object?> read)
    {
        string message = Xunit.Assert.Throws<InputException>(read).Message;
        Xunit.Assert.DoesNotContain('\n', message);
        return message;
    }
}

/// <summary>A folder that is deleted with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cmma test ").FullName;

    /// <summary>A folder of vectors with the real schema and these files.</summary>
    public static TempFolder WithVectors(params (string File, string Text)[] files)
    {
        TempFolder folder = new();
        folder.Write("schema.json", File.ReadAllText(Spec.SchemaPath));
        foreach ((string file, string text) in files)
        {
            folder.Write(file, text);
        }

        return folder;
    }

    /// <summary>A copy of the real vectors.</summary>
    public static TempFolder WithRealVectors()
    {
        TempFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(Spec.Folder.Vectors, "*.json", SearchOption.AllDirectories))
        {
            folder.Write(System.IO.Path.GetRelativePath(Spec.Folder.Vectors, file), File.ReadAllText(file));
        }

        return folder;
    }

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public string Read(string file) => File.ReadAllText(At(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), text);
    }

    /// <summary>Every file with its bytes, to see whether anything was written.</summary>
    public IReadOnlyList<string> Snapshot() =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => file + "\n" + File.ReadAllText(file))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
