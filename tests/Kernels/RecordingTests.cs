// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text;
using Cmma.Catalogue.Recordings;
using Cmma.Cli;
using Cmma.Traces;

namespace Cmma.Kernels.Tests;

/// <summary>
/// Each kernel's machine against what the kernel's own functions answered: all of the recordings where they lie next to the checkout, else a sample of a
/// hundred lines a kernel.
/// </summary>
public sealed class RecordingTests
{
    private const int MostRules = 10;
    private const double MostUnderRules = 0.01;

    private static readonly string Whole =
        Path.Combine(Path.GetDirectoryName(SpecFolder.Find().Path)!, "..", "shared", "recordings");

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> Recorded { get; } = ["4.13", "4.18", "4.19", "5.16", "6.3", "6.12", "7.0", "7.3-rc1"];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_machine_answers_what_the_kernel_answered(string version)
    {
        string whole = File(Whole, version);
        RecordingCheck check = Check(System.IO.File.Exists(whole) ? whole : File(Sample, version), Version(version), StandIn.All);

        Assert.Equal([], check.Differences);
        Assert.True(check.Lines >= 100);
        Assert.True(check.Explained.Values.Sum() < check.Operations * MostUnderRules);
    }

    [Fact]
    public void There_are_few_rules() => Assert.True(StandIn.All.Count <= MostRules);

    [Theory]
    [InlineData("4.13", "4.18")]
    [InlineData("4.18", "4.19")]
    [InlineData("4.19", "5.16")]
    [InlineData("5.16", "6.3")]
    [InlineData("6.3", "6.12")]
    [InlineData("6.12", "6.3")]
    [InlineData("7.0", "7.3-rc1")]
    [InlineData("7.3-rc1", "7.0")]
    public void The_machine_of_another_kernel_is_told_apart(string recorded, string other) =>
        Assert.NotEmpty(Check(File(Sample, recorded), Version(other) with { Name = recorded }, standIns: []).Differences);

    [Fact]
    public void Without_its_rule_a_stand_in_is_a_difference()
    {
        RecordingCheck with = Check(File(Sample, "6.3"), Version("6.3"), StandIn.All);
        RecordingCheck without = Check(File(Sample, "6.3"), Version("6.3"), standIns: []);

        Assert.Equal(without.Differences.Count, with.Explained.Values.Sum());
        Assert.NotEmpty(without.Differences);
    }

    [Fact]
    public void A_recording_of_another_kernel_is_refused() =>
        Assert.Throws<InputException>(() => Check(File(Sample, "6.3"), Version("6.12"), StandIn.All));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["enable"]],"results":[]}""")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["fly"]],"results":[0]}""")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["enable"]],"results":["fly"]}""")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["create",0]],"results":[0]}""")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["set",0,1,0,"0","0"]],"results":[0]}""")]
    [InlineData("""{"kernel":"6.12","seed":1,"touched":1,"ops":[["get",0,1,0,"ok"]],"results":[[0,0,1,0,0,0,[["00",-1]]]]}""")]
    public void A_line_that_is_no_recording_is_refused(string line)
    {
        InputException refused = Assert.Throws<InputException>(() => Lines(line));

        Assert.Contains(":1: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_packed_is_refused()
    {
        Assert.Throws<InputException>(() => RecordingReader.Read("missing.jsonl.gz").ToList());
        Assert.Throws<InputException>(() => RecordingReader.Read(typeof(RecordingTests).Assembly.Location).ToList());
        Assert.Throws<InputException>(() => RecordingReader.Read(AppContext.BaseDirectory).ToList());
    }

    [Theory]
    [InlineData("kernel:6.3", 0, " 0 results differ, ")]
    [InlineData("kernel:5.10", 2, "there is no recording of this kernel")]
    [InlineData("reference", 2, "--recordings are of kernels, so not for reference; ")]
    public void The_command_line_runs_a_recording(string implementation, int exitCode, string said)
    {
        StringWriter output = new();

        Assert.Equal(exitCode, CommandLine.Run(["check", implementation, "--recordings", Sample], output, output));
        Assert.Contains(said, output.ToString(), StringComparison.Ordinal);
    }

    private static List<RecordedTrace> Lines(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (GZipStream packed = new(System.IO.File.Create(path), CompressionLevel.Fastest))
            {
                packed.Write(Encoding.UTF8.GetBytes(text));
            }

            return [.. RecordingReader.Read(path)];
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static RecordingCheck Check(string file, LinuxVersion version, IReadOnlyList<StandIn> standIns) =>
        RecordingCheck.Of(RecordingReader.Read(file), version, standIns);

    private static LinuxVersion Version(string name) => Linux.Versions.Single(version => version.Name == name);

    private static string File(string folder, string version) => Path.Combine(folder, $"a-{version}.jsonl.gz");
}
