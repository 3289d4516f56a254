// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>What an implementation wrote elsewhere: its greeting, then one answer per line, in any order.</summary>
public sealed class Recording : IImplementation
{
    private readonly Dictionary<string, byte[]> answers = new(StringComparer.Ordinal);
    private readonly Greeting greeting;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="InputException">It cannot be read, or a line is neither the greeting nor an answer.</exception>
    public Recording(string name, string path)
    {
        Name = name;
        try
        {
            using FileStream file = File.OpenRead(path);
            greeting = Read(new LineReader(file), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Capability> Capabilities => greeting.Capabilities;

    /// <inheritdoc/>
    public string? Tested => greeting.Tested;

    /// <inheritdoc/>
    public bool ReportsBreachesItself => greeting.MemoryIsBigEndian == null;

    /// <inheritdoc/>
    public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
    {
        using MessageWriter writer = new();
        return [.. questions.Select(question => Find(question, writer))];
    }

    /// <inheritdoc/>
    public IRun NewVm(bool hostHasCmma) => throw new InputException($"{Name}: a recording can only be checked");

    private Greeting Read(LineReader reader, string path)
    {
        Greeting? first = null;
        int number = 0;
        while (reader.Read(out ReadOnlySpan<byte> line))
        {
            number++;
            if (first == null)
            {
                first = MessageReader.GreetingOr(line, out string reason) ?? throw new InputException(path, number, reason);
                continue;
            }

            if (Id(line, path, number) is not { } id)
            {
                continue; // one more greeting: it was written in parts, and they were joined
            }

            if (!answers.TryAdd(id, line.ToArray()) && !line.SequenceEqual(answers[id]))
            {
                throw new InputException(path, number, $"answers '{id}' again, and otherwise");
            }
        }

        return reader.TooLong ? throw new InputException(path, "a line is too long") : first ?? throw new InputException(path, "is empty");
    }

    private static string? Id(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return MessageReader.Answer(line).Id;
        }
        catch (InputException e)
        {
            return MessageReader.GreetingOr(line, out _) != null ? null : throw new InputException(path, number, $"is no answer: {e.Message}: '{MessageReader.Shown(line)}'");
        }
    }

    private Answer Find(Question question, MessageWriter writer)
    {
        writer.Clear();
        string id = writer.AddQuestion(question);
        return answers.TryGetValue(id, out byte[]? line)
            ? MessageReader.AnswerTo(id, question, line, greeting.MemoryIsBigEndian, out string reason) ?? new Answer([], reason)
            : new Answer([], $"there is no answer '{id}' in the recording") { NeverAsked = true };
    }
}
