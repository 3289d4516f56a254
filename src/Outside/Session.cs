// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Cmma.Judging;

namespace Cmma.Outside;

/// <summary>
/// A process of an implementation, with a thread that writes to it and one that reads from it, so that neither side ever waits for the other
/// to read. Whatever the process does, each call here ends within its time limit, and disposing leaves no process of it behind.
/// </summary>
internal sealed partial class Session : IDisposable
{
    private const int BatchesAhead = 64;
    private const int MostLinesInABatch = 64;
    private const int MillisecondsBetweenLooks = 100;
    private const int LastWordsLength = 200;
    private const int MostLastLines = 20;
    private const int MostKeptLines = 500; // a trace may be long
    private const int FirstSignal = 129; // as an exit code
    private const int LastSignal = 192; // a program may also end with 255
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToNotice = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TimeForLastWords = TimeSpan.FromMilliseconds(200);
    private static readonly ConcurrentDictionary<Session, bool> Living = new();

    private readonly Process process;
    private readonly bool ownGroup;
    private readonly BlockingCollection<byte[]> questions = [];
    private readonly BlockingCollection<Queue<byte[]>> lines = new(BatchesAhead); // each wakes whoever waits: so all lines that are there at once
    private Queue<byte[]> batch = []; // of which the next line is taken
    private bool isOutlived; // by a process that it started, which keeps its output open
    private volatile bool killed;
    private bool disposed;
    private readonly LineReader output;
    private readonly Thread errorReader;
    private readonly Queue<string> lastLines = [];
    private volatile bool tooLong;
    private volatile byte[]? unfinished; // the line within which its output ended

    private static readonly List<PosixSignalRegistration> Ends = [];
    private static readonly Lock Starting = new();
    private static bool ending;

    static Session()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillLiving();

