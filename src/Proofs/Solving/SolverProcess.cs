using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace Cmma.Proofs.Solving;

/// <summary>
/// One solver, talked to in SMT-LIB through its standard input and output. It is killed when a limit is passed, when an answer makes no
/// sense, and at the end: nothing stays behind.
/// </summary>
public sealed class SolverProcess : IDisposable
{
    private const int MostWallClocks = 10;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    private readonly Process process;
    private readonly SolverKind kind;
    private readonly SolverLimits limits;
    private readonly StringBuilder pending = new();
    private readonly Timer watch;
    private long askedAt;
    private long watchedSince;
    private TimeSpan usedBefore;
    private volatile string? killedFor;

    /// <summary>Starts a solver.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="limits">What one question may cost.</param>
    /// <param name="subject">What it is asked about: the file that errors name.</param>
    /// <exception cref="SolverException">It cannot be run.</exception>
    public SolverProcess(SolverKind kind, SolverLimits limits, string subject)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(limits);
        this.kind = kind;
        this.limits = limits;
        Subject = subject;
        ProcessStartInfo start = new(kind.Name, kind.Arguments(limits))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw kind.Missing(exception);
        }

        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        watch = new Timer(_ => Watch(), null, WatchInterval, WatchInterval);
    }

    /// <summary>The file, or what else, that is being proved; errors name it.</summary>
    public string Subject { get; set; }

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

    /// <summary>Asks whether one condition can hold, and whether its opposite can, beside what is asserted.</summary>
    public (Answer Condition, Answer Opposite) CheckBoth(string condition)
    {
        Send($"(push 1)\n(assert {condition})\n(check-sat)\n(pop 1)\n(push 1)\n(assert (not {condition}))\n(check-sat)\n(pop 1)");
        Flush();
        Answer first = ReadAnswer();
        return (first, ReadAnswer());
    }

    /// <summary>Gives it a whole text, beginning anew, and reads its answers: one for each question in the text.</summary>
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
                throw new SolverException($"{Subject}: {kind.Name} answers more than it was asked: {line}");
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

    /// <summary>Kills it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        watch.Dispose();
        Kill();
        process.Dispose();
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
        try
        {
            process.StandardInput.Write(pending);
            process.StandardInput.Flush();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            throw new SolverException($"{Subject}: {kind.Name} {Fate()}", exception);
        }

        pending.Clear();
    }

    private Answer ReadAnswer()
    {
        string line = ReadLine();
        Answers++;
        return line switch
        {
            "sat" => Answer.Satisfiable,
            "unsat" => Answer.Unsatisfiable,
            "unknown" or "timeout" => Answer.Unknown,
            _ => throw new SolverException($"{Subject}: {kind.Name} answered neither sat nor unsat but: {line}"),
        };
    }

    private string ReadLine()
    {
        Interlocked.Exchange(ref askedAt, Stopwatch.GetTimestamp());
        string? line = process.StandardOutput.ReadLine();
        Interlocked.Exchange(ref askedAt, 0);
        if (line is null)
        {
            throw new SolverException($"{Subject}: {kind.Name} {Fate()}");
        }

        if (line.StartsWith("(error", StringComparison.Ordinal))
        {
            throw new SolverException($"{Subject}: {kind.Name} says {line}");
        }

        return line;
    }

    private string Fate() => killedFor ?? "died without an answer";

    // Time is the solver's own: on a busy machine the clock on the wall says little. Only one that sleeps for ever is caught by it.
    private void Watch()
    {
        long asked = Interlocked.Read(ref askedAt);
        if (asked == 0)
        {
            return;
        }

        try
        {
            process.Refresh();
            if (asked != watchedSince)
            {
                watchedSince = asked;
                usedBefore = process.TotalProcessorTime;
            }

            TimeSpan used = process.TotalProcessorTime - usedBefore;
            if (used > limits.Time + SolverLimits.Patience || Stopwatch.GetElapsedTime(asked) > limits.Time * MostWallClocks)
            {
                KillFor($"was killed: no answer within {limits.Time.TotalSeconds:0} s");
            }
            else if (process.WorkingSet64 > limits.MemoryMegabytes * 1_048_576L)
            {
                KillFor($"was killed: more than {limits.MemoryMegabytes} MB of memory");
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended on its own; whoever reads from it finds out.
        }
    }

    private void KillFor(string reason)
    {
        killedFor = reason;
        Kill();
    }

    private void OnExit(object? sender, EventArgs arguments) => Kill();

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }
}
