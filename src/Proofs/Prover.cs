// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;
using Cmma.Traces;

namespace Cmma.Proofs;

/// <summary>Proves everything: the theorems of spec/smt, and the reference path by path.</summary>
public sealed class Prover
{
    /// <summary>What --only takes for all proofs of the reference; followed by "/get" for those of one operation.</summary>
    public const string Paths = "paths";

    private readonly SmtFolder folder;
    private readonly SolverKind solver;
    private readonly TheoremProof theorems;
    private readonly TheoremProof? byZ3;
    private readonly Func<ISymbolicMachine> newMachine;

    /// <summary>Reads what is to be proved.</summary>
    /// <param name="spec">The folder spec/.</param>
    /// <param name="solver">Z3 proves everything; cvc5 only the theorems' claims, as a second opinion in addition to Microsoft.Z3's.</param>
    /// <param name="newMachine">Makes the reference over terms.</param>
    /// <exception cref="InputException">A file is malformed.</exception>
    public Prover(SpecFolder spec, SolverKind solver, Func<ISymbolicMachine> newMachine)
        : this(System.IO.Path.Combine(spec?.Path ?? "", "smt"), solver, SolverLimits.Theorem, newMachine)
    {
    }

    internal Prover(string smt, SolverKind solver, SolverLimits limits, Func<ISymbolicMachine> newMachine)
    {
        folder = new SmtFolder(smt);
        this.solver = solver;
        this.newMachine = newMachine;
        IsSecondOpinion = solver == SolverKind.Cvc5;
        theorems = new TheoremProof(new Joiner(folder), solver, limits) { ClaimsOnly = IsSecondOpinion };
        if (IsSecondOpinion && SolverKind.MicrosoftZ3.IsThere)
        {
            byZ3 = new TheoremProof(new Joiner(folder), SolverKind.MicrosoftZ3, limits) { ClaimsOnly = true };
        }
    }

    /// <summary>Only the claims of theorems are asked: a second solver need not find models, nor run the reference.</summary>
    public bool IsSecondOpinion { get; }

    /// <summary>Called after each piece of work with how many are done, of how many, and what was the last.</summary>
    public Action<int, int, string>? Progress { get; init; }

    /// <summary>Where proofs are kept, so that only what changed is asked; null: everything is asked.</summary>
    public KeptProofs? Kept { get; init; }

    /// <summary>Proves it, and what it assumes.</summary>
    /// <param name="only">One file, one template with all that it is filled in with, "paths", "paths/get"; null for everything.</param>
    /// <param name="cores">How many proofs run at a time.</param>
    /// <returns>What came of each, in the order of the files; the paths of the reference last.</returns>
    /// <exception cref="InputException">Nothing has that name.</exception>
    public IReadOnlyList<ProofResult> Prove(string? only, int cores)
    {
        List<Theorem> all = [.. folder.Theorems()];
        Assumptions assumptions = new(all);
        HashSet<string> assumed = [.. all.Where(theorem => IsChosen(theorem, only)).SelectMany(assumptions.Of)];
        List<Theorem> chosen = [.. all.Where(theorem => IsChosen(theorem, only) || (theorem.IsProof && assumed.Contains(theorem.Stem)))];
        List<(string Operation, Shape Shape)> paths = [.. PathProver.Everything.Where(one => IsChosen(one.Operation, only))];
        if (chosen.Count + paths.Count == 0)
        {
            throw new InputException($"no proof '{only}': it takes the name of a file in spec/smt, '{Paths}', or '{Paths}/get'");
        }

        bool isWhole = paths.Count == PathProver.Everything.Count;
        string solverVersion = Kept == null ? "" : solver.Version();
        IReadOnlyList<string> askedOfPaths = Kept == null ? [] : AskedOfPaths(solverVersion);
        IReadOnlyList<ProofResult>? keptPaths = KeptPaths([.. paths.Select(one => one.Operation).Distinct(StringComparer.Ordinal), .. isWhole ? ["branches", "as-written"] : Array.Empty<string>()], askedOfPaths);
        if (keptPaths != null)
        {
            paths = [];
        }

        ProofResult[] results = new ProofResult[chosen.Count];
        PathOutcome[] outcomes = new PathOutcome[paths.Count];
        Coverage coverage = Coverage.OfReference(newMachine().GetType());
        PathProver prover = new(folder.ModelFolder, solver, newMachine) { Coverage = coverage };
        List<(string Name, Action Do)> work = [.. paths.Select((one, index) => ($"{Paths}/{one.Operation}", (Action)(() => outcomes[index] = Outcome(prover, one))))];
        work.InsertRange(Math.Min(PathProver.Longest, work.Count), chosen.Select((theorem, index) => (theorem.Name, (Action)(() => results[index] = Run(theorem, solverVersion)))));
        ProofResult? asWritten = null;
        if (paths.Count == PathProver.Everything.Count)
        {
            work.Insert(0, ($"{Paths}/as-written", () => asWritten = AsWritten())); // not last: one core alone would be busy with it
        }

        Do(work, cores);
        HashSet<string> unproved = [.. results.Where(result => result.Verdict != ProofVerdict.Proved).Select(result => result.Name.Split(':')[0])];
        results = [.. results.Select((result, index) => WithAssumptions(result, chosen[index], assumptions, unproved))];
        IEnumerable<ProofResult> ofPaths = [.. outcomes.GroupBy(one => one.Report.Operation, StringComparer.Ordinal).Select(Result), .. asWritten == null ? [] : (ProofResult[])[Branches(coverage), asWritten]];
        ofPaths = keptPaths ?? [.. ofPaths.Select(result => Kept?.Keep(result, askedOfPaths) ?? result)];
        IEnumerable<ProofResult> code = ofPaths.Any() ? [Code("state", KnownCode.State), Code("numbers", KnownCode.Numbers)] : [];
        return [.. results, .. ofPaths, .. code];
    }

