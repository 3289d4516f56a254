// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside;

/// <summary>An implementation in a process of its own, which speaks the protocol of docs/protocol.md.</summary>
public sealed class ProcessImplementation : IImplementation
{
    private const int MostBisections = 5; // each costs a few processes
    private const int MostCounted = 5; // runs that a process answers before it ends, each of which is asked again
    private const int HangsOfOneOperation = 10; // after which nobody waits for it any more
    private const int TimeoutsBeforeHaste = 3;
    private const int AnswersThatCalm = 50;
    private const int MostCalmed = 10; // timeouts, after which no answer calms any more: many runs hang
    private const int MostFullTries = 3; // in vain, of runs that were given a tenth of the limit only
    private const int Haste = 10;
    private const string AnswersLater = "; asked again in a new process it answers: it is slow at times, or something is left from the runs before";
    private const string AnswersAnew = "; in a new process it answers: something is left from the runs before";
    private const string AnswersAtTimes = "; in a new process it answers, and behind the same runs, too: it is chance";
    private const string AnswersInOrder = "; asked one by one it answers each once, in their order";
    private const string EndsAtTimes = "; in a new process it answers, and behind the same runs it does not end there again: it ends at times";
    private const string GoesOnAgain = "; asked alone once more it goes on: it does so at times";
    private const string LikeOthers = "; others that ended so answer when they are asked alone in a new process";
    private const string LikeAnother = "; another that gave none answers when it is asked alone in a new process";

    private readonly Func<ProcessStartInfo> start;
    private readonly RunOptions options;
    private readonly bool? memoryIsBigEndian;
    private Conversation conversation;
    private int bisections;
    private int timeouts; // as long as few runs are answered between them
    private int timeoutsInAll;
    private int answersSinceTimeout;
    private bool hasLocatedAHang;
    private bool isLocatingAHang;
    private string? hanging; // the operation in which a run hung that was looked into, until a run with it is answered
    private int hangs; // of runs with it
    private int silentStartsInARow;
    private int silentRuns;
    private bool hasAnswered;
    private bool hasGreetedAgain; // as it has to behind its answers
    private int fullTries;
    private bool passedAlone; // the last run that was looked into because the process ended in it
    private bool answersLater; // the run that was looked into because it gave no answer
    private bool goesOnAlone; // the last run that was looked into because something came behind its answer

    /// <summary>Starts the process and asks what it can do.</summary>
    /// <exception cref="CouldNotRunException">It does not start, or does not greet.</exception>
    /// <param name="name">The name that the user gave.</param>
    /// <param name="start">How it starts.</param>
    /// <param name="options">Limits of time and what else is asked of it.</param>
    /// <param name="ownsMemory">Whether the process is ours, with what is tested inside it: the caller's memory is ours then.</param>
    public ProcessImplementation(string name, Func<ProcessStartInfo> start, RunOptions options, bool ownsMemory = false)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        this.start = start;
        this.options = options;
        conversation = Begin();
        if (conversation.Greet(options.Timeout) is { } greeting)
        {
            Capabilities = greeting.Capabilities;
            Tested = greeting.Tested;
            memoryIsBigEndian = greeting.MemoryIsBigEndian;
            ReportsBreachesItself = !ownsMemory && greeting.MemoryIsBigEndian == null;
            return;
        }

        conversation.Dispose();
        throw new CouldNotRunException($"{name} could not be run: it {conversation.Failure!.Reason}") { Details = Misunderstanding.OfGreeting(conversation.Failure) };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Capability> Capabilities { get; }

    /// <inheritdoc/>
    public string? Tested { get; }

    /// <inheritdoc/>
    public bool ReportsBreachesItself { get; }

    // A process that never answers, or never starts, must not cost the whole limit for each of many runs.
    private TimeSpan Limit => LimitAfter(isLocatingAHang ? TimeoutsBeforeHaste : timeouts);

    private TimeSpan StartLimit => LimitAfter(silentStartsInARow);

    /// <inheritdoc/>
    public IRun NewVm(bool hostHasCmma) => new RunOfBeginnings(this, hostHasCmma);

    /// <inheritdoc/>
    public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (questions.Count == 0)
        {
            return [];
        }

