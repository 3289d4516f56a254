// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Theorems;

namespace Cmma.Mutation;

/// <summary>What became of a mutant of the model.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="RefutedBy">The first theorem that is false of it; nothing if none is.</param>
/// <param name="IsTheSame">The changed definition is proved to mean what the definition means.</param>
internal sealed record ModelFate(ModelMutant Mutant, string RefutedBy, bool IsTheSame)
{
    /// <summary>No theorem is false of it, though it may mean something else.</summary>
    public bool Lives => RefutedBy.Length == 0 && !IsTheSame;
}

/// <summary>
/// Asks the theorems of spec/smt of each mutant of its model. Refuted is one of which the solver says that a theorem can be false: it answers sat, with the
/// theorem's examples or without them. That it cannot tell is no refutation.
/// </summary>
internal sealed class ModelTrial
{
    // What a question may cost, in the solver's own steps: so the outcome is the same on a busy machine. The most are about three seconds. With few all
    // theorems are asked first, since one refutes most mutants sooner than another one comes to its end.
    private const int MostSteps = 10_000_000;
    private const int SomeSteps = 2_000_000;
    private const int FewSteps = 150_000;

    // Of a mutant that is listed with a reason only the nearest theorems are asked.
    private const int AskedOfListed = 12;

    private readonly string smt;
    private readonly SmtFolder original;
    private readonly IReadOnlyList<ModelMutant> mutants;
    private readonly Dictionary<string, IReadOnlySet<string>> mentioned = new(StringComparer.Ordinal);
    private readonly List<(Theorem Theorem, HashSet<string> Reached)> theorems = [];
    private readonly IReadOnlySet<string> listed;

