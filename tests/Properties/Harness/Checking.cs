using System;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Cmma.Properties.Tests;

/// <summary>How FsCheck is run here: the same seed each time unless the environment says otherwise, and silent.</summary>
public static class Checking
{
    /// <summary>How many random traces a property is tried on.</summary>
    public const int DefaultCases = 1000;

    private const ulong DefaultSeed = 4096;

    /// <summary>CMMA_SEED.</summary>
    public static ulong Seed { get; } = FromEnvironment("CMMA_SEED", DefaultSeed);

    /// <summary>CMMA_CASES.</summary>
    public static int Cases { get; } = (int)FromEnvironment("CMMA_CASES", DefaultCases);

    /// <summary>Too few cases to ask how often a clause speaks or whether every mistake is found: that is chance then.</summary>
    public static bool IsSmall => Cases < DefaultCases;

    /// <summary>Tries a property on so many cases.</summary>
    public static TestResult Check(Property property, int cases)
    {
        LastResult last = new();
        Replay replay = new(new Rnd(Seed), FSharpOption<int>.None);
        FsCheck.Check.One(Config.Quick.WithMaxTest(cases).WithReplay(FSharpOption<Replay>.Some(replay)).WithRunner(last), property);
        return last.Result!;
    }

    private static ulong FromEnvironment(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), out ulong number) ? number : otherwise;

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