        List<Answer> answers = new(questions.Count);
        void Tell() => options.Progress?.Invoke(answers.Count, questions.Count);
        Tell();
        int inFlight = options.RunsInFlight;
        int before = 0;
        bool isAnew = false;
        while (ExchangeAll(questions, answers, inFlight, isAnew, out int asked, Tell) is { } failure)
        {
            int blamed = answers.Count - (failure.Repeats && answers.Count > before ? 1 : 0);
            if (failure is { OutOfStep: true, Overtakes: false } && answers.Count > before)
            {
                answers.RemoveAt(answers.Count - 1); // asked alone, the run that writes a line too many shows
            }

            if (asked > answers.Count + 1 || (asked > answers.Count && failure is { Ended: true, AnsweredSinceGreeting: true }))
            {
                BlameOneByOne(questions, answers, asked, blamed, failure, Tell);
            }
            else
            {
                Blame(questions, answers, asked, failure);
            }

            if (options.EndAtFailure)
            {
                Answer failed = answers.FindLast(answer => answer.Failure != null)!;
                answers.AddRange(Enumerable.Repeat(failed, questions.Count - answers.Count));
            }

            Tell();
            before = answers.Count;
            inFlight = 1; // it grows again as answers come
            isAnew = true;
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        conversation.Dispose();
        conversation = Begin();
    }

    /// <inheritdoc/>
    public void Dispose() => conversation.Dispose();

    private TimeSpan LimitAfter(int silences) => silences >= TimeoutsBeforeHaste ? options.Timeout / Haste : options.Timeout;

    private Conversation Begin() => new(Session.Start(Name, start()), options) { IsUnknown = !hasAnswered };

    // Null if every question has its answer now. Runs with an operation that hung again and again, and was never answered in between, are not asked.
    // Behind a failure the first run is asked alone: what ended one process may be in the next run, too.
    private Failure? ExchangeAll(IReadOnlyList<Question> questions, List<Answer> answers, int inFlight, bool isAnew, out int asked, Action tell)
    {
        Failure? failure = null;
        asked = answers.Count;
        int most = isAnew ? 1 : questions.Count;
        while (failure == null && answers.Count < questions.Count)
        {
            int end = answers.Count;
            while (end < questions.Count && end < answers.Count + most && !IsGivenUp(questions[end]))
            {
                end++;
            }

            failure = Exchange(questions, answers, end, inFlight, out asked, tell);
            most = questions.Count;
            while (failure == null && answers.Count < questions.Count && IsGivenUp(questions[answers.Count]))
            {
                answers.Add(new Answer([], $"not asked: ten runs before it hung, and the one that was looked into did so in {hanging}") { NeverAsked = true });
            }
        }

        return failure;
    }

    private bool IsGivenUp(Question question) => hangs >= HangsOfOneOperation && Has(question, hanging);

    private static bool Has(Question question, string? operation) => question.Operations.Any(each => OperationForm.Of(each).Name == operation);

    // Null if every question up to the end has its answer now; else the failure, and there is a new process.
    private Failure? Exchange(IReadOnlyList<Question> questions, List<Answer> answers, int end, int inFlight, out int asked, Action? tell = null)
    {
        asked = answers.Count;
        if (asked == end)
        {
            return null;
        }

        int answered = answers.Count;
        TimeSpan limit = Limit;
        bool done = conversation.Exchange(questions, answers, end, inFlight, StartLimit, limit, tell);
        asked = conversation.Asked;
        answersSinceTimeout += answers.Count - answered;
        timeouts = answersSinceTimeout > AnswersThatCalm && timeoutsInAll < MostCalmed ? 0 : timeouts;
        hasAnswered |= answers.Count > answered;
        if (hanging != null)
        {
            bool isAnswered = !isLocatingAHang && questions.Take(answers.Count).Skip(answered).Any(question => Has(question, hanging));
            if (isAnswered)
            {
                (hanging, hangs) = (null, 0);
            }
        }

        silentStartsInARow = conversation.Greeted ? 0 : silentStartsInARow + 1;
        if (done)
        {
            hasGreetedAgain = true;
            return null;
        }

        Failure failure = conversation.Failure!;
        if (failure.TimedOut && limit < options.Timeout)
        {
            failure = failure with { Reason = $"{failure.Reason}, a tenth of the limit, since {TimeoutsBeforeHaste} runs before it took too long", Hasty = true };
        }

        timeouts += failure.TimedOut ? 1 : 0;
        timeoutsInAll += failure.TimedOut ? 1 : 0;
        answersSinceTimeout = failure.TimedOut ? 0 : answersSinceTimeout;
        Restart();
        return failure;
    }

