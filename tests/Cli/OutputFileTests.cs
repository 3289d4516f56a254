// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Xml.Linq;

namespace Cmma.Cli.Tests;

/// <summary>--output FILE, and the forms for CI systems, as their users run them.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const string Bug = "bug:B14";

    private readonly TempSpec folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_has_the_report_and_people_see_the_pretty_form()
    {
        Invocation plain = Invocation.RunOn(folder, "check", Bug, "--all");
        Invocation run = Invocation.RunOn(folder, "check", Bug, "--all", "--format", "junit", "--output", folder.At("result.xml"));

        Assert.Equal((plain.ExitCode, plain.Output, ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(Invocation.RunOn(folder, "check", Bug, "--format", "junit").Output, folder.Read("result.xml"));
        XDocument xml = XDocument.Parse(folder.Read("result.xml"));
        Assert.Equal(plain.Output.Split('\n').Count(line => line.StartsWith("FAILED ", StringComparison.Ordinal)), xml.Descendants("failure").Count());
        Assert.NotEmpty(xml.Descendants("failure"));
    }

    [Theory]
    [InlineData("check reference")]
    [InlineData("check reference --format json")]
    [InlineData("smoke reference --format markdown")]
    [InlineData("clauses --format json")]
    [InlineData("vectors list --format markdown")]
    [InlineData("vectors lint --format json")]
    [InlineData("vectors minimize --format json")]
    [InlineData("replay FILE reference --format ktap")]
    public void Every_form_of_a_report_can_go_to_a_file(string command)
    {
        string[] words = [.. command.Split(' ').Select(word => word == "FILE" ? folder.At(TempSpec.Gap) : word)];
        string expected = Invocation.RunOn(folder, words).Output;
        Invocation run = Invocation.RunOn(folder, [.. words, "--output", folder.At("report")]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(expected, folder.Read("report"));
        Assert.NotEmpty(run.Output);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("bugs")]
    [InlineData("prove")]
    public void A_file_that_cannot_be_written_is_refused_before_the_run(string command)
    {
        string[] words = command == "check" ? [command, "reference"] : [command];
        Invocation run = Invocation.RunOn(folder, [.. words, "--output", folder.At("none/report")]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("none/report: cannot be written: there is no such folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_such_name_leaves_no_file()
    {
        Assert.Equal(2, Invocation.RunOn(folder, "check", "nobody", "--output", folder.At("report")).ExitCode);
        Assert.False(File.Exists(folder.At("report")));
    }

    [Theory]
    [InlineData("check", "junit", "<error message=\"exec:false could not be run: it ends with exit code 1\">")]
    [InlineData("smoke", "junit", "<testsuite name=\"smoke\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")]
    [InlineData("check", "ktap", "1..1\n# exec:false could not be run: it ends with exit code 1\nnot ok 1 exec:false\n")]
    [InlineData("check", "github", "::error title=exec%3Afalse::exec:false could not be run: it ends with exit code 1%0Aasked:    {\"hello\":1}%0A")]
    [InlineData("check", "json", "\"could_not_run\": \"exec:false could not be run: it ends with exit code 1\"")]
    [InlineData("check", "markdown", "# exec:false\n\nexec:false could not be run: it ends with exit code 1\n")]
    [InlineData("check", "pretty", "exec:false could not be run: it ends with exit code 1\n")]
    public void A_report_on_what_could_not_be_run_says_why(string command, string form, string says)
    {
        folder.Write("report", "what there was the last time");
        Invocation run = Invocation.RunOn(folder, command, "exec:false", "--format", form, "--output", folder.At("report"));
        Invocation toOutput = Invocation.RunOn(folder, command, "exec:false", "--format", form);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("exec:false could not be run: it ends with exit code 1", run.Error, StringComparison.Ordinal);
        Assert.Contains(says, folder.Read("report"), StringComparison.Ordinal);
        Assert.Equal((3, form == "pretty" ? "" : folder.Read("report")), (toOutput.ExitCode, toOutput.Output));
    }

    [Theory]
    [InlineData("identify", "exec:false")]
    [InlineData("diff", "exec:false", "reference")]
    [InlineData("diff", "reference", "exec:false")]
    [InlineData("fuzz", "exec:false", "--steps", "1")]
    [InlineData("replay", "trace.json", "exec:false")]
    [InlineData("migrate", "exec:false", "reference")]
    [InlineData("migrate", "reference", "exec:false")]
    public void So_does_that_of_each_command(params string[] words)
    {
        folder.Write("report", "what there was the last time");
        folder.Write("trace.json", """{"operations":[{"op":"create_vcpu"}]}""");
        Invocation run = Invocation.RunOn(folder, [.. words.Select(word => word == "trace.json" ? folder.At(word) : word), "--format", "json", "--output", folder.At("report")]);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        using JsonDocument report = JsonDocument.Parse(folder.Read("report"));
        Assert.Equal("exec:false could not be run: it ends with exit code 1", report.RootElement.GetProperty("could_not_run").GetString());
        Assert.Contains("exec:false", report.RootElement.GetProperty("implementation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_gets_annotations_and_a_summary_behind_that_of_earlier_steps()
    {
        folder.Write("summary.md", "# Before\n");
        (int exitCode, string output) = await InFolder.Run(folder.Path, [("GITHUB_STEP_SUMMARY", folder.At("summary.md"))], "check", Bug, "--only", "get", "--format", "github");

        Assert.Equal(1, exitCode);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.All(lines[..^1], line => Assert.Matches("^::error file=spec/vectors/get/[a-z-]+\\.json,line=[0-9]+,title=[a-z0-9-]+::operation [0-9]+: ", line));
        Assert.Contains($" passed, {lines.Length - 1} failed, ", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith($"# Before\n# {Bug}\n\n{lines[^1]}\n", folder.Read("summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_reports_a_case_for_each_kind_of_loss()
    {
        (int exitCode, string output) = await InFolder.Run(folder.Path, "migrate", "kernel:6.12", "kernel:6.12", "--format", "junit", "--output", "loss.xml");

        Assert.Equal(1, exitCode);
        Assert.Contains("written: migrate-qemu-1-1.json", output, StringComparison.Ordinal);
        XElement[] cases = [.. XDocument.Parse(folder.Read("loss.xml")).Descendants("testcase")];
        Assert.Equal(["lost", "stale", "wrong", "endless", "failed"], cases.Select(each => each.Attribute("name")!.Value));
        Assert.StartsWith("lost by ", cases[0].Element("failure")!.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, (await InFolder.Run(folder.Path, "migrate", "--matrix", "--format", "junit")).ExitCode);
    }
}
