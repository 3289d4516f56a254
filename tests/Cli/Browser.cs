using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Cmma.Cli.Tests;

/// <summary>A headless Chromium with one page, driven by its own protocol. A test that needs it is skipped where there is none.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[64 * 1024];
    private int lastId;
    private string session = "";

    private Browser(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>The addresses that were asked for so far.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<Browser> OpenAsync(string file)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string? program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program == null, "needs the command chromium");

        string folder = Directory.CreateTempSubdirectory("cmma-browser-").FullName;
        ProcessStartInfo start = new(program)
        {
            ArgumentList = { "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank" },
            Environment = { ["TMPDIR"] = folder }, // what it leaves behind goes with its profile
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Browser browser = new(Process.Start(start)!, folder);
        await browser.ConnectAsync();
        await browser.CallAsync("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        Stopwatch watch = Stopwatch.StartNew();
        while (await browser.EvaluateAsync("location.protocol + document.readyState") != "file:complete")
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "the page does not load");
            await Task.Delay(50);
        }

        return browser;
    }

    /// <summary>The value of an expression in the page, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        JsonElement result = await CallAsync("Runtime.evaluate", new { expression = $"String({expression})", returnByValue = true });
        return result.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>The page as it is printed.</summary>
    public async Task<byte[]> PrintAsync() => (await CallAsync("Page.printToPDF", new { })).GetProperty("data").GetBytesFromBase64();

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        for (int attempt = 0; Directory.Exists(profile) && attempt < 20; attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100); // one of its processes still writes
            }
        }
    }

    private async Task ConnectAsync()
    {
        const string Mark = "DevTools listening on ";
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync();
        }
        while (line != null && !line.StartsWith(Mark, StringComparison.Ordinal));
        Assert.NotNull(line);
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await socket.ConnectAsync(new Uri(line[Mark.Length..]), CancellationToken.None);

        JsonElement targets = await CallAsync("Target.getTargets", new { });
        string target = targets.GetProperty("targetInfos").EnumerateArray()
            .First(each => each.GetProperty("type").GetString() == "page").GetProperty("targetId").GetString()!;
        JsonElement attached = await CallAsync("Target.attachToTarget", new { targetId = target, flatten = true });
        session = attached.GetProperty("sessionId").GetString()!;
        await CallAsync("Network.enable", new { });
    }

    private async Task<JsonElement> CallAsync(string method, object parameters)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        int id = ++lastId;
        object message = session.Length == 0 ? new { id, method, @params = parameters } : new { id, method, @params = parameters, sessionId = session };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            JsonElement received = await ReceiveAsync(limit.Token);
            if (received.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
            {
                Assert.False(received.TryGetProperty("error", out JsonElement error), $"{method}: {error}");
                return received.GetProperty("result");
            }

            if (received.TryGetProperty("method", out JsonElement name) && name.GetString() == "Network.requestWillBeSent")
            {
                Requests.Add(received.GetProperty("params").GetProperty("request").GetProperty("url").GetString()!);
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellation)
    {
        using MemoryStream message = new();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            await message.WriteAsync(buffer.AsMemory(0, part.Count), cancellation);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(message.ToArray()));
    }
}
