// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Outside;

/// <summary>The other side of the protocol: answers questions with an implementation of ours.</summary>
public static class ProtocolServer
{
    private const int EnoughBytes = 32 * 1024;

    /// <summary>Answers until the input ends. A line that is no question is answered by an error with the field and the reason, and nothing is done.</summary>
    /// <exception cref="InputException">A line is too long to be read.</exception>
    public static void Serve(IImplementation implementation, Stream input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(output);
        LineReader reader = new(input);
        using MessageWriter writer = new();
        int number = 0;
        try
        {
            while (reader.Read(out ReadOnlySpan<byte> line))
            {
                number++;
                Answer(implementation, writer, line, number);
                if (!reader.HasLine || writer.Lines.Length >= EnoughBytes)
                {
                    Send(writer, output);
                }
            }
        }
        finally
        {
            Send(writer, output); // also the answers before a line that is too long
        }

        if (reader.TooLong)
        {
            throw new InputException("input", number + 1, $"is longer than {LineReader.MaxLineBytes / 1024 / 1024} MiB");
        }
    }

    /// <summary>
    /// Answers one operation per line until the input ends, for a program that learns what to ask next from what came back. A hello begins a new
    /// VM, and is answered by the greeting; the first VM is there without one. A line that is neither is answered by an error, and nothing is done.
    /// </summary>
    public static void ServeOperations(IImplementation implementation, Stream input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        ArgumentNullException.ThrowIfNull(output);
        LineReader reader = new(input);
        using MessageWriter writer = new();
        IRun vm = implementation.NewVm(hostHasCmma: true);
        while (reader.Read(out ReadOnlySpan<byte> line))
        {
            try
            {
                if (MessageReader.Operation(line) is { } operation)
                {
                    writer.AddResult(vm.Do(operation));
                }
                else
                {
                    (vm as IDisposable)?.Dispose();
                    vm = implementation.NewVm(hostHasCmma: true);
                    writer.AddGreeting(implementation.Capabilities);
                }
            }
            catch (InputException e)
            {
                writer.AddRefusal(id: null, $"nothing was done: {e.Message}");
            }

            Send(writer, output);
        }

        (vm as IDisposable)?.Dispose();
    }

    // What was not declared may not be asked: a machine that looks at every page one by one would fill this host's memory. What is needed is told
    // by the contract, so a trace of which it says nothing may not be asked either: a kernel takes a used id as a change of its slot.
    private static Answer? Refusal(IImplementation implementation, Question question)
    {
        if (implementation.Capabilities.Count == Capability.All.Count)
        {
            return null;
        }

        Capability[] lacking = [.. Capabilities.NeededBy(question).Except(implementation.Capabilities)];
        string? reason = lacking.Length > 0
            ? $"this needs {string.Join<Capability>(", ", lacking)}, which {implementation.Name} does not declare"
            : VectorLint.Malformed(SlotPlan.TraceOf(question))?.Split(": ", 2)[1];
        return reason == null ? null : new Answer([], $"nothing was done: {reason}");
    }

    private static void Send(MessageWriter writer, Stream output)
    {
        output.Write(writer.Lines);
        output.Flush();
        writer.Clear();
    }

    private static void Answer(IImplementation implementation, MessageWriter writer, ReadOnlySpan<byte> line, int number)
    {
        AskedQuestion asked;
        try
        {
            asked = MessageReader.Question(line);
        }
        catch (InputException e)
        {
            writer.AddRefusal(MessageReader.IdIn(line), $"nothing was done: line {number}: {e.Message}");
            return;
        }

        if (asked.Question is { } question)
        {
            writer.AddAnswer(asked.Id, Refusal(implementation, question) ?? implementation.Ask([question])[0]);
        }
        else
        {
            writer.AddGreeting(implementation.Capabilities);
        }
    }
}