    private void Blame(IReadOnlyList<Question> questions, List<Answer> answers, int asked, Failure failure)
    {
        if (asked > answers.Count)
        {
            Locate(questions, answers, failure);
        }
        else
        {
            answers[^1] = Behind(questions[answers.Count - 1], failure);
        }
    }

    // Several runs were asked, and answers may be lost on the way: asked one by one it shows which run it is.
    private void BlameOneByOne(IReadOnlyList<Question> questions, List<Answer> answers, int asked, int blamed, Failure failure, Action tell)
    {
        while (answers.Count < asked)
        {
            if (Exchange(questions, answers, answers.Count + 1, inFlight: 1, out int askedAlone, tell) is { } alone)
            {
                bool endsToo = failure.Ended && alone is { Ended: true, BehindAnswers: true }; // so it says nothing of the first end
                Blame(questions, answers, askedAlone, alone);
                _ = endsToo && EndedBehindTheRunBefore(questions, answers, blamed, failure, out _);
                return;
            }
        }

        BlameBefore(questions, answers, blamed, failure);
    }

    // Something came behind the last answer, or the end did. It may come only behind others too, as where a program counts. A few are looked into, and others taken to be like them.
    private Answer Behind(Question question, Failure failure)
    {
        int run = Runs(failure.Before);
        bool isLookedInto = hasGreetedAgain && bisections++ < MostBisections;
        goesOnAlone = isLookedInto ? AskAlone(question, question.Operations.Count) != null : goesOnAlone && run > 1;
        string which = !goesOnAlone ? "" : run == 1 ? GoesOnAgain : $"; that was run {run} of its process{(failure.Before.Count > 1 ? $", message {run + failure.Before.Count} with the hellos" : "")}{(isLookedInto ? ", and alone in a new one it goes on" : "")}";
        return new Answer([], failure.Reason + which) { NeedsTheRunsBefore = goesOnAlone, Misunderstanding = Understand(question, failure) };
    }

    // A run whose answer is that of a new process: the old one ended behind the run before, or as it had greeted again, or something is left from the runs before.
    private void BlameBefore(IReadOnlyList<Question> questions, List<Answer> answers, int index, Failure failure)
    {
        if (!failure.Ended || failure.Before.Count == 0)
        {
            answers[index] = AnsweredAnew(questions[index], failure, IsChance(questions[index], failure) ? AnswersAtTimes : AnswersAnew);
            return;
        }

        if (EndedBehindTheRunBefore(questions, answers, index, failure, out Failure? again))
        {
            return;
        }

        if (again is { Ended: true, BehindGreeting: true } && failure.Before.Count == 1) // behind several groups it has greeted again before
        {
            answers[index] = new Answer([], $"greets again and then {again.Reason}") { NeedsTheRunsBefore = true, Misunderstanding = Misunderstanding.OfEndBehindGreeting(again) };
        }
        else
        {
            answers[index] = BehindOthers(questions[index], failure, again ?? AskNext(questions[index]));
        }
    }

    // Whether a line that is no answer does not come again behind the same runs.
    private bool IsChance(Question question, Failure failure) => failure is { OutOfStep: true, Repeats: false, Overtakes: false }
        && (failure.RunsBefore == 0 || (failure.Before.Count > 0 && (AskTheSame(failure.Before) ?? AskNext(question)) == null));

    // Whether the process ends behind the run before, when a new one is asked the same; then that run fails.
    private bool EndedBehindTheRunBefore(IReadOnlyList<Question> questions, List<Answer> answers, int index, Failure failure, out Failure? again)
    {
        again = AskTheSame(failure.Before);
        if (index == 0 || again is not { Ended: true, BehindAnswers: true } || !EndsAt(again, failure))
        {
            return false;
        }

        answers[index - 1] = Behind(questions[index - 1], again);
        return true;
    }