        // The runtime leaves these two to the system, which ends this program and nothing that it started.
        Ends.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => KillLiving()));
        Ends.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => KillLiving()));
    }

    private Session(Process process, bool ownGroup)
    {
        this.process = process;
        this.ownGroup = ownGroup;
        output = new LineReader(process.StandardOutput.BaseStream);
        Living.TryAdd(this, true);
        _ = StartThread(WriteQuestions);
        _ = StartThread(ReadLines);
        errorReader = StartThread(ReadLastWords);
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="CouldNotRunException">There is no such program.</exception>
    /// <exception cref="OperationCanceledException">This program is being ended by a signal.</exception>
    public static Session Start(string name, ProcessStartInfo start)
    {
        // in a session of its own, so that everything it starts can be ended with it
        string? setsid = Environment.GetEnvironmentVariable("PATH")?.Split(':').Select(folder => Path.Combine(folder, "setsid")).FirstOrDefault(File.Exists);
        if (setsid != null)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = setsid;
        }

        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            lock (Starting)
            {
                // what asks runs on while this program ends, and would start the one that was killed again
                return ending ? throw new OperationCanceledException($"{name} is not started again: this program ends")
                    : new Session(Process.Start(start)!, ownGroup: setsid != null);
            }
        }
        catch (Win32Exception e)
        {
            throw new CouldNotRunException($"{name} could not be run: {e.Message}", e);
        }
    }

    /// <summary>Sends bytes, in the background.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!questions.IsAddingCompleted)
        {
            questions.Add(bytes.ToArray(), CancellationToken.None);
        }
    }

    /// <summary>The next line, or null and why there is none.</summary>
    public byte[]? Take(TimeSpan limit, out string reason)
    {
        reason = "";
        if (TryTake(limit, out byte[]? line))
        {
            return line;
        }

        reason = tooLong ? $"answers with a line longer than {LineReader.MaxLineBytes / 1024 / 1024} MiB"
            : HasEnded ? HowItEnded() + (lines.IsCompleted ? "" : "; a process that it started keeps its output open")
            : string.Create(CultureInfo.InvariantCulture, $"{(Beginning.Length > 0 ? "does not end the line that it answers with" : "gives no answer")} within {limit.TotalSeconds:0.###} s");
        return null;
    }

    /// <summary>Ends its input and reports whether it answers then.</summary>
    public bool AnswersAtItsEnd()
    {
        questions.CompleteAdding();
        return TryTake(TimeToEnd, out _);
    }

    /// <summary>Whether a line of its output was longer than any answer may be.</summary>
    public bool TooLong => tooLong;

    /// <summary>What it wrote of a line that has no end yet.</summary>
    public byte[] Beginning => output.Beginning;

    /// <summary>Whether the process ended by itself, with an exit code.</summary>
    public bool HasExited => HasEnded && process.HasExited && !IsSignal(process.ExitCode);

    /// <summary>Whether it said why it ended, as far as that was asked.</summary>
    public bool HasLastWords { get; private set; }

    /// <summary>Whether the process closed its output, or has left it to a process that it started, so that it will never answer again.</summary>
    public bool HasEnded => (lines.IsCompleted || isOutlived) && batch.Count == 0 && !tooLong;

    public void Dispose()
    {
        if (disposed)
        {
            return; // where no other process could take its place
        }

        disposed = true;
        questions.CompleteAdding();
        if (!killed && !tooLong)
        {
            process.WaitForExit(TimeToEnd); // its input ends, so it should
        }

        KillAll();
        process.WaitForExit(TimeToEnd);
        Living.TryRemove(this, out _);
        process.Dispose();
    }

    /// <summary>Ends the process and everything that it started.</summary>
    public void KillAll()
    {
        killed = true;
        questions.CompleteAdding();
        try
        {
            if (ownGroup)
            {
                _ = Kill(-process.Id, SignalKill);
            }

            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it has ended already
        }
    }

    private const int SignalKill = 9;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static void KillLiving()
    {
        lock (Starting)
        {
            ending = true;
        }

        foreach (Session session in Living.Keys)
        {
            session.KillAll();
        }
    }

    private static Thread StartThread(ThreadStart body)
    {
        Thread thread = new(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private string HowItEnded()
    {
        if (!process.WaitForExit(TimeToEnd))
        {
            return "closes its output and does not end";
        }

        errorReader.Join(TimeForLastWords);
        int code = process.ExitCode;
        int signal = code - FirstSignal + 1;
        string how = (IsSignal(code) ? $"is ended by signal {signal}{SignalName(signal)}" : $"ends with exit code {code}")
            + (unfinished is { } line ? $" in the middle of a line: '{MessageReader.Shown(line)}'" : "");
        string words = code == 0 ? "" : LastWords(); // what ends as if all were well has not said why
        HasLastWords = words.Length > 0;
        return words.Length == 0 ? how : $"{how}; its last words: {words}";
    }

    private static bool IsSignal(int code) => code is >= FirstSignal and <= LastSignal;

    private static string SignalName(int signal) => signal switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        15 => " (SIGTERM)",
        _ => "",
    };

    private void WriteQuestions()
    {
        try
        {
            using Stream input = process.StandardInput.BaseStream;
            foreach (byte[] bytes in questions.GetConsumingEnumerable(CancellationToken.None))
            {
                input.Write(bytes);
                input.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // it does not read any more; whoever waits for its answer learns why
        }
    }

    private bool TryTake(TimeSpan limit, out byte[]? line)
    {
        long began = Stopwatch.GetTimestamp();
        while (batch.Count == 0 && !lines.IsCompleted && !isOutlived && Stopwatch.GetElapsedTime(began) is var waited && waited < limit)
        {
            bool exited = process.HasExited; // before it is waited for what it wrote last
            if (lines.TryTake(out Queue<byte[]>? next, limit - waited < TimeToNotice ? limit - waited : TimeToNotice))
            {
                batch = next;
            }
            else
            {
                isOutlived = exited && !lines.IsCompleted;
            }
        }

        return batch.TryDequeue(out line);
    }

    private void Add(Queue<byte[]> read)
    {
        while (!killed && !lines.TryAdd(read, MillisecondsBetweenLooks, CancellationToken.None))
        {
            // nobody takes lines at the moment; unless it is killed the process waits
        }
    }

    private void ReadLines()
    {
        Queue<byte[]> read = [];
        try
        {
            while (output.Read(out ReadOnlySpan<byte> line))
            {
                if (output.IsUnfinished)
                {
                    unfinished = line.ToArray(); // it ended before it had said all
                    break;
                }

                read.Enqueue(line.ToArray());
                if (read.Count == MostLinesInABatch || !output.HasLine)
                {
                    Add(read);
                    read = [];
                }
            }

            tooLong = output.TooLong;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the same as the end of its output
        }

        lines.CompleteAdding();
    }

    private void Keep(string line)
    {
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > MostKeptLines)
            {
                lastLines.Dequeue();
            }
        }
    }

    // What Go writes before its traces, which may be many; the line before a trace, where there is one behind the message; else the first of the last lines that names an error: runtimes write where it is,
    // or their own version, behind it, and indent what is no message.
    private string LastWords()
    {
        string[] last;
        lock (lastLines)
        {
            last = [.. lastLines.Where(line => !IsOfAShell().IsMatch(line) && !IsOfNode().IsMatch(line))];
        }

        if (Array.FindLast(last, line => BeginsAPanic().IsMatch(line)) is { } panic)
        {
            return panic;
        }

        int trace = Array.FindLastIndex(last, line => BeginsATrace().IsMatch(line));
        string? words = trace > 0 ? last[..trace].LastOrDefault(IsNotIndented) ?? last[trace - 1]
            : last.TakeLast(MostLastLines).FirstOrDefault(line => NamesAnError().IsMatch(line)) ?? last.LastOrDefault(IsNotIndented) ?? last.LastOrDefault();
        return (words ?? "").Trim();
    }

    private static bool IsNotIndented(string line) => !char.IsWhiteSpace(line[0]);

    [GeneratedRegex(@"^(?!\s).*(error|exception|panic|abort|fail|assert)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamesAnError();

    // what a shell says of a program that a signal ended, which is known
    [GeneratedRegex(@"^(Killed|Terminated|Aborted|Hangup|Segmentation fault|Bus error|Illegal instruction|Floating point exception)( \(core dumped\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsOfAShell();

    // what Node writes behind any error: how to learn more, and its own version
    [GeneratedRegex(@"^(\(Use `node |Node\.js v[0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsOfNode();

    [GeneratedRegex("^(panic|fatal error): ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BeginsAPanic();

    // those of Tcl, Lua and Haskell, which stand behind the message
    [GeneratedRegex(@"^(\s+while executing|stack traceback:|(Has)?CallStack .*:)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BeginsATrace();

    private void ReadLastWords()
    {
        LineReader reader = new(process.StandardError.BaseStream);
        try
        {
            while (reader.Read(out ReadOnlySpan<byte> line))
            {
                string text = System.Text.Encoding.UTF8.GetString(line[..Math.Min(line.Length, LastWordsLength)]).TrimEnd();
                if (text.Length > 0)
                {
                    Keep(text);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // no more words
        }
    }
}
