// SPDX-License-Identifier: MIT
using Cmma.Traces;
using Cmma.Traces.Json;

namespace Cmma.Outside;

/// <summary>Checks messages against spec/protocol.schema.json. Slower than reading them, but says more exactly what is wrong.</summary>
/// <param name="schema">The schema.</param>
public sealed class ProtocolSchema(JsonSchemaFile schema)
{
    private const string FileName = "protocol.schema.json";

    /// <summary>Reads the schema from the folder spec/.</summary>
    /// <exception cref="InputException">There is none, or it is not a schema.</exception>
    public static ProtocolSchema Read(SpecFolder spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new ProtocolSchema(new JsonSchemaFile(Path.Combine(spec.Path, FileName), FileName));
    }

    /// <summary>What is wrong with a line as a message of this kind (hello, greeting, question, answer), or null.</summary>
    public string? Breach(ReadOnlySpan<byte> line, string message) =>
        schema.Breach(line, message) is { } reason ? $"breaks the protocol: {message}: {reason}: '{MessageReader.Shown(line)}'" : null;

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