    // A run that ends a process behind others, and alone does not: they are counted, or leave something behind, or it ends at times, here or elsewhere.
    // If they are counted then as many others do, with only the first operation of this run: all of it could leave what ends the process, too.
    private Answer BehindOthers(Question question, Failure failure, Failure? again)
    {
        if (!EndsAt(again, failure))
        {
            return AnsweredAnew(question, failure, EndsAtTimes);
        }

        int runs = Runs(failure.Before);
        Question beginning = Beginning(question, operations: 1);
        IReadOnlyList<IReadOnlyList<Question>> others = [.. failure.Before.Select(group => (IReadOnlyList<Question>)[.. Enumerable.Repeat(beginning, group.Count)])];
        return EndsAt(AskTheSame(others) ?? AskNext(question), failure)
            ? new Answer([], $"answers {runs} run{(runs == 1 ? "" : "s")}, with a hello behind {(failure.Before.Count == runs ? "each" : $"{failure.Before.Count} of them")}, and {failure.Reason} when it is asked the next, in a new process, too: it must go on until its input ends")
            {
                NeedsTheRunsBefore = true,
                Misunderstanding = runs <= MostCounted ? Misunderstanding.OfEndAtTheNext(question, runs) : [],
            }
            : AnsweredAnew(question, failure, EndsAt(AskTheSame(failure.Before) ?? AskNext(question), failure) ? AnswersAnew : EndsAtTimes);
    }

    // Whether one process ended where another one had: behind as many runs.
    private static bool EndsAt(Failure? again, Failure failure) => again is { Ended: true } && Runs(again.Before) == Runs(failure.Before);

    private Failure? AskNext(Question question) => Exchange([question], [], end: 1, inFlight: 1, out _);

    // What a new process does that is asked the same, and to greet where the next run was: it may end all the same. Null if it goes on.
    private Failure? AskTheSame(IReadOnlyList<IReadOnlyList<Question>> before)
    {
        Restart();
        foreach (IReadOnlyList<Question> group in before)
        {
            if (Exchange(group, [], group.Count, options.RunsInFlight, out _) is { } failure)
            {
                return failure;
            }
        }

        if (conversation.Greet(Limit) != null)
        {
            return null;
        }

        Failure behind = conversation.Failure! with { BehindGreeting = true, Before = before };
        Restart();
        return behind;
    }

    private static int Runs(IReadOnlyList<IReadOnlyList<Question>> groups) => groups.Sum(group => group.Count);

    private Answer AnsweredAnew(Question question, Failure failure, string why = AnswersAnew) =>
        new([], failure.Reason + (failure.TimedOut ? AnswersLater : failure.Repeats || failure.Overtakes ? AnswersInOrder : why))
    {
        NeedsTheRunsBefore = true,
        Misunderstanding = failure.Line != null && !failure.Repeats && !failure.Overtakes ? Misunderstanding.Of(question, failure.Line, memoryIsBigEndian) : [],
    };

    // One run may have no end; the program that gives no answer to a second one, and never gave any, does not speak.
    private IReadOnlyList<string> Understand(Question question, Failure failure)
    {
        silentRuns += failure.TimedOut && !hasAnswered ? 1 : 0;
        bool isCrash = failure is { BehindAnswers: true, Exited: true, Line: null } && !hasGreetedAgain
            && ((failure.SaysWhy && GreetsTwice()) || (question.Operations.Count > 1 && AskAlone(question, operations: 1) != null)); // then it does not end behind each answer
        return isCrash ? []
            : failure.BehindAnswers && (failure.Line != null || !hasGreetedAgain) && Misunderstanding.OfGreetingAgain(failure, hasGreetedAgain) is { Count: > 0 } again ? again
            : failure.Line != null ? Misunderstanding.Of(question, failure.Line, memoryIsBigEndian)
            : failure.TimedOut && !hasAnswered && (failure.Late || silentRuns > 1) ? Misunderstanding.Of(question, failure)
            : [];
    }

    // With nothing asked in between: then it is no second hello that it cannot take.
    private bool GreetsTwice()
    {
        Restart();
        bool greets = conversation.Greet(Limit) != null;
        bool twice = greets && conversation.Greet(Limit) != null;
        Restart();
        return twice;
    }