    private ProofResult Run(Theorem theorem, string solverVersion)
    {
        ProofResult Ask() => theorems.Run(theorem) with { ByZ3 = byZ3?.Run(theorem).Verdict };
        if (Kept == null)
        {
            return Ask();
        }

        try
        {
            IReadOnlyList<string> asked = [solverVersion, KeptProofs.BuildOf(typeof(Prover).Assembly), .. theorems.Asked(theorem)];
            return Kept.Find(theorem.Name, asked) ?? Kept.Keep(Ask(), asked);
        }
        catch (InputException)
        {
            return Ask(); // which says what is malformed
        }
    }

    // Null unless every one of them was kept: which branches the paths take is known only if all are run.
    private IReadOnlyList<ProofResult>? KeptPaths(IReadOnlyList<string> names, IReadOnlyList<string> asked)
    {
        ProofResult?[] found = [.. names.Select(name => Kept?.Find($"{Paths}/{name}", asked))];
        return names.Count > 0 && Array.TrueForAll(found, each => each != null) ? [.. found.OfType<ProofResult>()] : null;
    }

    private IReadOnlyList<string> AskedOfPaths(string solverVersion) =>
    [
        solverVersion,
        KeptProofs.BuildOf(typeof(Prover).Assembly, newMachine().GetType().Assembly, typeof(Abi.Limits).Assembly, typeof(SpecFolder).Assembly),
        .. System.IO.Directory.EnumerateFiles(folder.ModelFolder).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText),
    ];

    // What a theorem assumes of others has to be proved too, or it is not.
    private static ProofResult WithAssumptions(ProofResult result, Theorem theorem, Assumptions assumptions, HashSet<string> unproved)
    {
        string wrong = assumptions.Wrong(theorem);
        return result.Verdict != ProofVerdict.Proved ? result
            : wrong.Length > 0 ? result with { Verdict = ProofVerdict.Failed, Reason = wrong }
            : assumptions.Of(theorem).FirstOrDefault(unproved.Contains) is { } missing
                ? result with { Verdict = ProofVerdict.Unknown, Reason = $"{theorem.File}: it assumes {missing}, which is not proved" }
            : result;
    }

    // In the order given, each as soon as a core is free: the long ones come first, and the many short paths fill what is left.
    private void Do(List<(string Name, Action Do)> work, int cores)
    {
        int next = -1;
        int done = 0;
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, _ =>
        {
            for (int index = Interlocked.Increment(ref next); index < work.Count; index = Interlocked.Increment(ref next))
            {
                work[index].Do();
                Progress?.Invoke(Interlocked.Increment(ref done), work.Count, work[index].Name);
            }
        });
    }

    private bool IsChosen(Theorem theorem, string? only) =>
        (theorem.IsProof || !IsSecondOpinion)
        && (only is null || only == theorem.Name || only == theorem.Stem || only == theorem.File || only == theorem.Stem.Split('/')[^1]);

    private bool IsChosen(string operation, string? only) =>
        !IsSecondOpinion && (only is null or Paths || only == $"{Paths}/{operation}");

    private static PathOutcome Outcome(PathProver prover, (string Operation, Shape Shape) one)
    {
        long begin = Stopwatch.GetTimestamp();
        try
        {
            return new PathOutcome(prover.Prove(one.Operation, one.Shape), "");
        }
        catch (Exception exception) when (exception is SolverException or NotSupportedException)
        {
            PathReport broken = new(one.Operation, one.Shape) { Time = Stopwatch.GetElapsedTime(begin) };
            return new PathOutcome(broken, $"{one.Operation}, {one.Shape}: {exception.Message}");
        }
    }

    private static ProofResult Result(IGrouping<string, PathOutcome> operation)
    {
        List<PathOutcome> all = [.. operation];
        string error = all.Select(one => one.Error).FirstOrDefault(text => text.Length > 0) ?? "";
        List<Counterexample> failures = [.. all.SelectMany(one => one.Report.Failures)];
        int proved = all.Sum(one => one.Report.Proved);
        int outOfScope = all.Sum(one => one.Report.OutOfScope);
        ProofVerdict verdict = failures.Count > 0 ? ProofVerdict.Failed
            : error.Length > 0 || proved == 0 ? ProofVerdict.Unknown
            : ProofVerdict.Proved;
        string counted = $"{proved} paths in {all.Count} shapes of memory{(outOfScope > 0 ? $", {outOfScope} lead out of scope" : "")}";
        counted += string.Concat(all.SelectMany(one => one.Report.Replaced).CountBy(text => text, StringComparer.Ordinal).Select(one => $"; in {one.Value} of them {one.Key}"));
        string claim = $"Each path of {operation.Key} does what its definition in the model says.";
        return new ProofResult($"{Paths}/{operation.Key}", $"model/{operation.Key}.smt2", verdict, claim)
        {
            Reason = failures.Count > 0 ? $"{failures.Count} paths do not; {counted} do" : error.Length > 0 ? error : counted,
            Detail = failures.Count == 0 ? "" : (failures.Find(failure => failure.Trace is not null) ?? failures[0]).Text,
            Time = TimeSpan.FromTicks(all.Sum(one => one.Report.Time.Ticks)),
        };
    }

    private ProofResult AsWritten()
    {
        const string Claim = "Some paths, drawn by a seed, do what the model says when the solver reads its definitions itself.";
        long begin = Stopwatch.GetTimestamp();
        ProofResult result = new($"{Paths}/as-written", "model", ProofVerdict.Proved, Claim);
        try
        {
            PathSample sample = new(folder, solver, newMachine);
            List<(string Text, Answer Answer)> all = [.. PathProver.Operations.SelectMany(sample.Ask)];
            List<(string Text, Answer Answer)> others = all.FindAll(one => one.Answer != Answer.Unsatisfiable);
            result = others.Count == 0 ? result with { Reason = $"{all.Count} paths" } : result with
            {
                Verdict = others.Exists(one => one.Answer == Answer.Satisfiable) ? ProofVerdict.Failed : ProofVerdict.Unknown,
                Reason = $"{others.Count} of {all.Count} paths do not, or no answer is known",
                Detail = others.OrderBy(one => one.Answer == Answer.Satisfiable ? 0 : 1).First().Text,
            };
        }
        catch (Exception exception) when (exception is SolverException or NotSupportedException)
        {
            result = result with { Verdict = ProofVerdict.Unknown, Reason = exception.Message };
        }

        return result with { Time = Stopwatch.GetElapsedTime(begin) };
    }

    // Asked whatever paths are chosen: without these a path says nothing.
    private ProofResult Code(string name, KnownCode known)
    {
        IReadOnlyList<string> unknown = known.Unknown(newMachine().GetType());
        return new ProofResult($"{Paths}/{name}", "src/Reference", unknown.Count == 0 ? ProofVerdict.Proved : ProofVerdict.Failed, known.Claim)
        {
            Reason = string.Join("; ", unknown),
        };
    }

    private static ProofResult Branches(Coverage coverage)
    {
        IReadOnlyList<string> missing = coverage.Missing;
        const string Claim = "The paths take every branch of the reference.";
        return new ProofResult($"{Paths}/branches", "src/Reference", missing.Count == 0 ? ProofVerdict.Proved : ProofVerdict.Failed, Claim)
        {
            Reason = $"{coverage.Taken} of {coverage.Branches} branches{(missing.Count == 0 ? "" : $"; not: {string.Join("; ", missing)}")}",
        };
    }

    /// <summary>What came of one operation in one shape.</summary>
    /// <param name="Report">The report.</param>
    /// <param name="Error">What went wrong, or nothing.</param>
    private sealed record PathOutcome(PathReport Report, string Error);
}
