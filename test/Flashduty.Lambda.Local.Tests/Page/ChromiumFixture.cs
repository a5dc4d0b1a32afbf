using Flashduty.Lambda.Local.Tests.Page;
using Kit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>Debian's Chromium, started once, and only if a test needs it.</summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new page with nothing stored; the test is skipped if there is no Chromium.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var path = Paths.FirstOrDefault(File.Exists);
        ExternalTool.RequireOrSkip(path is not null, "Chromium is missing: apt-get install chromium fonts-noto-cjk");
        await _starting.WaitAsync();
        try
        {
            // How long a busy machine takes to draw is not what the tests are about.
            Assertions.SetDefaultExpectTimeout(60_000);
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        }
        finally
        {
            _starting.Release();
        }

        var context = await _browser.NewContextAsync(options ?? new() { Locale = "en-US", ViewportSize = new() { Width = 1440, Height = 900 } });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
