// SPDX-License-Identifier: MIT
namespace Cmma.Mutation.Tests;

/// <summary>Mutants of the model: what is changed, and what becomes of it.</summary>
public sealed class ModelTests
{
    private const string Model = """
        (set-logic ALL)
        ; Comments (and those in the middle) stay out.
        (define-fun small ((a (_ BitVec 8)) (b Bool)) Bool
          (and (bvult a #x07) ; a bound
               (or b (= a #x01))))
        """;

    private const string Theorem = """
        ; claim: What is small lies below 7.
        ; expect: unsat
        ; uses: model
        (declare-const a (_ BitVec 8))
        (declare-const b Bool)
        (assert (small a b))
        ; refute
        (assert (not (bvult a #x07)))
        (check-sat)
        """;

    [Fact]
    public void Each_part_is_left_out_each_condition_negated_each_bound_shifted_each_two_constants_swapped() => Assert.Equal(
        [
            "model.smt2 small: negate (and (bvult a #x07) (or b (= a #x01)))",
            "model.smt2 small: without (bvult a #x07)",
            "model.smt2 small: without (or b (= a #x01))",
            "model.smt2 small: negate (bvult a #x07)",
            "model.smt2 small: negate (or b (= a #x01))",
            "model.smt2 small: without b",
            "model.smt2 small: without (= a #x01)",
            "model.smt2 small: negate b",
            "model.smt2 small: negate (= a #x01)",
            "model.smt2 small: bvule in (bvult a #x07)",
            "model.smt2 small: #x08 for #x07",
            "model.smt2 small: #x02 for #x01",
            "model.smt2 small: swap #x07 and #x01",
        ],
        ModelMutants.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = Model }).Select(mutant => mutant.Name));

    [Fact]
    public void Refuted_is_what_a_theorem_is_false_of_and_what_means_the_same_is_no_mutant()
    {
        using TempSpec spec = new(Model, Theorem);
        Dictionary<string, ModelFate> fates = ModelTrial.Run(spec.Root, null, new HashSet<string>(StringComparer.Ordinal), _ => { })
            .ToDictionary(fate => fate.Mutant.Name["model.smt2 small: ".Length..], StringComparer.Ordinal);

        Assert.Equal("theorem", fates["without (bvult a #x07)"].RefutedBy);
        Assert.Equal("theorem", fates["#x08 for #x07"].RefutedBy);
        Assert.True(fates["negate b"].Lives); // the theorem says nothing of it
        Assert.True(fates["swap #x07 and #x01"].Lives);
        Assert.Contains(ModelTable.Holes([.. fates.Values], new Dictionary<string, string>(StringComparer.Ordinal)), hole => hole.Contains("negate b: refuted by no theorem", StringComparison.Ordinal));
        Assert.Contains(
            ModelTable.Holes([.. fates.Values], new Dictionary<string, string>(StringComparer.Ordinal) { ["model.smt2 small: #x08 for #x07"] = "" }),
            hole => hole.Contains("does not live", StringComparison.Ordinal));
    }

    // Of the equation without its first part the solver finds no function by itself: base of what is no slot may be anything.
    [Fact]
    public void With_an_example_a_function_is_what_its_changed_equation_says()
    {
        const string Slots = """
            (set-logic ALL)
            (declare-datatypes ((Slot 0)) (((no-slot) (slot (base (_ BitVec 64)) (pages (_ BitVec 64))))))
            (declare-fun in-range ((_ BitVec 64) (_ BitVec 64) (_ BitVec 64)) Bool)
            (assert (forall ((page (_ BitVec 64)) (first (_ BitVec 64)) (length (_ BitVec 64)))
              (! (= (in-range page first length) (and (bvule first page) (bvult (bvsub page first) length))) :pattern ((in-range page first length)))))
            (declare-fun holds (Slot (_ BitVec 64)) Bool)
            (assert (forall ((s Slot) (page (_ BitVec 64)))
              (! (= (holds s page) (and ((_ is slot) s) (in-range page (base s) (pages s)))) :pattern ((holds s page)))))
            """;
        const string Question = """
            ; claim: What is no slot holds no page.
            ; expect: unsat
            ; uses: model
            (declare-const page (_ BitVec 64))
            ;? (assert (= page #x0000000000000007))
            ; refute
            (assert (holds no-slot page))
            (check-sat)
            """;
        using TempSpec spec = new(Slots, Question);
        IReadOnlyList<ModelFate> fates = ModelTrial.Run(spec.Root, "holds", new HashSet<string>(StringComparer.Ordinal), _ => { });

        Assert.Equal("theorem", Assert.Single(fates, fate => fate.Mutant.Name.EndsWith("holds: without ((_ is slot) s)", StringComparison.Ordinal)).RefutedBy);
    }

    [Fact]
    public void What_is_proved_to_mean_the_same_needs_no_reason()
    {
        using TempSpec spec = new("(define-fun always ((a Bool)) Bool (or a (not a) a))", Theorem.Replace("(assert (small a b))", "", StringComparison.Ordinal).Replace("bvult a #x07", "always b", StringComparison.Ordinal));
        IReadOnlyList<ModelFate> fates = ModelTrial.Run(spec.Root, null, new HashSet<string>(StringComparer.Ordinal), _ => { });

        Assert.True(Assert.Single(fates, fate => fate.Mutant.Name.EndsWith("always: without a", StringComparison.Ordinal)).IsTheSame);
    }

    /// <summary>A model and a theorem, deleted afterwards.</summary>
    private sealed class TempSpec : IDisposable
    {
        public TempSpec(string model, string theorem)
        {
            Write("model/model.smt2", model);
            Write("theorems/theorem.smt2", theorem);
        }

        public string Root { get; } = Directory.CreateTempSubdirectory("cmma model ").FullName;

        public void Dispose() => Directory.Delete(Root, recursive: true);

        private void Write(string file, string text)
        {
            string path = Path.Combine(Root, "spec/smt", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + "\n");
        }
    }
}
