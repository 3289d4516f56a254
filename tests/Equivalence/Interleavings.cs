// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Cmma.Equivalence.Tests;

/// <summary>
/// Runs concurrent calls in every order of their atomic steps, one step of one call at a time. A call is stopped wherever the machine reaches
/// a step; one that found a gate taken is not let go on before another one has.
/// </summary>
internal static class Interleavings
{
    private const int MaxSchedules = 100_000;
    private const string GateIsTried = "GateIsTried";

    /// <summary>Runs every order; the result is how many there are.</summary>
    /// <param name="machine">Compiled with its steps.</param>
    /// <param name="begin">Makes a new VM, and the calls on it.</param>
    /// <param name="atRest">Called with each order after it; false ends it all.</param>
    /// <param name="maxPreemptions">How often a call that could go on may have to let another one go first.</param>
    /// <param name="stopsAt">The steps of the machine at which a call is stopped; null for all. Calls that wait for each other's locks stop outside of them.</param>
    public static int RunAll(PlantedMachine machine, Func<Action[]> begin, Func<string, bool> atRest, int maxPreemptions = int.MaxValue, Func<string, bool>? stopsAt = null)
    {
        List<int> choices = [];
        int schedules = 0;
        do
        {
            Action[] calls = begin();
            Schedule schedule = new(calls, choices, maxPreemptions);
            machine.Watch(step =>
            {
                if (stopsAt == null || stopsAt(step))
                {
                    schedule.Reach(step);
                }
            });
            schedule.Run();
            machine.Watch(null);
            bool goOn = atRest(schedule.ToString());
            choices = goOn ? schedule.Next() : [];
            if (++schedules > MaxSchedules)
            {
                throw new InvalidOperationException("more schedules than expected");
            }
        }
        while (choices.Count > 0);
        return schedules;
    }

    /// <summary>A call comes to a step of its own, such as one of its caller's memory.</summary>
    public static void Stop(string step) => Call.Current?.Pause(step);

    /// <summary>One order: the choices given, and the first one possible from then on.</summary>
    private sealed class Schedule
    {
        private readonly Call[] calls;
        private readonly List<int> given;
        private readonly List<(int Taken, int Possible)> choices = [];
        private readonly List<string> reached = [];
        private int preemptionsLeft;
        private Call? last;

        public Schedule(Action[] actions, List<int> given, int maxPreemptions)
        {
            this.given = given;
            preemptionsLeft = maxPreemptions;
            calls = [.. actions.Select((action, index) => new Call(this, action, index))];
        }

        public void Reach(string step)
        {
            if (Call.Current is { } call && call.Schedule == this)
            {
                call.Pause(step);
            }
        }

        public void Run()
        {
            while (Array.Exists(calls, call => !call.Ended))
            {
                Call[] possible = Possible();
                int choice = choices.Count < given.Count ? given[choices.Count] : 0;
                choices.Add((choice, possible.Length));
                Call next = possible[choice];
                preemptionsLeft -= last is { Ended: false, Blocked: false } && next != last ? 1 : 0;
                last = next;
                next.GoOn();
                reached.Add($"{next.Index}:{next.Step}");
                foreach (Call other in calls.Where(other => other != next && !next.Blocked))
                {
                    other.Blocked = false; // the gate may be open now
                }
            }
        }

        private Call[] Possible() => preemptionsLeft == 0 && last is { Ended: false, Blocked: false }
            ? [last]
            : [.. calls.Where(call => !call.Ended && !call.Blocked)];

        /// <summary>The choices of the next order, depth first; none after the last.</summary>
        public List<int> Next()
        {
            int turn = choices.FindLastIndex(choice => choice.Taken + 1 < choice.Possible);
            return turn < 0 ? [] : [.. choices.Take(turn).Select(choice => choice.Taken), choices[turn].Taken + 1];
        }

        public override string ToString() => string.Join(' ', reached);
    }

    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Semaphores whose handles nobody asks for hold nothing.")]
    private sealed class Call
    {
        private readonly SemaphoreSlim mayGoOn = new(0);
        private readonly SemaphoreSlim hasStopped = new(0);
        private readonly Thread thread;

        public Call(Schedule schedule, Action action, int index)
        {
            Schedule = schedule;
            Index = index;
            thread = new Thread(() => Run(action)) { IsBackground = true };
            thread.Start();
        }

        [field: ThreadStatic]
        public static Call? Current { get; private set; }

        public Schedule Schedule { get; }

        public int Index { get; }

        public string Step { get; private set; } = "";

        public bool Ended { get; private set; }

        public bool Blocked { get; set; }

        public void GoOn()
        {
            string before = Step;
            mayGoOn.Release();
            hasStopped.Wait();
            Blocked = before == GateIsTried && Step == GateIsTried;
        }

        public void Pause(string step)
        {
            Step = step;
            hasStopped.Release();
            mayGoOn.Wait();
        }

        private void Run(Action action)
        {
            Current = this;
            mayGoOn.Wait();
            action();
            Step = "end";
            Ended = true;
            hasStopped.Release();
        }
    }
}
