using System;
using System.IO;
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Outside;

/// <summary>Checks messages against spec/protocol.schema.json. Slower than reading them, and tells more exactly what is wrong.</summary>
/// <param name="schema">The schema.</param>
public sealed class ProtocolSchema(JsonSchema schema)
{
    private const string FileName = "protocol.schema.json";

    /// <summary>Reads the schema from the folder spec/.</summary>
    /// <exception cref="InputException">There is none, or it is no schema.</exception>
    public static ProtocolSchema Read(SpecFolder spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new ProtocolSchema(new JsonSchema(JsonDocumentText.ReadFile(Path.Combine(spec.Path, FileName), FileName), FileName));
    }

    /// <summary>What is wrong with a line as a message of this kind (hello, greeting, question, answer), or null.</summary>
    public string? Breach(ReadOnlySpan<byte> line, string message)
    {
        try
        {
            return schema.Check(JsonDocumentText.Parse(line, message), message) is { } error ? $"breaks the protocol: {message}: {error.Reason}" : null;
        }
        catch (InputException e)
        {
            return $"breaks the protocol: {e.Message}: '{MessageFields.Show(line)}'";
        }
    }

    /// <summary>Checks what we send ourselves.</summary>
    /// <exception cref="InvalidOperationException">It breaks our own protocol.</exception>
    internal void RequireSent(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = lines[..end];
            if (Breach(line, line.StartsWith("{\"hello\""u8) ? "hello" : "question") is { } breach)
            {
                throw new InvalidOperationException($"what is sent {breach}");
            }

            lines = lines[(end + 1)..];
        }
    }
}
