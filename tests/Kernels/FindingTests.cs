// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Kernels.Bugs;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Kernels.Tests;

/// <summary>docs/findings.md: each trace answers what its table says, on each machine.</summary>
public sealed class FindingTests
{
    private const string Words = "by reading and simulation; not reproduced on a machine";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Known.Root, "docs", "findings.md"));

    private static readonly IReadOnlyList<Finding> Findings = [.. Read()];

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Findings.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_trace_answers_what_its_table_says(int number)
    {
        Finding finding = Findings[number];

        Assert.True(finding.Answers.Count >= 2);
        Assert.Equal(finding.Answers, finding.Answers.Select(row => (row.Machine, Last(row.Machine, finding.Trace))));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Where_machines_differ_no_operation_can_be_left_out(int number)
    {
        Finding finding = Findings[number];
        string[] machines = [.. finding.Answers.Select(row => row.Machine)];
        string[] answers = [.. finding.Answers.Select(row => row.Answer)];
        bool differ = answers.Distinct(StringComparer.Ordinal).Count() > 1;
        foreach (Trace shorter in OneLess(finding.Trace).Where(_ => differ && !finding.IsOfMigration))
        {
            Assert.NotEqual(answers, machines.Select(machine => Last(machine, shorter)));
        }
    }

    [Fact]
    public void Every_section_says_how_it_is_known()
    {
        string[] sections = string.Join('\n', Lines).Split("\n## ")[1..];

        Assert.All(sections, section => Assert.Contains(Words, section, StringComparison.Ordinal));
        Assert.True(sections.Length > 10);
        Assert.Equal(4, Findings.Count(finding => finding.IsOfMigration)); // those that tests/Migrating names
    }

    [Fact]
    public void Every_latent_defect_and_every_hazard_is_there()
    {
        string text = string.Join('\n', Lines);
        IEnumerable<string> latent = KnownBugs.All.Select(bug => bug.Id).Concat(OtherBugs.All.Select(bug => bug.Id)).Where(id => id[0] == 'L');

        Assert.All(latent.Concat(["H1", "H2", "H3", "H4", "H5", "QEMU"]), id => Assert.Matches($@"\b{id}\b", text));
    }

    private static string Last(string machine, Trace trace)
    {
        IRun vm = Implementations.Find(machine).NewVm(trace.HostHasCmma);
        string last = "";
        foreach (Step step in trace.Steps)
        {
            last = OutcomeText.Of(vm.Do(step.Operation));
        }

        return last;
    }

    private static IEnumerable<Trace> OneLess(Trace trace) => Enumerable.Range(0, trace.Steps.Count - 1)
        .Select(left => trace with { Steps = [.. trace.Steps.Where((_, index) => index != left)] })
        .Where(shorter => VectorLint.Malformed(shorter) == null);

    private static IEnumerable<Finding> Read()
    {
        for (int index = 0; index < Lines.Length; index++)
        {
            if (Lines[index] != "```json")
            {
                continue;
            }

            string[] json = [.. Lines.Skip(index + 1).TakeWhile(line => line != "```")];
            IEnumerable<(string, string)> rows = Lines.Skip(index + json.Length + 5).TakeWhile(line => line.StartsWith('|'))
                .Select(line => (line.Split('|')[1].Trim(), line.Split('|')[2].Trim()));
            yield return new Finding(ReadTrace(json), [.. rows], Lines[index - 2].StartsWith("`./cmma migrate ", StringComparison.Ordinal));
        }
    }

    private static Trace ReadTrace(string[] json)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, json);
            return VectorFolder.Traces(path)[0].Trace;
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The trace of a migration has the calls of its consumer in it; tests/Migrating holds it to what the migration does.
    private sealed record Finding(Trace Trace, IReadOnlyList<(string Machine, string Answer)> Answers, bool IsOfMigration);
}
