// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Reference;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;

[assembly: AssemblyFixture(typeof(Cmma.Properties.Tests.MachineProperties.FreshRuns))]

namespace Cmma.Properties.Tests;

/// <summary>Properties of a machine over random traces. A property says when its clause speaks and what must hold then.</summary>
public abstract class MachineProperties
{
    private static readonly Func<bool, IMachine> Reference = hostHasCmma => new ReferenceMachine(hostHasCmma);

    // FsCheck gives every property of one kind of traces the same ones, since the seed is the same: each is run once.
    private static readonly ConcurrentDictionary<Trace, Lazy<Run>> ReferenceRuns = new(new TraceComparer());

    /// <summary>The machine under test.</summary>
    public Func<bool, IMachine> NewMachine { get; set; } = Reference;

    /// <summary>What a trace does, where that is known already; null: it is run on the machine under test.</summary>
    public Func<Trace, Run>? Runs { get; set; }

    /// <summary>Which observations the properties are asked about: all, if nobody says otherwise.</summary>
    public Predicate<Observation> AsksAbout { get; set; } = _ => true;

    /// <summary>How often the clause spoke so far, in all traces.</summary>
    public long Spoken { get; private set; }

    /// <summary>Whether what the clause says did not hold.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Made once for each run of the tests: one process may run them again with another mutant in the reference.</summary>
    public sealed class FreshRuns
    {
        /// <summary>Forgets what the reference did.</summary>
        public FreshRuns() => ReferenceRuns.Clear();
    }

    /// <summary>For all observations of this kind for which the clause speaks, this holds.</summary>
    [AssertionMethod]
    protected Property ForAll<TSeen>(Trace trace, Func<TSeen, bool> when, Func<TSeen, bool> must, [CallerMemberName] string property = "")
        where TSeen : Observation =>
        ForAll<TSeen, TSeen>(trace, seen => when(seen) ? [seen] : [], (seen, _) => must(seen), property);

    /// <summary>For all of these parts of every observation of this kind, this holds.</summary>
    [AssertionMethod]
    protected Property ForAll<TSeen, TPart>(
        Trace trace, Func<TSeen, IEnumerable<TPart>> of, Func<TSeen, TPart, bool> must, [CallerMemberName] string property = "")
        where TSeen : Observation =>
        ForAll(
            trace,
            run => run.Observations.OfType<TSeen>().Where(seen => AsksAbout(seen)).SelectMany(seen => of(seen).Select(part => new Finding(seen, must(seen, part)))),
            property);

    /// <summary>Every finding in the run of a trace is that the clause holds. A trace in which it does not speak is a trivial one to FsCheck.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="findings">One for each time that the clause speaks.</param>
    /// <param name="property">The method that is the property.</param>
    [AssertionMethod]
    protected Property ForAll(Trace trace, Func<Run, IEnumerable<Finding>> findings, [CallerMemberName] string property = "")
    {
        Run run = RunOf(trace);
        long before = Spoken;
        foreach (Finding finding in findings(run))
        {
            if (!finding.Holds)
            {
                HasFailed = true;
                return false.Label(Failure.Text(GetType().GetMethod(property)!, run, finding.At));
            }

            Spoken++;
        }

        return true.Trivial(Spoken == before);
    }

    private Run RunOf(Trace trace) => Runs != null ? Runs(trace) : NewMachine == Reference
        ? ReferenceRuns.GetOrAdd(trace, key => new Lazy<Run>(() => Recorder.Run(key, Reference))).Value
        : Recorder.Run(trace, NewMachine);
}

/// <summary>That a clause holds or not, and where it was asked.</summary>
/// <param name="At">The observation that decides, or null if it is not one alone.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record Finding(Observation? At, bool Holds);
