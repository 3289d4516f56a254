// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Catalogue.Profiles;
using Cmma.Cli;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels.Bugs;
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>
/// A kernel's profile is what its machine does (the machine is held to the recordings, see <see cref="RecordingTests"/>), and says why; that of the
/// documentation accepts what its text allows and no more.
/// </summary>
public sealed class ProfileTests
{
    private static readonly ProfileFolder Folder = new(SpecFolder.Find());

    // neither the page alone nor the page, 16 clean ones and the next
    private static readonly Outcome Seventeen = new("ok") { StartGfn = 100, Count = 17, Remaining = 1, Values = new byte[17] };

    // every answer that some machine gives, kernels and bugs
    private static readonly Lazy<IReadOnlyList<IImplementation>> Machines = new(() =>
        [.. Linux.Versions.Select(version => Implementations.Kernel(version.Name, version.NewVm)), .. KnownBugs.All.Select(bug => Implementations.Kernel(bug.Id, bug.NewVm))]);

    // what each operation can answer: all that the contract expects of it in some vector, and what only a kernel can lack: memory to start with,
    // or the caller's address for the status
    private static readonly ILookup<Type, string> Results = Known.Vectors.SelectMany(vector => vector.Trace.Steps)
        .SelectMany(step => step.Expect!.Alternatives.Select(expected => (step.Operation.GetType(), expected.Result)))
        .Append((typeof(Operation.StartMigration), "ENOMEM"))
        .Append((typeof(Operation.MigrationStatus), "EFAULT"))
        .Distinct()
        .ToLookup(each => each.Item1, each => each.Item2);

