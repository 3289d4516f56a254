// SPDX-License-Identifier: MIT
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reports.Html;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli.Tests;

/// <summary>The page of --report in a browser.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Shown = "[...document.querySelectorAll('article')].filter(each => each.checkVisibility())";

    private readonly string folder = Directory.CreateTempSubdirectory("cmma-page-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_page_loads_without_a_request_and_prints()
    {
        await using Browser browser = await Browser.OpenAsync(Report("bug:B14"));

        Assert.Equal("bug:B14", await browser.EvaluateAsync("document.querySelector('h1').textContent"));
        Assert.Equal("1", await browser.EvaluateAsync("document.scripts.length"));
        Assert.All(browser.Requests, address => Assert.Matches("^(file|data):", address));
        Assert.Single(browser.Requests, address => address.StartsWith("file:", StringComparison.Ordinal));
        byte[] paper = await browser.PrintAsync();
        Assert.True(paper.AsSpan().StartsWith("%PDF"u8) && paper.Length > 10_000);
    }

    [Fact]
    public async Task The_filters_leave_the_failures_of_a_clause_and_of_a_profile()
    {
        await using Browser browser = await Browser.OpenAsync(Report("bug:B14"));
        int all = int.Parse(await browser.EvaluateAsync("document.querySelectorAll('article').length"));
        string clause = await browser.EvaluateAsync("document.querySelector('select[name=clause]').options[1].value");
        Assert.Equal($"{all} of {all} shown", await browser.EvaluateAsync("document.getElementById('shown').textContent"));

        await ChooseAsync(browser, "clause", clause);
        int some = int.Parse(await browser.EvaluateAsync(Shown + ".length"));
        Assert.InRange(some, 1, all - 1);
        Assert.Equal("true", await browser.EvaluateAsync($"{Shown}.every(each => each.dataset.clauses.split(' ').includes('{clause}'))"));
        Assert.Equal($"{some}", await browser.EvaluateAsync($"document.querySelectorAll('article[data-clauses~=\"{clause}\"]').length"));
        Assert.Equal($"{some} of {all} shown", await browser.EvaluateAsync("document.getElementById('shown').textContent"));

        await ChooseAsync(browser, "clause", "");
        await ChooseAsync(browser, "profile", "contract");
        Assert.Equal($"{all}", await browser.EvaluateAsync(Shown + ".length"));

        await ChooseAsync(browser, "profile", "kernel:6.12");
        int asIn612 = int.Parse(await browser.EvaluateAsync(Shown + ".length"));
        Assert.InRange(asIn612, 1, all - 1); // B14 lived in 6.3, so what 6.12 does otherwise than the contract is hidden
        Assert.Equal("true", await browser.EvaluateAsync($"{Shown}.every(each => each.dataset.profiles.split(' ').includes('kernel:6.12'))"));
        Assert.Equal($"{asIn612} of {all} shown", await browser.EvaluateAsync("document.getElementById('shown').textContent"));
    }

    [Fact]
    public async Task What_an_implementation_says_is_text_and_never_runs()
    {
        const string Hostile = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>\"'&";
        Vector vector = new VectorFolder(Invocation.Spec.Vectors).All()[0];
        Verdict verdict = new(vector, VerdictKind.Failed, Hostile, FailedStep: 0) { Actual = new Outcome(Hostile) { Breach = Hostile } };
        string page = HtmlReport.Of(new CheckResult(Hostile, [verdict]), ClauseFolder.Read(Invocation.Spec.Clauses), [], Implementations.Find("optimized"), _ => Hostile);
        string file = Path.Combine(folder, "hostile.html");
        await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        await using Browser browser = await Browser.OpenAsync(file);

        Assert.Equal(Hostile, await browser.EvaluateAsync("document.querySelector('h1').textContent"));
        Assert.Equal(Hostile, await browser.EvaluateAsync("document.querySelector('.reason').textContent"));
        Assert.Equal("undefined 1 0", await browser.EvaluateAsync("typeof window.ran + ' ' + document.scripts.length + ' ' + document.images.length"));
        Assert.All(browser.Requests, address => Assert.Matches("^(file:.*/hostile.html|data:.*)$", address));
    }

    private string Report(string implementation)
    {
        string file = Path.Combine(folder, "report.html");
        Invocation run = Invocation.Run("check", implementation, "--report", file);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal([file], Directory.EnumerateFiles(Path.GetDirectoryName(file)!));
        return file;
    }

    private static Task<string> ChooseAsync(Browser browser, string filter, string value) => browser.EvaluateAsync(
        $"(f => {{ f.value = '{value}'; f.dispatchEvent(new Event('change', {{ bubbles: true }})); }})(document.querySelector('select[name={filter}]'))");
}
