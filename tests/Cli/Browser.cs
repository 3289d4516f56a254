// SPDX-License-Identifier: MIT
using PuppeteerSharp;

namespace Cmma.Cli.Tests;

/// <summary>A headless Chromium with one page. A test that needs it is skipped where there is none.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly IBrowser browser;
    private readonly IPage page;

    private Browser(IBrowser browser, IPage page)
    {
        this.browser = browser;
        this.page = page;
        page.Request += (_, asked) => Requests.Add(asked.Request.Url);
    }

    /// <summary>The addresses that were asked for so far.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<Browser> OpenAsync(string file)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string? program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program == null, "needs the command chromium");

        IBrowser started = await Puppeteer.LaunchAsync(new LaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"], Timeout = 60_000 });
        Browser opened = new(started, (await started.PagesAsync())[0]);
        await opened.page.GoToAsync(new Uri(file).AbsoluteUri, timeout: 60_000);
        return opened;
    }

    /// <summary>The value of an expression in the page, as text.</summary>
    public Task<string> EvaluateAsync(string expression) => page.EvaluateExpressionAsync<string>($"String({expression})");

    /// <summary>The page as it is printed.</summary>
    public Task<byte[]> PrintAsync() => page.PdfDataAsync();

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
