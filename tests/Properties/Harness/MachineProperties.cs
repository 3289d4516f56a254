using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cmma.Abi;
using Cmma.Exploring.Generators;
using Cmma.Reference;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

[assembly: AssemblyFixture(typeof(Cmma.Properties.Tests.MachineProperties.FreshRuns))]

namespace Cmma.Properties.Tests;

/// <summary>
/// Properties of a machine over random traces. A property says when its clause speaks and what must hold then. One that speaks too seldom
/// fails as well: it would show nothing.
/// </summary>
public abstract class MachineProperties
{
    // A shrunk trace need not be the smallest one, and a machine with a mistake may be slow.
    private const int MaxShrinks = 5000;

    private static readonly Func<bool, IMachine> Reference = hostHasCmma => new ReferenceMachine(hostHasCmma);

    // Every property looks at the same runs of the reference, so each is made once.
    private static readonly ConcurrentDictionary<(Scenario Scenario, int Seed), Lazy<Run>> ReferenceRuns = new();

    /// <summary>The machine under test.</summary>
    public Func<bool, IMachine> NewMachine { get; init; } = Reference;

    /// <summary>Whether a trace that shows a failure is made small.</summary>
    public bool Shrinks { get; init; } = !Checking.IsSmall;

    /// <summary>Made once for each run of the tests: one process may run them again with another mutant in the reference.</summary>
    public sealed class FreshRuns
    {
        /// <summary>Forgets what the reference did.</summary>
        public FreshRuns() => ReferenceRuns.Clear();
    }

    /// <summary>Of every observation of this kind for which the clause speaks, this holds.</summary>
    [AssertionMethod]
    protected void Always<TSeen>(
        Func<TSeen, bool> when, Func<TSeen, bool> must, int atLeast, Scenario scenario = Scenario.Ordinary, [CallerMemberName] string property = "")
        where TSeen : Observation =>
        EveryIn<TSeen, TSeen>(seen => when(seen) ? [seen] : [], (seen, _) => must(seen), atLeast, scenario, property);

    /// <summary>Of each of these parts of every observation of this kind, this holds.</summary>
    [AssertionMethod]
    protected void EveryIn<TSeen, TPart>(
        Func<TSeen, IEnumerable<TPart>> of,
        Func<TSeen, TPart, bool> must,
        int atLeast,
        Scenario scenario = Scenario.Ordinary,
        [CallerMemberName] string property = "")
        where TSeen : Observation =>
        InRuns(
            run => run.Observations.OfType<TSeen>().SelectMany(seen => of(seen).Select(part => new Finding(seen, must(seen, part)))),
            atLeast,
            scenario,
            property);

    /// <summary>Of all runs, every finding is that the clause holds.</summary>
    /// <param name="findings">One for each time that the clause speaks.</param>
    /// <param name="atLeast">So often it must speak in <see cref="Checking.DefaultCases"/> traces.</param>
    /// <param name="scenario">The kind of traces.</param>
    /// <param name="property">The method that is the property.</param>
    [AssertionMethod]
    protected void InRuns(
        Func<Run, IEnumerable<Finding>> findings, int atLeast, Scenario scenario = Scenario.Ordinary, [CallerMemberName] string property = "")
    {
        long spoken = 0;
        Run? broken = null; // the last one that FsCheck tried and that failed is the smallest
        bool Holds(Run run)
        {
            foreach (Finding finding in findings(run))
            {
                if (!finding.Holds)
                {
                    broken = run;
                    return false;
                }

                spoken++;
            }

            return true;
        }

        FsCheck.TestResult result = Checking.Check(Prop.ForAll(Runs(scenario), Holds), Checking.Cases);
        if (broken != null)
        {
            Finding finding = findings(broken).First(finding => !finding.Holds);
            throw new BrokenClauseException(Shrinks ? Failure.Text(ClausesOf(property), property, broken, finding.At) : $"{property} does not hold");
        }

        Assert.True(result.IsPassed, result.ToString());
        long least = Checking.IsSmall ? 0 : (long)atLeast * Checking.Cases / Checking.DefaultCases;
        TestContext.Current.TestOutputHelper?.WriteLine($"{ClausesOf(property)} spoke {spoken} times, must {least}: {property}");
        Assert.True(spoken >= least, $"{ClausesOf(property)} spoke {spoken} times, must {least} times: {property}");
    }

    private string ClausesOf(string property) => string.Join(
        ' ', GetType().GetMethod(property, BindingFlags.Public | BindingFlags.Instance)!.GetCustomAttributes<ClauseAttribute>().Select(clause => clause.Id));

    private Arbitrary<Run> Runs(Scenario scenario)
    {
        int shrinksLeft = Shrinks && scenario != Scenario.Malformed ? MaxShrinks : 0; // the shrinker makes no malformed traces
        return Arb.From(
            Gen.Choose(0, int.MaxValue).Select(seed => RunOf(scenario, seed)),
            run => TraceShrinker.Smaller(run.Trace).TakeWhile(_ => shrinksLeft-- > 0).Select(trace => Recorder.Run(trace, NewMachine)));
    }

    private Run RunOf(Scenario scenario, int seed) => NewMachine == Reference
        ? ReferenceRuns.GetOrAdd((scenario, seed), key => new Lazy<Run>(() => NewRun(key.Scenario, key.Seed))).Value
        : NewRun(scenario, seed);

    private Run NewRun(Scenario scenario, int seed) => Recorder.Run(Scenarios.Random(scenario, (ulong)seed), NewMachine);
}

/// <summary>That a clause holds or not, and where it was asked.</summary>
/// <param name="At">The observation that decides, or null if it is not one alone.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record Finding(Observation? At, bool Holds);

/// <summary>A machine does not do what a clause says.</summary>
#pragma warning disable CA1032, S3925 // made in one place, with a whole message
public sealed class BrokenClauseException(string message) : Exception(message);
#pragma warning restore CA1032, S3925
