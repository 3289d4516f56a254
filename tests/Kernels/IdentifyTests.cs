// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Catalogue.Bugs;
using Cmma.Catalogue.Profiles;
using Cmma.Cli;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels.Bugs;
using Cmma.Outside;
using Cmma.Reports;
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>Each of our machines is identified when it answers over the protocol under a name that says nothing.</summary>
public sealed class IdentifyTests
{
    public static TheoryData<string> Followers { get; } = ["reference", "optimized", .. Linux.Versions.Select(KernelProfile.NameOf)];

    public static TheoryData<string> Kernels { get; } = [.. Linux.Versions.Select(version => version.Name)];

    public static TheoryData<string> Bugs { get; } = [.. KnownBugs.All.Select(bug => bug.Id)];

    [Theory]
    [MemberData(nameof(Followers))]
    public void A_profile_is_known_again(string name)
    {
        string profile = name.StartsWith("kernel:", StringComparison.Ordinal) ? name : "contract";

        Identification found = Identify(Served(Implementations.Find(name)));

        Assert.Equal(SameAs(profile), found.Nearest.Select(match => match.Name));
        Assert.Empty(found.Nearest[0].Contradicting);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_bug_is_known_again(string id) =>
        Assert.Contains(id, Ids(Identify(Served(Implementations.Find($"bug:{id}")))));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void The_machine_without_the_bug_does_not_show_it(string id)
    {
        KnownBug bug = KnownBugs.All.Single(each => each.Id == id);

        Assert.DoesNotContain(id, Ids(Identify(Implementations.Kernel("somebody's", bug.NewCorrect))));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_shows_no_bug_of_other_versions(string version)
    {
        Identification found = Identify(Implementations.Find($"kernel:{version}"));

        Assert.Empty(found.Bugs.Concat(found.LooksLike).Where(match => !match.Bugs.Any(bug => bug.IsIn(version))).Select(match => match.Ids));
        Assert.All(found.Bugs, match => Assert.Equal(match.Signs, match.Telling.Count));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void No_bug_is_missing_of_which_every_vector_tells(string version)
    {
        Identification found = Identify(Implementations.Find($"kernel:{version}"));
        HashSet<string> named = [.. found.Bugs.SelectMany(match => match.Bugs.Select(bug => bug.Id).Concat(match.Within))];
        HashSet<string> telling = [.. found.Bugs.SelectMany(match => match.Telling).Select(vector => vector.Id)];

        Assert.Empty(Known.Matrix.Rows.Where(row => row.Bug.IsIn(version) && row.CaughtBy.Count > 0 && row.CaughtBy.All(sign => telling.Contains(sign.Vector.Id)))
            .Select(row => row.Bug.Id).Except(named));
        Assert.Equal(version == "4.13", named.Contains("L13") && named.Contains("B4"));
    }

    [Theory]
    [InlineData("L17", "4.13 4.19 5.10 5.16 6.1 6.3 6.4 6.12")]
    [InlineData("B21b", "7.0 7.2 7.3-rc1")]
    [InlineData("B28", "7.0")]
    [InlineData("B2", "4.13")]
    [InlineData("B25v", "")]
    public void The_kernels_that_have_a_bug_are_those_of_its_versions(string id, string versions) => Assert.Equal(
        versions,
        string.Join(' ', Linux.Versions.Select(version => version.Name).Where(KnownBugs.All.Single(bug => bug.Id == id).IsIn)));

    [Fact]
    public void A_bug_of_which_only_some_vectors_tell_is_not_named_but_looked_like()
    {
        BugMatrix matrix = Known.Matrix;
        BugRow one = matrix.Rows.Single(row => row.Bug.Id == "B14");
        BugSign elsewhere = matrix.Rows.Single(row => row.Bug.Id == "B8").CaughtBy[0]; // answered in another wrong way since 5.6
        BugMatrix planted = new([one with { CaughtBy = [.. one.CaughtBy, elsewhere] }]);

        Identification found = Identification.Of(Implementations.Find("bug:B14"), Known.Vectors, Known.Profiles, () => planted);

        Assert.Empty(found.Bugs);
        Assert.Equal(["B14"], found.LooksLike.Select(match => match.Ids));
        Assert.Contains(IdentificationReport.Pretty(found), line => line.StartsWith("looks like bug B14 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("optimized")]
    public void What_follows_the_contract_shows_no_bug(string name)
    {
        Identification found = Identify(Implementations.Find(name));

        Assert.Empty(found.Bugs);
        Assert.Empty(found.LooksLike);
        Assert.Empty(found.Documentation);
        Assert.Contains("no known bug", IdentificationReport.Pretty(found));
    }

    [Fact]
    public void Bugs_that_no_vector_tells_apart_are_named_together() =>
        Assert.Contains(Identify(Implementations.Find("bug:L6")).Bugs, match => match.Ids == "B21b or L6");

    [Fact]
    public void Bugs_that_a_vector_tells_apart_are_told_apart()
    {
        string[] answers = [.. KnownBugs.All.Select(bug => string.Join(", ", Identify(Implementations.Find($"bug:{bug.Id}")).Bugs.Select(match => match.Ids)))];

        // B21b and L6 are one bug under two numbers
        Assert.Equal(KnownBugs.All.Count - 1, answers.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void An_implementation_that_is_none_of_ours_is_near_one()
    {
        Identification found = Identify(Implementations.Find("bug:B15"));

        Assert.Equal(["kernel:6.12"], found.Nearest.Select(match => match.Name));
        Assert.Contains("clear-resets-usage-and-no-dat", found.Nearest[0].Contradicting.Select(vector => vector.Id));
        Assert.StartsWith("nearest profile kernel:6.12: 5 of ", IdentificationReport.Pretty(found)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel:7.2", "unaligned_slots")]
    [InlineData("reference", "unaligned_slots")]
    [InlineData("optimized", "large_memory")]
    [InlineData("kernel:4.13", "essa")]
    public void A_recording_of_a_few_vectors_is_held_against_those_alone(string name, string capability)
    {
        IImplementation machine = Implementations.Find(name);
        Vector[] few = [.. Known.Vectors.Where(vector => Verdict.Skipped(vector, machine) == null && vector.Capabilities.Any(each => each.Name == capability)).Take(12)];
        Identification found = Identify(Served(machine, few));

        Assert.Equal(few.Length, found.Asked);
        Assert.Contains(name.StartsWith("kernel:", StringComparison.Ordinal) ? name : "contract", found.Nearest.Select(match => match.Name));
        Assert.Empty(found.Nearest[0].Contradicting);
        Assert.StartsWith("profile ", IdentificationReport.Pretty(found)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_does_not_win_by_what_it_leaves_out()
    {
        // wrong in two vectors that the kernel leaves out; one that it does not leave out shows that it is not this kernel
        Profile kernel = Known.Profile("kernel:6.12");
        Vector[] leftOut = [.. Known.Vectors.Where(vector => vector.Capabilities.Contains(Capability.UnalignedSlots) && !vector.Capabilities.Contains(Capability.LargeMemory)).Take(2)];
        Vector differs = Known.Vectors.First(vector => vector.Id == kernel.Vectors[0].Id);
        Vector[] vectors = [.. leftOut, differs, .. Known.Vectors.Where(vector => vector.File.StartsWith("create-vcpu/", StringComparison.Ordinal))];
        Spoilt implementation = new(Implementations.Find("reference"), leftOut.Contains);

        Identification found = Identification.Of(implementation, vectors, [Profile.Contract, Known.Profile("documentation"), kernel], () => new BugMatrix([]));

        Assert.Equal(["contract"], found.Nearest.Select(match => match.Name));
        Assert.Equal(leftOut, found.Nearest[0].Contradicting);
    }

    [Fact]
    public void What_is_wrong_everywhere_follows_none()
    {
        Identification found = Identify(new Spoilt(Implementations.Find("reference"), _ => true));

        Assert.Empty(found.Nearest);
        Assert.StartsWith("follows none: each of ", IdentificationReport.Pretty(found)[0], StringComparison.Ordinal);
        Assert.Contains("\"exactly\": false", IdentificationReport.Json(found), StringComparison.Ordinal);
    }

    [Fact]
    public void What_passes_in_a_new_process_is_said_to_before_it_is_taken_for_a_bug()
    {
        Identification found = Identify(new LeftBehind(Implementations.Find("bug:B14"), Implementations.Find("reference")));

        string line = IdentificationReport.Pretty(found)[1];
        Assert.StartsWith($"does not answer the same each time: {found.PassesAnew?.Id} fails, and passes in a new process; check says", line, StringComparison.Ordinal);
        Assert.Contains($"\"passes_anew\": \"{found.PassesAnew?.Id}\"", IdentificationReport.Json(found), StringComparison.Ordinal);
        Assert.Null(Identify(Implementations.Find("bug:B14")).PassesAnew);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(12, false)]
    public void A_clause_is_not_named_that_explains_few_of_the_failures_and_that_more_vectors_deny(int others, bool isNamed)
    {
        const string Clause = "GET-BLOCK-4";
        IImplementation mutant = Implementations.Find($"mutant:{Clause}");
        Vector[] failed = [.. CheckResult.Of(Known.Vectors, mutant).Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector)];
        Vector[] explained = [.. failed.Take(3)];
        Vector[] unexplained = [.. Known.Vectors.Where(vector => vector.Capabilities.Count == 0).Except(failed).Take(others)];

        Identification found = Identify(new Spoilt(new Spoilt(Implementations.Find("reference"), explained.Contains, mutant), unexplained.Contains));

        Assert.True(failed.Length > 2 * explained.Length);
        Assert.Equal(isNamed, found.Mutants.Any(match => match.Clause == Clause));
    }

    [Fact]
    public void Vectors_that_a_recording_does_not_answer_are_not_said_to_need_what_is_not_offered()
    {
        IImplementation machine = Implementations.Find("reference");
        Vector[] offered = [.. Known.Vectors.Where(vector => Verdict.Skipped(vector, machine) == null)];
        int all = Known.Vectors.Count;

        IReadOnlyList<string> lines = IdentificationReport.Pretty(Identify(Served(machine, [.. offered.Skip(7)])));

        Assert.Contains($"{all - offered.Length} of {all} vectors were not asked: they need what it does not offer", lines);
        Assert.Contains($"7 of {all} vectors have no answer in the recording", lines);
    }

    [Fact]
    public void The_vectors_that_nobody_asks_any_more_are_told_with_the_reason()
    {
        const string Reason = "not asked: ten runs before it hung, and the one that was looked into did so in touch";
        IReadOnlyList<string> lines = IdentificationReport.Pretty(Identify(Failing(3, new Answer([], Reason) { NeverAsked = true })));

        Assert.Contains($"3 of {Known.Vectors.Count} vectors were {Reason}", lines);
        Assert.DoesNotContain(lines, line => line.Contains("broke off", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_of_the_runs_that_broke_off_is_counted_though_its_operation_is_known_and_the_others_contradict_nothing()
    {
        Identification found = Identify(Failing(4, new Answer([], "gives no answer within 10 s") { Located = true }, new Answer([], "gives no answer within 1 s")));
        IReadOnlyList<string> lines = IdentificationReport.Pretty(found);

        Assert.Contains("4 runs broke off, the first since it gives no answer within 10 s; nothing is known of what would have come behind that", lines);
        Assert.Single(found.Documentation);
        Assert.Equal(4, found.Nearest[0].Contradicting.Count);
    }

    [Fact]
    public void What_answered_a_part_and_broke_off_is_not_said_to_be_allowed_in_all_of_it() => Assert.Contains(
        "documentation of 2017: allows all that it answered",
        IdentificationReport.Pretty(Identify(Failing(2, new Answer([], "answers and then ends with exit code 5")))));

    [Fact]
    public void A_bug_of_which_few_vectors_tell_is_not_looked_like_where_a_clause_explains_more()
    {
        Identification found = Identify(Implementations.Find("mutant:GET-BLOCK-8"));

        Assert.Equal("GET-BLOCK-8", found.Mutants[0].Clause);
        Assert.Empty(found.LooksLike);
        Assert.Equal(["L1"], Identify(Implementations.Find("mutant:GET-BLOCK-4")).LooksLike.Select(match => match.Ids)); // eight of twelve do
    }

    [Theory]
    [InlineData("kernel:6.12", "profile kernel:6.12: exactly", "bug L1 ")]
    [InlineData("bug:B14", "nearest profile ", "bug B14 ")]
    public void The_command_line_tells_through_a_process(string served, string profile, string bug)
    {
        StringWriter output = new();
        StringWriter progress = new();

        Assert.Equal(0, CommandLine.Run(["identify", $"exec:dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' serve {served}"], output, progress));
        Assert.StartsWith(profile, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(bug, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_names_profile_bugs_and_vectors()
    {
        string json = IdentificationReport.Json(Identify(Implementations.Find("kernel:6.12")));

        Assert.Contains("\"kernel:6.12\"", json, StringComparison.Ordinal);
        Assert.Contains("\"L1\"", json, StringComparison.Ordinal);
        Assert.Contains("\"exactly\": true", json, StringComparison.Ordinal);
    }

    private static Identification Identify(IImplementation implementation) =>
        Identification.Of(implementation, Known.Vectors, Known.Profiles, () => Known.Matrix);

    // the reference, but what some vectors are answered: one by one these, and then the last of them
    private static Spoilt Failing(int vectors, params Answer[] answers)
    {
        HashSet<string> some = [.. Known.Vectors.Where(vector => vector.Capabilities.Count == 0 && vector.Profiles.Contains(Profile.ContractName)).Take(vectors).Select(vector => vector.Id)];
        return new Spoilt(Implementations.Find("reference"), vector => some.Contains(vector.Id), new InOrder(new Queue<Answer>(answers)));
    }

    private static IEnumerable<string> Ids(Identification found) => found.Bugs.SelectMany(match => match.Bugs).Select(bug => bug.Id);

    // profiles that expect the same of every vector
    private static IEnumerable<string> SameAs(string name) => Known.Profiles.Where(profile => Expectations(profile) == Expectations(Known.Profile(name))).Select(profile => profile.Name);

    private static string Expectations(Profile profile) =>
        ProfileFolder.ToJson(profile with { Name = "", About = "", Vectors = [.. profile.Vectors.Select(vector => vector with { Facts = [] })] });

    // a machine that answers some vectors as another one does, or with nonsense
    private sealed class Spoilt(IImplementation machine, Func<Vector, bool> isSpoilt, IImplementation? other = null) : IImplementation
    {
        private readonly HashSet<string> spoilt = [.. Known.Vectors.Where(isSpoilt).Select(vector => TraceWriter.Trace(Plain(vector.Trace)))];

        public string Name => "somebody's";

        public IReadOnlyList<Capability> Capabilities => machine.Capabilities;

        public IRun NewVm(bool hostHasCmma) => machine.NewVm(hostHasCmma);

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) => [.. questions.Zip(machine.Ask(questions)).Select(each =>
            spoilt.Contains(TraceWriter.Trace(new Trace(each.First.HostHasCmma, [.. each.First.Operations.Select(operation => new Step(operation))])))
                ? other?.Ask([each.First])[0] ?? new Answer([.. each.Second.Outcomes.Select(_ => new Outcome("ENOTTY"))])
                : each.Second)];

        private static Trace Plain(Trace trace) => trace with { Steps = [.. trace.Steps.Select(step => new Step(step.Operation))] };
    }

    // answers that have nothing to do with what is asked; the last of them again and again
    private sealed class InOrder(Queue<Answer> answers) : IImplementation
    {
        public string Name => "in order";

        public IReadOnlyList<Capability> Capabilities => [];

        public IRun NewVm(bool hostHasCmma) => throw new NotSupportedException();

        public IReadOnlyList<Answer> Ask(IReadOnlyList<Question> questions) => [.. questions.Select(_ => answers.Count > 1 ? answers.Dequeue() : answers.Peek())];
    }

    // one machine until it is started over, then another
    private sealed class LeftBehind(IImplementation before, IImplementation after) : IImplementation
    {
        private IImplementation current = before;

        public string Name => "somebody's";

        public IReadOnlyList<Capability> Capabilities => current.Capabilities;

        public IRun NewVm(bool hostHasCmma) => current.NewVm(hostHasCmma);

        public void Restart() => current = after;
    }

    // what `cmma serve` answers to every vector
    private static Recording Served(IImplementation machine, IReadOnlyList<Vector>? vectors = null)
    {
        using MessageWriter questions = new();
        questions.AddHello();
        foreach (Vector vector in (vectors ?? Known.Vectors).Where(vector => Verdict.Skipped(vector, machine) == null))
        {
            questions.AddQuestion(Question.Of(vector.Trace));
        }

        string path = Path.GetTempFileName();
        try
        {
            using (FileStream answers = File.Create(path))
            using (MemoryStream asked = new(questions.Lines.ToArray()))
            {
                ProtocolServer.Serve(machine, asked, answers);
            }

            return new Recording("somebody's", path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
