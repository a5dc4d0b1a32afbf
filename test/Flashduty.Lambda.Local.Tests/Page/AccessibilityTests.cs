using Deque.AxeCore.Playwright;
using Kit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The page for everybody: screen readers, keyboards, both languages and color schemes, narrow windows.</summary>
public sealed class AccessibilityTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private static readonly string Routes = Repository.Read("routes.example.jsonc");

    private LocalServer _server = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _page = await chromium.OpenAsync();
        _server = await LocalServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.Context.CloseAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private Task OpenAsync(string hash = "") => _page.GotoAsync($"{_server.Address}{hash}");

    private ILocator Rows => _page.Locator(".rows a");

    private async Task ApplyRoutesAsync() =>
        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Put, "/api/routes", new { text = Routes })).Status);

    [Theory]
    [InlineData("en-US", ColorScheme.Light)]
    [InlineData("en-US", ColorScheme.Dark)]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Accessibility_has_no_violation(string locale, ColorScheme colors)
    {
        await ApplyRoutesAsync();
        await _server.PostSampleAsync("rds-db-instance-event");
        await _server.PostSampleAsync("guardduty-finding");
        using (await _server.PostEventAsync("{}"))
        {
        }

        var page = await chromium.OpenAsync(new() { Locale = locale, ColorScheme = colors, BypassCSP = true, ViewportSize = new() { Width = 1440, Height = 900 } });
        foreach (var section in (string[])["alerts", "alerts/1", "send", "routes", "titles", "faults"])
        {
            await page.GotoAsync($"{_server.Address}#/{section}");
            await page.ReloadAsync();
            await Expect(page.Locator("main h1").First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", locale == "zh-CN" ? "zh-CN" : "en");
            var result = await page.RunAxe();

            Assert.True(result.Violations.Length == 0, $"{section}: " + string.Join('\n', result.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(4).Select(node => node.Html))}")));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_narrow_window_does_not_scroll_sideways()
    {
        await _server.PostSampleAsync("guardduty-finding");
        await _page.SetViewportSizeAsync(375, 700);
        foreach (var section in (string[])["alerts/1", "send", "routes", "titles", "faults"])
        {
            await OpenAsync($"#/{section}");
            await _page.ReloadAsync();
            await Expect(_page.Locator("main h1").First).ToBeVisibleAsync();

            Assert.True(await _page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), section);
        }
    }

    [Fact]
    public async Task The_keyboard_moves_through_the_list()
    {
        await _server.PostSampleAsync("rds-db-instance-event");
        await _server.PostSampleAsync("guardduty-finding");
        await OpenAsync();
        await Rows.First.FocusAsync();
        await _page.Keyboard.PressAsync("ArrowDown");

        await Expect(_page.Locator(".head h1")).ToContainTextAsync("testdb");
        await _page.Keyboard.PressAsync("/");
        await Expect(_page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
    }
}
