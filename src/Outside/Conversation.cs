// SPDX-License-Identifier: MIT
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>Why a process gave no answer.</summary>
/// <param name="Reason">What it does instead, in one line.</param>
/// <param name="Ended">It ended.</param>
/// <param name="TimedOut">It took too long.</param>
/// <param name="OutOfStep">It answered with a line that is not an answer to what was asked: perhaps one too many of the run before.</param>
internal sealed record Failure(string Reason, bool Ended = false, bool TimedOut = false, bool OutOfStep = false)
{
    /// <summary>What it wrote where something else is required, or null.</summary>
    public byte[]? Line { get; init; }

    /// <summary>Whether it came, or did not, where a greeting was asked for behind the last answer.</summary>
    public bool BehindAnswers { get; init; }

    /// <summary>Whether the process answered since it greeted last, so that it may have ended behind that answer.</summary>
    public bool AnsweredSinceGreeting { get; init; }

    /// <summary>Whether it came behind such a greeting, before anything else was asked.</summary>
    public bool BehindGreeting { get; init; }

    /// <summary>Whether it ended by itself, with an exit code.</summary>
    public bool Exited { get; init; }

    /// <summary>Whether it wrote something to its error output before it ended so.</summary>
    public bool SaysWhy { get; init; }

    /// <summary>Whether it had a tenth of the limit only.</summary>
    public bool Hasty { get; init; }

    /// <summary>What it wrote of a line that has no end, or null.</summary>
    public byte[]? Beginning { get; init; }

    /// <summary>Whether it answered a run that was answered already.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether it answered a run that was asked later.</summary>
    public bool Overtakes { get; init; }

    /// <summary>What it greeted with before, where it greets otherwise now.</summary>
    public byte[]? GreetedBefore { get; init; }

    /// <summary>Whether it answers only once its input has ended.</summary>
    public bool Late { get; init; }

    /// <summary>The runs that the process answered since it began, in groups, behind each of which it was to greet again. None if they were too many to be asked once more.</summary>
    public IReadOnlyList<IReadOnlyList<Question>> Before { get; init; } = [];

    /// <summary>How many runs it answered, also where they are too many.</summary>
    public int RunsBefore { get; init; }
}

/// <summary>The protocol with one process, up to the first failure; after that the process is of no more use.</summary>
internal sealed class Conversation(Session session, RunOptions options) : IDisposable
{
    private const int MostKept = 5000; // a fuzzer asks one process for hours
    private static readonly TimeSpan TimeForAnother = TimeSpan.FromMilliseconds(200);

    private readonly MessageWriter writer = new();
    private readonly Queue<string> ids = new();
    private readonly List<IReadOnlyList<Question>> before = [];
    private int answered;

    /// <summary>What went wrong, or null.</summary>
    public Failure? Failure { get; private set; }

    private bool? memoryIsBigEndian;
    private (Greeting Greeting, byte[] Line)? greeted;
    private string? answeredLast;

    /// <summary>Whether the process ever said what it can do.</summary>
    public bool Greeted { get; private set; }

    /// <summary>Whether it never answered yet, this process or another one: then its input is ended where it is silent, to see whether that helps.</summary>
    public bool IsUnknown { private get; init; }

    /// <summary>One past the index of the last question that was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Asks what the process can do; null and a failure if it does not say.</summary>
    public Greeting? Greet(TimeSpan limit)
    {
        writer.Clear();
        writer.AddHello();
        Send();
        if (Take("greeting", limit) is not { } line)
        {
            return null;
        }

        Greeted = true;
        Greeting? greeting = MessageReader.GreetingOr(line, out string reason);
        line = greeting == null ? Telling(line, ref reason) : line;
        memoryIsBigEndian = greeting?.MemoryIsBigEndian;
        Failure = greeting == null ? NoGreeting(line, reason)
            : greeted?.Greeting.IsLike(greeting) == false ? new Failure($"greets otherwise than before: '{MessageReader.Shown(line)}'") { Line = line, GreetedBefore = greeted.Value.Line }
            : null;
        greeted ??= greeting == null ? null : (greeting, line);
        answeredLast = Failure == null ? null : answeredLast; // what comes behind a greeting is no line too many of before
        return Failure == null ? greeting : null;
    }