    public static TheoryData<string> Kernels { get; } = [.. Linux.Versions.Select(KernelProfile.NameOf)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_profile_of_a_kernel_is_what_its_machine_does(string name)
    {
        Profile computed = KernelProfile.Of(Linux.Versions.Single(version => KernelProfile.NameOf(version) == name), Known.Vectors, Known.Profile(name));

        Assert.Equal(File.ReadAllText(Folder.PathOf(name)), ProfileFolder.ToJson(computed));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_passes_by_its_own_profile_and_not_by_the_contract(string name)
    {
        IImplementation kernel = Implementations.Find(name);

        Assert.Equal([], Failed(ProfileCheck.Of(Known.Vectors, kernel, Known.Profile(name))));
        Assert.NotEmpty(Failed(ProfileCheck.Of(Known.Vectors, kernel, Profile.Contract)));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_reference_fails_every_vector_where_a_kernel_differs(string name)
    {
        string[] failed = Failed(ProfileCheck.Of(Known.Vectors, Implementations.Find("reference"), Known.Profile(name)));

        Assert.Empty(failed.Except(Known.Profile(name).Vectors.Select(vector => vector.Id), StringComparer.Ordinal));

        // not those that only end where the kernel would bring its host down, or leave it open what a byte is
        Assert.All(Known.Profile(name).Vectors.Where(vector => vector.Operations.Any(IsExact)), vector => Assert.Contains(vector.Id, failed));
    }

    [Fact]
    public void The_profile_of_the_documentation_follows_from_those_of_the_kernels()
    {
        Profile computed = DocumentationProfile.Of(Known.Vectors, [.. Linux.Versions.Select(version => Known.Profile(KernelProfile.NameOf(version)))]);

        Assert.Equal(File.ReadAllText(Folder.PathOf(DocumentationProfile.Name)), ProfileFolder.ToJson(computed));
    }

    [Fact]
    public void Every_vector_where_a_profile_differs_says_why_by_a_row_or_a_bug()
    {
        HashSet<string> known = [.. Rows(), .. KnownBugs.All.Select(bug => $"bug {bug.Id}")];
        ProfileVector[] differing = [.. Known.Profiles.SelectMany(profile => profile.Vectors)];

        Assert.All(differing, vector => Assert.NotEmpty(vector.Facts));
        Assert.All(differing.SelectMany(vector => vector.Facts), fact => Assert.Contains(fact, known));
        Assert.Equal(
            FactText.Facts.Order(StringComparer.Ordinal),
            differing.SelectMany(vector => vector.Facts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(FactText.Facts, fact => Assert.NotEmpty(FactText.Of(fact)));
    }

    [Fact]
    public void The_contract_is_among_what_the_documentation_allows() =>
        Assert.Equal([], Failed(ProfileCheck.Of(Known.Vectors, Implementations.Find("reference"), Known.Profile("documentation"))));

    [Fact]
    public void The_documentation_refuses_a_plausible_answer_wherever_it_differs() => Assert.Equal([], NothingRefused(Known.Profile("documentation")));

    [Fact]
    public void A_profile_that_accepts_anything_is_found()
    {
        Profile documentation = Known.Profile("documentation");
        ProfileVector planted = documentation.Vectors.First(vector => Vector(vector.Id).Clauses.Contains("GET-BLOCK-4", StringComparer.Ordinal));
        ProfileVector anything = planted with { Operations = [.. planted.Operations.Select(AcceptsAnything)] };

        Assert.Equal([planted.Id], NothingRefused(documentation with { Vectors = [anything] }));
    }

    [Fact]
    public void Both_answers_to_sixteen_clean_pages_are_allowed_and_a_third_is_not()
    {
        Vector sixteen = Known.Profile("documentation").Apply(Vector("16-clean-pages-after-the-first-page-close-the-block"));

        Assert.Equal(VerdictKind.Passed, Verdict.Of(sixteen, Implementations.Find("kernel:6.12")).Kind);
        Assert.Equal(VerdictKind.Passed, Verdict.Of(sixteen, Implementations.Find("kernel:7.2")).Kind);
        Assert.NotNull(Judge.Difference(sixteen.Trace.Steps[8].Expect, Seventeen));
    }

    [Theory]
    [InlineData("kernel:6.12", "kernel:6.12", 0)]
    [InlineData("kernel:6.12", "kernel:7.2", 1)]
    [InlineData("kernel:6.12", "contract", 1)]
    [InlineData("reference", "documentation", 0)]
    [InlineData("reference", "nobody", 2)]
    public void The_command_line_checks_by_a_profile(string implementation, string profile, int exitCode)
    {
        StringWriter output = new();

        Assert.Equal(exitCode, CommandLine.Run(["check", implementation, "--profile", profile], output, output));
    }

    [Fact]
    public void The_command_line_lists_every_profile_with_a_sentence()
    {
        StringWriter output = new();

        Assert.Equal(0, CommandLine.Run(["profiles"], output, output));
        Assert.Equal(ProfileFolder.Names, output.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void What_a_profile_says_nothing_about_is_skipped_by_name()
    {
        CheckResult result = ProfileCheck.Of(Known.Vectors, Implementations.Find("optimized"), Known.Profile("kernel:6.12"));

        Assert.Equal(Known.Vectors.Count, result.Verdicts.Count);
        Assert.Contains(result.Verdicts, verdict => verdict.Reason == "profile kernel:6.12 says nothing about it: large_memory");
    }

    private static string[] NothingRefused(Profile profile) =>
        [.. profile.Vectors.Where(vector => !RefusesSomething(vector)).Select(vector => vector.Id)];

    // what another machine answers there, or the contract's own answer with one thing wrong
    private static bool RefusesSomething(ProfileVector vector) => vector.Operations.All(operation => Plausible(vector.Id, operation)
        .Any(outcome => Judge.Difference(operation.Expect, outcome) != null));

    private static IEnumerable<Outcome> Plausible(string id, ProfileOperation operation)
    {
        Vector vector = Vector(id);
        Question question = Question.Of(vector.Trace);
        foreach (Answer answer in Machines.Value.Where(machine => Verdict.Skipped(vector, machine) == null).Select(machine => machine.Ask([question])[0]))
        {
            if (operation.Number <= answer.Outcomes.Count && answer.Outcomes[operation.Number - 1].Breach == null)
            {
                yield return answer.Outcomes[operation.Number - 1];
            }
        }

        foreach (Outcome near in NearMisses(
            vector.Trace.Steps[operation.Number - 1].Operation,
            Implementations.Find("reference").Ask([question])[0].Outcomes[operation.Number - 1]))
        {
            yield return near;
        }
    }

    private static List<Outcome> NearMisses(Operation operation, Outcome right)
    {
        if (right.Count is { } count && count > 0)
        {
            return [right with { Remaining = right.Remaining + 1 }, right with { Count = count - 1, Values = right.Values[..^1] }];
        }

        List<Outcome> near = [.. Results[operation.GetType()].Where(result => result != right.Result && result != Outcome.Ok).Select(result => new Outcome(result))];
        if (right.Result != Outcome.Ok)
        {
            near.Add(new Outcome(Outcome.Ok) { Zeroed = operation is Operation.Get, R1 = operation is Operation.Essa ? 0 : null });
        }

        if (right.R1 is { } r1)
        {
            near.Add(right with { R1 = r1 ^ 0x4 });
        }

        if (right.Migrating is { } migrating)
        {
            near.Add(right with { Migrating = !migrating });
        }

        return near;
    }

    private static ProfileOperation AcceptsAnything(ProfileOperation operation) => operation with { Expect = null };

    private static bool IsExact(ProfileOperation operation) => operation.Expect is { } expect && expect.Alternatives[0].Values?.HasAny != true;

    private static Vector Vector(string id) => Known.Vectors.Single(vector => vector.Id == id);

    private static string[] Failed(CheckResult result) =>
        [.. result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => verdict.Vector.Id)];

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(Known.Root, "docs", "kernels.md"))
        .SkipWhile(line => !line.StartsWith("| fact |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|')[1].Trim());
}
