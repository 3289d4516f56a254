// SPDX-License-Identifier: MIT
using System.Reflection;
using Cmma.Abi;
using Cmma.Generators;
using Cmma.Traces;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using TestResult = FsCheck.TestResult;

namespace Cmma.Properties.Tests;

/// <summary>A method that shows some clauses, so that it can be asked about another machine than the one it is for.</summary>
/// <param name="Method">The method.</param>
/// <param name="Clauses">Their ids.</param>
public sealed record ClauseProperty(MethodInfo Method, IReadOnlyList<string> Clauses)
{
    /// <summary>Every method of this assembly with <see cref="ClausePropertyAttribute"/> or <see cref="ClauseAttribute"/>.</summary>
    public static IReadOnlyList<ClauseProperty> All { get; } = [
        .. from type in typeof(ClauseProperty).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let clauses = ClausesOf(method)
           where clauses.Count > 0
           select new ClauseProperty(method, clauses)];

    /// <summary>Whether FsCheck asks it about what a machine does in random traces.</summary>
    public bool IsOfMachine => Attribute != null;

    /// <summary>How often it has to speak, and of which traces.</summary>
    public ClausePropertyAttribute? Attribute => Method.GetCustomAttribute<ClausePropertyAttribute>();

    /// <summary>The clauses that a method shows.</summary>
    public static IReadOnlyList<string> ClausesOf(MethodInfo method) => [
        .. method.GetCustomAttributes<ClauseAttribute>().Select(clause => clause.Id),
        .. method.GetCustomAttribute<ClausePropertyAttribute>()?.Clauses ?? []];

    /// <summary>Lets FsCheck ask it about another machine.</summary>
    /// <param name="newMachine">The machine.</param>
    /// <param name="shrinks">Whether a trace that shows a failure is made small.</param>
    /// <returns>What FsCheck found, and how often the clause spoke.</returns>
    public (TestResult Result, long Spoken) Ask(Func<bool, IMachine> newMachine, bool shrinks)
    {
        MachineProperties properties = (MachineProperties)Activator.CreateInstance(Method.DeclaringType!)!;
        properties.NewMachine = newMachine;
        Func<Trace, Property> holds = Method.CreateDelegate<Func<Trace, Property>>(properties);
        Arbitrary<Trace> traces = (Arbitrary<Trace>)Attribute!.Traces.GetProperty(nameof(OrdinaryTraces.Arbitrary))!.GetValue(null)!;
        LastResult last = new();
        Replay replay = new(new Rnd(TestRun.Seed), FSharpOption<int>.None);
        Config config = Config.Quick.WithMaxTest(TestRun.Cases).WithReplay(FSharpOption<Replay>.Some(replay)).WithRunner(last);
        Check.One(config, Prop.ForAll(shrinks ? traces : Arb.From(traces.Generator), holds));
        return (last.Result!, properties.Spoken);
    }

#pragma warning disable S927 // the interface, compiled from F#, names all its parameters "value"
    private sealed class LastResult : IRunner
    {
        public TestResult? Result { get; private set; }

        public void OnStartFixture(Type t)
        {
            // nothing to say
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
            // nothing to say
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
            // nothing to say
        }

        public void OnFinished(string name, TestResult testResult) => Result = testResult;
    }
#pragma warning restore S927
}
