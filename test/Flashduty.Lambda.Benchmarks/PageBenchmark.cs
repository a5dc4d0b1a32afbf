using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Local.Page;
using Microsoft.Playwright;

namespace Flashduty.Lambda.Benchmarks;

/// <summary>How long a posted event takes until its alert is on the page, in a real browser.</summary>
/// <remarks>Not BenchmarkDotNet's kind: one event is one measurement, across two processes.</remarks>
internal static class PageBenchmark
{
    public const string Name = "page";

    private const int Events = 50;
    private const string Chromium = "/usr/bin/chromium";

    public static async Task<int> RunAsync()
    {
        if (!File.Exists(Chromium))
        {
            await Console.Error.WriteLineAsync("Chromium is missing: apt-get install chromium");
            return 1;
        }

        var terminal = new Terminal(TextWriter.Null, TextWriter.Null);
        await using var function = await LocalFunction.StartAsync(LocalSettings.FromEnvironment(isReal: false, _ => null), terminal);
        await using var server = await PageServer.StartAsync("http://127.0.0.1:0", function, terminal);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        await page.Locator(".live.on").WaitForAsync();

        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("FlashDuty", function.Secret.IntegrationKey);
        var delays = new List<double>();
        for (var i = 0; i < Events; i++)
        {
            delays.Add(await MeasureAsync(page, http, $"order-{i:000}"));
        }

        delays.RemoveAt(0); // compiles what it runs
        delays.Sort();
        Console.WriteLine($"{delays.Count} events, from the request to the row: median {delays[delays.Count / 2]:0} ms, slowest {delays[^1]:0} ms");
        return 0;
    }

    private static async Task<double> MeasureAsync(IPage page, HttpClient http, string order)
    {
        var e = new JsonObject
        {
            ["id"] = order,
            ["source"] = "com.example.orders",
            ["detail-type"] = "OrderFailed",
            ["detail"] = new JsonObject { ["orderId"] = order },
        };
        using var body = new StringContent(e.ToJsonString(), Encoding.UTF8, "application/json");
        var start = Stopwatch.GetTimestamp();
        using var response = await http.PostAsync("/", body);
        response.EnsureSuccessStatusCode();
        await page.Locator(".rows a", new() { HasText = order }).First.WaitForAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
