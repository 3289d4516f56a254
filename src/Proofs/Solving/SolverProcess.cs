// SPDX-License-Identifier: MIT
using System.Text;

namespace Cmma.Proofs.Solving;

/// <summary>
/// One solver, talked to in SMT-LIB. Its process is killed when a limit is passed, when an answer makes no sense, and at the end, unless it is
/// good for another text.
/// </summary>
public sealed class SolverProcess : IDisposable
{
    private readonly SolverChild child;
    private readonly SolverKind kind;
    private readonly StringBuilder pending = new();
    private bool isSound = true;

    /// <summary>Takes a solver of which nothing was asked, or of which nothing is left of what was.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="limits">What one question may cost.</param>
    /// <param name="subject">What it is asked about: the file that errors name.</param>
    /// <exception cref="SolverException">It cannot be run.</exception>
    public SolverProcess(SolverKind kind, SolverLimits limits, string subject)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(limits);
        this.kind = kind;
        Subject = subject;
        child = SolverChild.Take(kind, limits);
        Send(limits.Options);
    }

    /// <summary>The file, or what else, that is being proved; errors name it.</summary>
    public string Subject { get; set; }

    /// <summary>The process that answers.</summary>
    internal int ProcessId => child.ProcessId;

    /// <summary>How many answers it gave.</summary>
    public long Answers { get; private set; }

    /// <summary>Gives it commands that have no answer; they go out with the next question.</summary>
    public void Send(string commands) => pending.Append(commands).Append('\n');

    /// <summary>Asks whether what is asserted can hold.</summary>
    /// <exception cref="SolverException">It died or answered something else.</exception>
    public Answer Check()
    {
        Send("(check-sat)");
        Flush();
        return ReadAnswer();
    }

    /// <summary>Asks whether one condition can hold, and whether its opposite can, in addition to what is asserted.</summary>
    public (Answer Condition, Answer Opposite) CheckBoth(string condition)
    {
        Send($"(push 1)\n(assert {condition})\n(check-sat)\n(pop 1)\n(push 1)\n(assert (not {condition}))\n(check-sat)\n(pop 1)");
        Flush();
        Answer first = ReadAnswer();
        return (first, ReadAnswer());
    }

    /// <summary>Gives it a whole text, starting over, and reads its answers: one for each question in the text.</summary>
    /// <returns>The answers, and what it printed after the last of them.</returns>
    /// <exception cref="SolverException">It died, or answered something else, more, or less.</exception>
    public (IReadOnlyList<Answer> Answers, string Values) Run(string text, int questions)
    {
        const string Done = "every question is answered";
        Send($"(reset)\n{text}\n(echo \"{Done}\")");
        Flush();
        List<Answer> answers = [];
        while (answers.Count < questions)
        {
            answers.Add(ReadAnswer());
        }

        StringBuilder values = new();
        for (string line = ReadLine(); line.Trim('"') != Done; line = ReadLine())
        {
            if (line is "sat" or "unsat" or "unknown")
            {
                throw Failure($"answers more than it was asked: {line}");
            }

            values.Append(line).Append('\n');
        }

        return (answers, values.ToString());
    }

    /// <summary>Asks a question that is answered by one expression.</summary>
    public string Ask(string command)
    {
        Send(command);
        Flush();
        StringBuilder text = new();
        int depth = 0;
        do
        {
            string line = ReadLine();
            text.Append(line).Append('\n');
            depth += Depth(line);
        }
        while (depth > 0);

        return text.ToString();
    }

    /// <summary>Ends it. One that failed, or that gave no answer, is not used again: its state is unknown.</summary>
    public void Dispose()
    {
        if (isSound)
        {
            child.Return();
        }
        else
        {
            child.Dispose();
        }
    }

    private static int Depth(string line)
    {
        int depth = 0;
        bool quoted = false;
        foreach (char character in line)
        {
            quoted ^= character is '"' or '|';
            depth += quoted ? 0 : character == '(' ? 1 : character == ')' ? -1 : 0;
        }

        return depth;
    }

    private void Flush()
    {
        if (!child.Write(pending.ToString()))
        {
            throw Failure(child.Fate);
        }

        pending.Clear();
    }

    private Answer ReadAnswer()
    {
        string line = ReadLine();
        Answers++;
        switch (line)
        {
            case "sat":
                return Answer.Satisfiable;
            case "unsat":
                return Answer.Unsatisfiable;
            case "unknown" or "timeout":
                isSound = false; // out of memory it ends the process with the next command
                return Answer.Unknown;
            default:
                throw Failure($"answered neither sat nor unsat but: {line}");
        }
    }

    private string ReadLine()
    {
        string line = child.ReadLine() ?? throw Failure(child.Fate);
        return line.StartsWith("(error", StringComparison.Ordinal) ? throw Failure($"says {line}") : line;
    }

    private SolverException Failure(string reason)
    {
        isSound = false;
        return new SolverException($"{Subject}: {kind.Name} {reason}");
    }
}