    // A tenth of the limit may be too short for a run that is only slow: so it is asked behind the same runs, and has its time.
    private Failure AskInFullTime(Question question, List<Answer> answers, Failure failure)
    {
        (int before, timeouts) = (timeouts, 0);
        List<Answer> alone = [];
        bool isBehindTheSame = AskTheSame(failure.Before) == null;
        Failure? full = isBehindTheSame ? Exchange([question], alone, end: 1, inFlight: 1, out _) : null;
        answers.AddRange(alone);
        timeouts = before;
        fullTries += alone.Count == 0 ? 1 : 0;
        return full is { TimedOut: true } ? failure with { Reason = $"{failure.Reason}; asked again with the whole limit it gives none either" } : full ?? failure;
    }

    // Which operation ended the process, or for once hung: the last one of the shortest beginning of the run that does so to a new process.
    private void Locate(IReadOnlyList<Question> questions, List<Answer> answers, Failure failure)
    {
        Question question = questions[answers.Count];
        int known = answers.Count;
        failure = failure.Hasty && hasAnswered && fullTries < MostFullTries && !Has(question, hanging) ? AskInFullTime(question, answers, failure) : failure;
        if (answers.Count > known)
        {
            return; // it has its answer
        }

        bool isFirstHang = failure is { TimedOut: true } && !hasLocatedAHang && (hasAnswered || (failure is { Late: false, Beginning: null } && AnswersABeginning(question)));
        bool isLookedInto = failure.Ended || isFirstHang || (failure.OutOfStep && hasGreetedAgain);
        if (!isLookedInto || bisections >= MostBisections)
        {
            hangs += failure.TimedOut && Has(question, hanging) ? 1 : 0;
            bool isLikely = failure.Before.Count > 0 && (failure.Ended ? passedAlone : failure.TimedOut && answersLater);
            string why = !isLikely ? "" : failure.Ended ? LikeOthers : LikeAnother;
            answers.Add(new Answer([], failure.Reason + why) { NeedsTheRunsBefore = isLikely, Misunderstanding = Understand(question, failure) });
            return;
        }

        bisections++;
        hasLocatedAHang |= isFirstHang;
        isLocatingAHang = isFirstHang;
        if (AskAlone(question, question.Operations.Count) is { } anew)
        {
            passedAlone = failure.Ended;
            answersLater |= failure.TimedOut;
            answers.Add(anew);
            BlameBefore(questions, answers, answers.Count - 1, failure);
        }
        else
        {
            passedAlone = false;
            answers.Add(failure.OutOfStep ? new Answer([], failure.Reason) { Misunderstanding = Understand(question, failure) } : Bisect(question, failure));
            (hanging, hangs) = isFirstHang ? (OperationForm.Of(question.Operations[answers[^1].Outcomes.Count]).Name, 1) : (hanging, hangs);
        }

        isLocatingAHang = false;
    }

    private Answer Bisect(Question question, Failure failure)
    {
        Answer answered = new([]);
        int ends = question.Operations.Count;
        while (answered.Outcomes.Count < ends - 1)
        {
            int middle = (answered.Outcomes.Count + ends) / 2;
            if (AskAlone(question, middle) is { } answer)
            {
                answered = answer;
            }
            else
            {
                ends = middle;
            }
        }

        return answered with { Failure = failure.Reason, Located = true };
    }

    // Whether a program that answered nothing yet answers the first operation alone: so it speaks, and hangs in one of the others.
    private bool AnswersABeginning(Question question)
    {
        int before = timeouts;
        isLocatingAHang = true;
        bool answers = question.Operations.Count > 1 && AskAlone(question, operations: 1) != null;
        isLocatingAHang = false;
        timeouts = before;
        return answers;
    }

    private Answer? AskAlone(Question question, int operations)
    {
        Restart();
        List<Answer> answers = [];
        return Exchange([Beginning(question, operations)], answers, end: 1, inFlight: 1, out _) == null ? answers[0] : null;
    }

    private static Question Beginning(Question question, int operations) => question with { Operations = [.. question.Operations.Take(operations)] };

    // Step by step, at the price of asking everything before again: for one trace that somebody looks at.
    private sealed class RunOfBeginnings(ProcessImplementation implementation, bool hostHasCmma) : IRun
    {
        private readonly List<Operation> operations = [];

        public Outcome Do(Operation operation)
        {
            operations.Add(operation);
            Answer answer = implementation.Ask([new Question(hostHasCmma, [.. operations])])[0];
            return answer.Failure == null
                ? answer.Outcomes[^1]
                : new Outcome("none") { Breach = answer.Failure };
        }
    }
}
