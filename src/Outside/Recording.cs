using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>What an implementation wrote elsewhere: its greeting, then an answer a line, in any order.</summary>
public sealed class Recording : IImplementation
{
    private readonly Dictionary<string, byte[]> answers = new(StringComparer.Ordinal);

    /// <summary>Reads a recording.</summary>
    /// <exception cref="InputException">It cannot be read, or a line is neither the greeting nor an answer.</exception>
    public Recording(string name, string path)
    {
        Name = name;
        try
        {
            using FileStream file = File.OpenRead(path);
            Capabilities = Read(new LineReader(file), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Capabilities { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
    {
        using MessageWriter writer = new();
        return [.. questions.Select(question => Find(question, writer))];
    }

    /// <inheritdoc/>
    public IRun NewVm(bool hostHasCmma) => throw new InputException($"{Name}: a recording can only be checked");

    private IReadOnlyList<string> Read(LineReader reader, string path)
    {
        IReadOnlyList<string>? capabilities = null;
        int number = 0;
        while (reader.Read(out ReadOnlySpan<byte> line))
        {
            number++;
            if (capabilities == null)
            {
                capabilities = AnswerReader.Greeting(line, out string reason) ?? throw new InputException(path, number, reason);
                continue;
            }

            string? id = AnswerReader.Id(line);
            if (id == null && AnswerReader.Greeting(line, out _) == null)
            {
                throw new InputException(path, number, $"is no answer: '{MessageFields.Show(line)}'");
            }

            if (id != null && !answers.TryAdd(id, line.ToArray()) && !line.SequenceEqual(answers[id]))
            {
                throw new InputException(path, number, $"answers '{id}' again, and otherwise");
            }
        }

        return reader.TooLong ? throw new InputException(path, "a line is too long") : capabilities ?? throw new InputException(path, "is empty");
    }

    private Answer Find(Question question, MessageWriter writer)
    {
        writer.Clear();
        string id = writer.AddQuestion(question);
        return answers.TryGetValue(id, out byte[]? line)
            ? AnswerReader.Read(line, id, question.Operations.Count, out string reason) ?? new Answer([], reason)
            : new Answer([], $"there is no answer '{id}' in the recording") { NeverAsked = true };
    }
}
