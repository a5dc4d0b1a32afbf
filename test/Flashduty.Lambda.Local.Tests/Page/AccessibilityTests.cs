using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The page for everybody: screen readers, keyboards, both languages and color schemes, narrow windows.</summary>
public sealed class AccessibilityTests(ChromiumFixture chromium) : BrowserTest(chromium)
{
    [Theory]
    [InlineData("en-US", ColorScheme.Light)]
    [InlineData("en-US", ColorScheme.Dark)]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task Accessibility_has_no_violation(string locale, ColorScheme colors)
    {
        await ApplyRoutesAsync();
        await Server.PostSampleAsync("rds-db-instance-event");
        await Server.PostSampleAsync("guardduty-finding");
        using (await Server.PostEventAsync("{}"))
        {
        }

        var page = await Chromium.OpenAsync(new() { Locale = locale, ColorScheme = colors, BypassCSP = true, ViewportSize = new() { Width = 1440, Height = 900 } });
        foreach (var section in (string[])["alerts", "alerts/1", "send", "routes", "titles", "faults"])
        {
            await page.GotoAsync($"{Server.Address}#/{section}");
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
        await Server.PostSampleAsync("guardduty-finding");
        await Page.SetViewportSizeAsync(375, 700);
        foreach (var section in (string[])["alerts/1", "send", "routes", "titles", "faults"])
        {
            await OpenAsync($"#/{section}");
            await Page.ReloadAsync();
            await Expect(Page.Locator("main h1").First).ToBeVisibleAsync();

            Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), section);
        }
    }

    [Fact]
    public async Task The_keyboard_moves_through_the_list()
    {
        await Server.PostSampleAsync("rds-db-instance-event");
        await Server.PostSampleAsync("guardduty-finding");
        await OpenAsync();
        await Rows.First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowDown");

        await Expect(Page.Locator(".head h1")).ToContainTextAsync("testdb");
        await Page.Keyboard.PressAsync("/");
        await Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
    }
}
