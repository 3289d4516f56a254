// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Cmma.Outside.Tests;

/// <summary>The commands of docs/campaigns.md are run as they stand there: four shards, and their results put together.</summary>
public sealed partial class CampaignPageTests
{
    private static string Page { get; } = File.ReadAllText(Path.Combine(Outside.Root, "docs", "campaigns.md"));

    [Theory]
    [InlineData("optimized", 0)]
    [InlineData("mutant:GET-BLOCK-4", 4)] // each of the four finds it, stops there, and the others go on
    public void Four_shards_run_and_their_results_are_put_together(string implementation, int failed)
    {
        Outside.Require("parallel", "jq");
        string folder = Outside.TemporaryFolder();
        File.WriteAllText(Path.Combine(folder, "cmma"), $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' \"$@\"\n");
        Assert.Equal(0, Outside.Shell($"chmod +x '{Path.Combine(folder, "cmma")}'").ExitCode);
        string[] blocks = [.. Blocks("sh").Select(block => block.Replace("fuzz optimized", $"fuzz {implementation}", StringComparison.Ordinal))];
        Assert.Equal(2, blocks.Length);

        Assert.Equal(failed, Outside.Shell($"cd '{folder}' && {blocks[0]}").ExitCode);
        using JsonDocument together = JsonDocument.Parse(Outside.Shell($"cd '{folder}' && {blocks[1]}").Output);
        JsonElement sums = together.RootElement;

        Assert.Equal(4, sums.GetProperty("runs").GetInt32());
        Assert.Equal(failed, sums.GetProperty("differences").GetInt32());
        Assert.Equal(failed, sums.GetProperty("seeds").GetArrayLength());
        Assert.Equal(failed, Directory.GetFiles(folder, "fuzz-*.json").Length);
        Assert.InRange(sums.GetProperty("operations").GetInt64(), failed == 0 ? 80_000 : 4, long.MaxValue);
    }

    [Fact]
    public void The_job_for_Kubernetes_is_YAML_and_runs_what_there_is()
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(Assert.Single(Blocks("yaml"))));
        YamlNode spec = yaml.Documents[0].RootNode["spec"];
        string command = spec["template"]["spec"]["containers"][0]["command"][2].ToString();

        Assert.Equal("Indexed", spec["completionMode"].ToString());
        string[] words = command.Replace("$JOB_COMPLETION_INDEX", "7", StringComparison.Ordinal).Replace("1000000", "1000", StringComparison.Ordinal).Split(' ');
        string folder = Outside.TemporaryFolder();
        words[^1] = Path.Combine(folder, words[^1]);
        Assert.Equal("cmma", words[0]);
        Assert.Equal(0, Outside.Run(words[1..]).ExitCode);
        Assert.Contains("\"seed\":7,", File.ReadAllText(words[^1]), StringComparison.Ordinal);
    }

    private static string[] Blocks(string language) => [.. Block().Matches(Page).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value.Trim())];

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
