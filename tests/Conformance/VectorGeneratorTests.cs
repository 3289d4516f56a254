// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Cmma.Catalogue;
using Cmma.Catalogue.Core;
using Cmma.Catalogue.Profiles;
using Cmma.Exploring.Fuzzing;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

/// <summary>cmma generate.</summary>
public sealed class VectorGeneratorTests
{
    private static readonly VectorGenerator Generator = new();

    private static readonly IReadOnlyList<Vector> Some = Generator.Random(seed: 7, count: 300);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine() => Assert.Equal(
        "bcdef9ae041f16de9f217b606223c115d9b62b74f6e5f0755ab80c439952dfff",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithoutItsSchema(TraceWriter.Vectors(Generator.Random(seed: 1, count: 50)))))));

    [Fact]
    public void Fewer_vectors_of_a_seed_are_the_first_of_more() =>
        Assert.Equal(TraceWriter.Vectors([.. Some.Take(20)]), TraceWriter.Vectors(Generator.Random(seed: 7, count: 20)));

    [Fact]
    public void No_operation_can_be_left_out() => Assert.All(Some, vector =>
    {
        Expectation answer = vector.Trace.Steps[^1].Expect!;
        Assert.True(Generator.Ends(vector.Trace, answer, new(vector.Clauses[0])));
        for (int index = 0; index < vector.Trace.Steps.Count - 1; index++)
        {
            Trace shorter = vector.Trace with { Steps = [.. vector.Trace.Steps.Where((_, each) => each != index)] };
            Assert.False(Generator.Ends(shorter, answer, new(vector.Clauses[0])), $"{vector.Id}: operation {index + 1} is not needed");
        }
    });

    [Fact]
    public void An_operation_too_many_is_noticed()
    {
        Vector vector = Some[0];
        Trace longer = vector.Trace with { Steps = [new Step(new Operation.MigrationStatus()), .. vector.Trace.Steps] };

        Assert.True(Generator.Ends(longer, vector.Trace.Steps[^1].Expect!, new(vector.Clauses[0])));
    }

    [Fact]
    public void They_are_vectors_as_any_others()
    {
        HashSet<string> clauses = [.. Spec.Clauses.Select(clause => clause.Id)];
        IReadOnlyList<Vector> read = TraceReader.Vectors(Spec.Json(TraceWriter.Vectors(Some)), "random.json");

        Assert.Equal(Some.Count, read.Select(vector => TraceWriter.Trace(vector.Trace)).Distinct().Count());
        Assert.All(read, vector => Assert.Empty(VectorLint.Findings(vector, clauses)));
        Assert.Equal((Some.Count, 0), Passed("reference"));
        Assert.Equal((Some.Count, 0), Passed("optimized"));
        Assert.True(Passed("kernel:4.13").Failed > 0); // so they tell something

        (int Passed, int Failed) Passed(string name)
        {
            using IImplementation implementation = Implementations.Find(name);
            CheckResult result = CheckResult.Of(read, implementation);
            return (result.Passed, result.Failed);
        }
    }

    [Theory]
    [InlineData("documentation", "791e3b48")]
    [InlineData("kernel:4.13", "b74cb17e")]
    [InlineData("kernel:6.12", "e50d79dc")]
    [InlineData("kernel:7.2", "e756076a")]
    public void The_same_seed_gives_the_same_bytes_for_every_profile(string profile, string hash) => Assert.Equal(
        hash,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WithoutItsSchema(TraceWriter.Vectors(new VectorGenerator(profile).Random(seed: 1, count: 30))))))[..8]);

    [Theory]
    [InlineData("kernel:4.13")]
    [InlineData("kernel:4.19")]
    [InlineData("kernel:6.12")]
    [InlineData("kernel:7.2")]
    public void Those_of_a_kernel_expect_what_it_answers_and_no_operation_can_be_left_out(string profile)
    {
        VectorGenerator generator = new(profile);
        IReadOnlyList<Vector> vectors = generator.Random(seed: 3, count: 60);
        using IImplementation kernel = Implementations.Find(profile);
        using IImplementation reference = Implementations.Find("reference");
        CheckResult byContract = CheckResult.Of(vectors, reference);

        AreVectors(vectors, profile);
        Assert.Equal(vectors.Count, CheckResult.Of(vectors, kernel).Passed);
        Assert.InRange(byContract.Failed, 3, vectors.Count - 1);
        Assert.All(byContract.Verdicts, verdict =>
        {
            bool differs = verdict.Vector.Why.EndsWith("which is another one.", StringComparison.Ordinal);
            Assert.True(verdict.Kind == VerdictKind.Failed || !differs, verdict.Vector.Id);
            Assert.True(verdict.FailedStep < verdict.Vector.Trace.Steps.Count - 1 || differs, verdict.Vector.Id); // or an operation before the last differs
        });
        Assert.All(vectors, vector =>
        {
            Shown shows = generator.Do(vector.Trace).Shows[^1]!;
            for (int index = 0; index < vector.Trace.Steps.Count - 1; index++)
            {
                Trace shorter = vector.Trace with { Steps = [.. vector.Trace.Steps.Where((_, each) => each != index)] };
                Assert.False(generator.Ends(shorter, vector.Trace.Steps[^1].Expect!, shows), $"{vector.Id}: operation {index + 1} is not needed");
            }
        });
    }

    [Fact]
    public void Those_of_7_0_hold_what_only_an_ESSA_in_two_steps_shows() => Assert.Contains(
        new VectorGenerator("kernel:7.0").Random(seed: 1, count: 200),
        vector => EssaInSteps.In(vector.Trace) && vector.Why.EndsWith("which is another one.", StringComparison.Ordinal));

    [Fact]
    public void An_ESSA_in_two_steps_never_makes_a_trace_malformed_and_is_left_out_where_one_side_cannot_do_it()
    {
        using IImplementation reference = Implementations.Find("reference");
        using IImplementation kernel = Implementations.Find("kernel:7.2");
        MachineImplementation withoutSteps = new("it", [.. kernel.Capabilities.Where(each => each != Capability.EssaSteps)], _ => throw new InvalidOperationException());
        Trace[] traces = [.. Enumerable.Range(0, 1000).Select(number => FuzzTraces.Random((ulong)number, FuzzMemory.Small))];

        Assert.InRange(traces.Count(EssaInSteps.In), 150, 350);
        Assert.All(traces, trace => Assert.Null(VectorLint.Malformed(trace)));
        Assert.Equal(traces.Count(EssaInSteps.In), traces.Count(trace => EssaInSteps.In(new Fitting(kernel, reference).Fit(trace))));
        Assert.All((Fitting[])[new(withoutSteps, reference), new(reference, withoutSteps)], fitting =>
            Assert.DoesNotContain(traces, trace => Capabilities.NeededBy(fitting.Fit(trace)).Contains(Capability.EssaSteps)));
    }

    [Fact]
    public void An_ESSA_in_two_steps_is_one_again()
    {
        Trace trace = Spec.Trace(
            """{"op":"create_vcpu"}""", """{"op":"essa_begin","gfn":"0x5","orc":3}""", """{"op":"stop_migration"}""", """{"op":"essa_end"}""");

        Assert.True(EssaInSteps.In(trace));
        Assert.Equal(
            [new Operation.CreateVcpu(), new Operation.Essa(0x5, 3), new Operation.StopMigration()],
            EssaInSteps.InOne(trace).Steps.Select(step => step.Operation));
        Assert.Contains(TraceShrinker.Smaller(trace), smaller => TraceWriter.Trace(smaller) == TraceWriter.Trace(EssaInSteps.InOne(trace)));
    }

    [Fact]
    public void Those_of_the_documentation_are_passed_by_every_kernel()
    {
        IReadOnlyList<Vector> vectors = new VectorGenerator("documentation").Random(seed: 3, count: 60);

        AreVectors(vectors, "documentation");
        Assert.All(ProfileFolder.Names.Where(name => name.StartsWith("kernel:", StringComparison.Ordinal)).Append("reference"), name =>
        {
            using IImplementation kernel = Implementations.Find(name);
            Assert.Equal(vectors.Count, CheckResult.Of(vectors, kernel).Passed);
        });
    }

    private static void AreVectors(IReadOnlyList<Vector> vectors, string profile)
    {
        HashSet<string> clauses = [.. Spec.Clauses.Select(clause => clause.Id)];
        IReadOnlyList<Vector> read = TraceReader.Vectors(Spec.Json(TraceWriter.Vectors(vectors)), "random.json");

        Assert.All(read, vector => Assert.Empty(VectorLint.Findings(vector, clauses)));
        Assert.All(read, vector => Assert.Equal([profile], vector.Profiles));
        Assert.All(read, vector => Assert.Null(new ProfileFolder(Spec.Folder).Find(profile).LeftOut(vector)));
    }

    [Fact]
    public void Most_classes_come_up() => Assert.InRange(Some.Select(vector => vector.Clauses[0]).Distinct().Count(), 50, 100);

    [Fact]
    public void The_class_of_an_operation_is_a_clause_that_its_vectors_name()
    {
        // a vector written by hand that names one check alone and ends with a refusal
        Vector[] vectors = [.. Spec.Vectors.Where(vector => vector.Clauses is [var only] && only.Contains("-CHECK-", StringComparison.Ordinal)
            && vector.Trace.Steps[^1].Expect!.Alternatives[0].Result != Outcome.Ok)];
        string[] other = [.. vectors.Where(vector => !Classes(vector).Contains(vector.Clauses[0])).Select(vector => vector.Id)];

        Assert.True(vectors.Length > 50);
        Assert.Empty(other);
    }

    [Fact]
    public void The_smallest_set_keeps_every_goal_and_takes_the_shorter_vector_where_two_do()
    {
        Vector[] vectors =
        [
            Spec.Vector("long", """{"op":"create_vcpu"}""", """{"op":"create_vcpu"}"""), Spec.Vector("short", """{"op":"create_vcpu"}"""),
            Spec.Vector("needless", """{"op":"create_vcpu"}"""), Spec.Vector("alone", """{"op":"create_vcpu"}"""), Spec.Vector("none", """{"op":"create_vcpu"}"""),
        ];
        VectorGoal[] goals =
        [
            Goal("a", "long", "short"), Goal("b", "long", "short", "needless"), Goal("c", "needless", "alone"), Goal("d", "alone"), Goal("e"),
        ];

        Assert.Equal(["short", "alone"], SmallestSet.Of(vectors, goals).Select(vector => vector.Id));
    }

    [Fact]
    public void What_was_chosen_early_and_became_needless_is_left_out()
    {
        Vector[] vectors = [.. "abc".Select(letter => Spec.Vector($"{letter}", """{"op":"create_vcpu"}"""))];
        VectorGoal[] goals = [Goal("1", "a", "b"), Goal("2", "a", "b"), Goal("3", "a", "c"), Goal("4", "a", "c"), Goal("5", "b"), Goal("6", "c")];

        Assert.Equal(["b", "c"], SmallestSet.Of(vectors, goals).Select(vector => vector.Id));
    }

    [Fact]
    public void The_smallest_set_of_the_real_vectors_has_every_clause_class_and_bug()
    {
        IReadOnlyList<VectorGoal> goals = VectorGoals.Of(Spec.Vectors);
        IReadOnlyList<Vector> set = SmallestSet.Of(Spec.Vectors, goals);
        HashSet<string> ids = [.. set.Select(vector => vector.Id)];

        Assert.InRange(set.Count, 20, Spec.Vectors.Count / 4);
        Assert.All(goals, goal => Assert.True(goal.Vectors.Overlaps(ids), goal.Name));
        Assert.All(set, vector => Assert.Contains(goals, goal => goal.Vectors.Contains(vector.Id) && goal.Vectors.Intersect(ids).Count() == 1));
        Assert.Contains(goals, goal => goal.Name == "bug B14");
    }

    private static IReadOnlyList<string?> Classes(Vector vector) =>
        [.. OutcomeClass.Of(vector.Trace, Implementations.Find("optimized")).Select(each => each.Class)];

    private static VectorGoal Goal(string name, params string[] vectors) => new(name, vectors.ToHashSet());

    [Fact]
    public void What_is_generated_names_its_schema() =>
        Assert.StartsWith("{\n  \"$schema\": \"urn:cmma:vectors:1.1\",\n  \"vectors\": [\n", TraceWriter.Vectors(Generator.Random(seed: 1, count: 1)), StringComparison.Ordinal);

    private static string WithoutItsSchema(string text) => text.Replace("  \"$schema\": \"urn:cmma:vectors:1.1\",\n", "", StringComparison.Ordinal);
}