    /// <summary>Asks the questions that have no answer yet, up to an end, and adds their answers until one fails.</summary>
    /// <param name="questions">The questions; those that have no answer yet are asked.</param>
    /// <param name="answers">Those that there are.</param>
    /// <param name="end">Behind the last question to ask.</param>
    /// <param name="inFlight">How many questions are asked before an answer is awaited.</param>
    /// <param name="startLimit">How long a new process may take to greet.</param>
    /// <param name="limit">How long each answer may take.</param>
    /// <param name="tell">Called after each answer.</param>
    public bool Exchange(IReadOnlyList<Question> questions, List<Answer> answers, int end, int inFlight, TimeSpan startLimit, TimeSpan limit, Action? tell)
    {
        int first = answers.Count;
        bool done = ExchangeAll(questions, answers, end, inFlight, startLimit, limit, tell);
        Remember([.. questions.Skip(first).Take(answers.Count - first)]);
        Failure = Failure == null ? null : Failure with { Before = before, RunsBefore = answered, AnsweredSinceGreeting = answers.Count > first };
        return done;
    }

    public void Dispose()
    {
        if (Failure != null)
        {
            session.KillAll();
        }

        session.Dispose();
        writer.Dispose();
    }

    private bool ExchangeAll(IReadOnlyList<Question> questions, List<Answer> answers, int end, int inFlight, TimeSpan startLimit, TimeSpan limit, Action? tell)
    {
        int first = answers.Count;
        Asked = first;
        if (!Greeted && Greet(startLimit) == null)
        {
            Asked++; // so this is the run that got no answer
            return false;
        }

        while (answers.Count < end)
        {
            if (ids.Count <= inFlight / 2)
            {
                SendQuestions(questions, Math.Min(end, answers.Count + inFlight));
            }

            if (Take("answer", limit) is not { } line)
            {
                Failure = Failure! with { Late = Failure.TimedOut && IsUnknown && answers.Count == first && session.AnswersAtItsEnd() };
                return false;
            }

            string id = ids.Dequeue();
            if (MessageReader.AnswerTo(id, questions[answers.Count], line, memoryIsBigEndian, out string reason) is not { } answer)
            {
                line = Telling(line, ref reason);
                Failure = NoAnswer(id, line, reason);
                return false;
            }

            answeredLast = id;
            answers.Add(answer);
            tell?.Invoke();
            inFlight = Math.Min(inFlight * 2, options.RunsInFlight);
        }

        // The greeting once more, and nothing before it: so a line too many shows.
        if (Greet(limit) == null)
        {
            Failure = Failure! with { Reason = $"answers and then {Failure.Reason}", BehindAnswers = true };
            return false;
        }

        return true;
    }

    // An empty line is not what is wrong where another one comes at once: some runtimes write one before each warning.
    private byte[] Telling(byte[] line, ref string reason)
    {
        if (line.AsSpan().Trim((byte)' ').Length > 0 || session.Take(TimeForAnother, out _) is not { } next)
        {
            return line;
        }

        reason = $"answers with an empty line, and then '{MessageReader.Shown(next)}'";
        return next;
    }

    private Failure NoGreeting(byte[] line, string reason) => answeredLast != null && MessageReader.IdIn(line) == answeredLast
        ? new Failure($"answers run '{answeredLast}' once more: there is one line for each question") { Line = line, Repeats = true }
        : new Failure(reason) { Line = line };

    // The run of which it is the answer may be known.
    private Failure NoAnswer(string id, byte[] line, string reason)
    {
        string? given = MessageReader.IdIn(line);
        Failure failure = new(reason, OutOfStep: true) { Line = line };
        return given == null || given == id ? failure
            : given == answeredLast ? failure with { Reason = $"answers run '{given}' once more where '{id}' comes next: there is one line for each question", Repeats = true }
            : ids.Contains(given) ? failure with { Reason = $"answers run '{given}' before '{id}', which was asked before it: answers come in the order of the questions", Overtakes = true }
            : failure;
    }

    private void Remember(Question[] group)
    {
        answered += group.Length;
        if (answered > MostKept)
        {
            before.Clear();
        }
        else if (group.Length > 0)
        {
            before.Add(group);
        }
    }

    private void SendQuestions(IReadOnlyList<Question> questions, int end)
    {
        writer.Clear();
        for (; Asked < end; Asked++)
        {
            ids.Enqueue(writer.AddQuestion(questions[Asked]));
        }

        Send();
    }

    private void Send()
    {
        options.Schema?.RequireSent(writer.Lines);
        session.Send(writer.Lines);
    }

    private byte[]? Take(string message, TimeSpan limit)
    {
        byte[]? line = session.Take(limit, out string reason);
        if (line == null)
        {
            Failure = new Failure(reason, session.HasEnded, TimedOut: !session.HasEnded && !session.TooLong)
            {
                Exited = session.HasExited,
                SaysWhy = session.HasLastWords,
                Beginning = session.Beginning is { Length: > 0 } beginning ? beginning : null,
            };
        }
        else if (options.Schema?.Breach(line, message) is { } breach)
        {
            Failure = new Failure(breach) { Line = line };
            return null;
        }

        return line;
    }
}