    // By definition, and by file: the theorem that refuted a mutant of it last, which is asked first of the next. Then those that refuted most of its
    // file, and of all.
    private readonly ConcurrentDictionary<string, Theorem> sharp = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string File, Theorem Theorem), int> refutedOfFile = new();
    private readonly ConcurrentDictionary<Theorem, int> refuted = new();

    private ModelTrial(string root, string? only, IReadOnlySet<string> listed)
    {
        this.listed = listed;
        smt = Path.Combine(root, "spec/smt");
        original = new SmtFolder(smt);
        mutants = [.. ModelMutants.Of(original.Model).Where(mutant => only == null || only == mutant.File || only == mutant.Definition || only == mutant.Name)];
        foreach ((string name, IReadOnlySet<string> names) in original.Model.Values.SelectMany(ModelMutants.Definitions))
        {
            mentioned[name] = names;
        }

        IEnumerable<Theorem> asked = original.Theorems().Where(one => one.IsProof && !one.NeverBoth && !one.File.StartsWith("classes/", StringComparison.Ordinal));
        theorems.AddRange(asked.Select(theorem => (theorem, Reached(theorem))).OrderBy(Cost));
    }

    /// <summary>Tries every mutant, or those of one file or one definition.</summary>
    public static IReadOnlyList<ModelFate> Run(string root, string? only, IReadOnlySet<string> listed, Action<string> progress)
    {
        ModelTrial trial = new(root, only, listed);
        ModelFate[] fates = new ModelFate[trial.mutants.Count];
        int next = -1;
        int done = 0;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using Asker asker = new(trial.smt);
            for (int index = Interlocked.Increment(ref next); index < fates.Length; index = Interlocked.Increment(ref next))
            {
                fates[index] = trial.Fate(trial.mutants[index], asker);
                progress($"{Interlocked.Increment(ref done)} of {fates.Length}: {trial.mutants[index].Name}: {Word(fates[index])}");
            }
        });
        return fates;
    }

    private static string Word(ModelFate fate) => fate.IsTheSame ? "the same" : fate.Lives ? "LIVES" : fate.RefutedBy;

    // The small ones first, and of the matrix what is asked of an operation as a whole.
    private static (bool, int) Cost((Theorem Theorem, HashSet<string> Reached) one) =>
        (one.Theorem.File.StartsWith("matrix/", StringComparison.Ordinal) && one.Theorem.Fillings.Count > 1, one.Reached.Count);

    private ModelFate Fate(ModelMutant mutant, Asker asker)
    {
        IEnumerable<Theorem> all = theorems.Where(one => one.Reached.Contains(mutant.Definition)).Select(one => one.Theorem);
        List<Theorem> asked =
        [
            .. (listed.Contains(mutant.Name) ? all.Take(AskedOfListed) : all)
                .OrderByDescending(theorem => refutedOfFile.GetValueOrDefault((mutant.File, theorem)))
                .ThenByDescending(theorem => refuted.GetValueOrDefault(theorem)),
        ];
        Theorem[] first = [.. new[] { mutant.Definition, mutant.File }.Select(key => sharp.GetValueOrDefault(key)).OfType<Theorem>().Distinct().Where(asked.Contains)];
        Theorem? Refuting(IEnumerable<Theorem> some, int steps) => some.FirstOrDefault(theorem => asker.IsFalse(theorem, mutant, steps));
        Theorem? refuting = Refuting(first, FewSteps) ?? Refuting(first.Take(1), SomeSteps) ?? Refuting(asked.Except(first), FewSteps);
        if (refuting == null && IsTheSame(mutant, asker))
        {
            return new ModelFate(mutant, "", IsTheSame: true);
        }

        refuting ??= Refuting(asked, SomeSteps) ?? Refuting(asked, MostSteps);
        if (refuting != null)
        {
            refuted.AddOrUpdate(refuting, 1, (_, times) => times + 1);
            refutedOfFile.AddOrUpdate((mutant.File, refuting), 1, (_, times) => times + 1);
            sharp[mutant.Definition] = sharp[mutant.File] = refuting;
        }

        return new ModelFate(mutant, refuting?.Name ?? "", IsTheSame: false);
    }

    // The definitions that a theorem speaks of, and those that they are made of.
    private HashSet<string> Reached(Theorem theorem)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new(ModelNode.Read(theorem.Text).SelectMany(node => node.All()).Select(node => node.Atom ?? ""));
        while (open.TryPop(out string? name))
        {
            if (mentioned.TryGetValue(name, out IReadOnlySet<string>? names) && reached.Add(name))
            {
                foreach (string other in names)
                {
                    open.Push(other);
                }
            }
        }

        return reached;
    }

    // Whether the definition and the changed one differ nowhere.
    private bool IsTheSame(ModelMutant mutant, Asker asker)
    {
        ModelNode changed = ModelNode.Read(mutant.Text).First(node => ModelMutants.Defined(node).Name == mutant.Definition);
        (string name, ModelNode? parameters, ModelNode? body) = ModelMutants.Defined(changed);
        string Words(ModelNode node) => mutant.Text[node.Begin..node.End];
        string sort = changed.Head == "assert" ? "Bool" : Words(changed.Items[3]);
        string constants = string.Concat(parameters!.Items.Select(each => $"(declare-const the-{each.Items[0].Atom} {Words(each.Items[1])})\n"));
        string names = string.Join(' ', parameters.Items.Select(each => $"the-{each.Items[0].Atom}"));
        string Call(string function) => names.Length == 0 ? function : $"({function} {names})";
        string text = $"; uses: {mutant.File}\n(define-fun changed {Words(parameters)} {sort} {Words(body!)})\n{constants}"
            + $"(assert (not (= {Call(name)} {Call("changed")})))\n(check-sat)\n";
        return asker.Answers(new Joiner(original).Proof(new Theorem("same", mutant.File, text)), MostSteps).SequenceEqual([Answer.Unsatisfiable]);
    }

    /// <summary>One solver, begun anew after it broke down, and a model that can be changed.</summary>
    private sealed class Asker(string smt) : IDisposable
    {
        private readonly SmtFolder folder = new(smt);
        private SolverProcess? solver;

        public bool IsFalse(Theorem theorem, ModelMutant mutant, int steps)
        {
            string right = folder.Model[mutant.File];
            folder.Model[mutant.File] = mutant.Text;
            Joiner joiner = new(folder);
            (string withExamples, string plain) = (joiner.WithExamples(theorem), joiner.Proof(theorem)); // of a theorem without examples the same
            bool isFalse = (withExamples != plain && IsPossible(withExamples, steps, writtenOut: true)) || IsPossible(plain, steps, writtenOut: false);
            folder.Model[mutant.File] = right;
            return isFalse;
        }

        // With examples a function is written out as its equation has it: else the solver has to find one for which the equation holds, and of a changed
        // equation it may not. Without them it proves sooner that there is nothing to find if it keeps the function.
        private bool IsPossible(string text, int steps, bool writtenOut) =>
            Answers($"(set-option :smt.macro_finder {(writtenOut ? "true" : "false")})\n{text}", steps, until: Answer.Satisfiable).Contains(Answer.Satisfiable);

        /// <summary>The answers to the questions of a text, up to the first of this kind; none if the solver broke down.</summary>
        public List<Answer> Answers(string text, int steps, Answer? until = null)
        {
            try
            {
                solver ??= new SolverProcess(SolverKind.MicrosoftZ3, SolverLimits.Usual, "a mutant of the model");
                solver.Send($"(reset)\n(set-option :rlimit {steps})");
                List<Answer> answers = [];
                string[] parts = TheoremProof.Parts(text);
                for (int index = 0; index < parts.Length - 1 && (answers.Count == 0 || answers[^1] != until); index++)
                {
                    solver.Send(parts[index]);
                    answers.Add(solver.Check());
                }

                return answers;
            }
            catch (SolverException)
            {
                Dispose();
                solver = null; // it could not tell
                return [];
            }
        }

        public void Dispose() => solver?.Dispose();
    }
}
