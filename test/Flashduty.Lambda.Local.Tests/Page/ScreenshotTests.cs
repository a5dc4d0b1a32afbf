using Kit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>Makes the pictures in the documentation: with <c>FLASHDUTY_SCREENSHOTS=docs</c> they are written to that folder.</summary>
public sealed class ScreenshotTests(ChromiumFixture chromium)
{
    private static readonly string[] Samples =
        ["custom-order-failed", "ecs-service-action", "guardduty-finding", "cloudwatch-alarm-state-change", "rds-db-instance-event"];

    private const string Routes = """
        {
          "cases": [
            { "if": [ { "key": "labels.source", "oper": "IN", "vals": ["com.example.*"] } ], "channels": ["payments"] },
            {
              "if": [
                { "key": "labels.source", "oper": "IN", "vals": ["aws.rds", "aws.dynamodb"] },
                { "key": "title", "oper": "IN", "vals": ["/(?i)stopped|failed/"] }
              ],
              "channels": ["dba"]
            },
            { "if": [ { "key": "labels.detail_team", "oper": "IN", "vals": ["*"] } ], "channels": ["platform"] }
          ],
          "default": { "channels": ["platform"] }
        }
        """;

    [Theory]
    [InlineData("page", "en-US", ColorScheme.Light)]
    [InlineData("page.zh-CN", "zh-CN", ColorScheme.Dark)]
    public async Task The_page_can_be_photographed(string name, string locale, ColorScheme colors)
    {
        var page = await chromium.OpenAsync(new()
        {
            Locale = locale,
            ColorScheme = colors,
            TimezoneId = "UTC",
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        await using var server = await LocalServer.StartAsync();
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Put, "/api/routes", new { text = Routes })).Status);
        foreach (var sample in Samples)
        {
            await server.PostSampleAsync(sample);
        }

        await page.GotoAsync(server.Address.ToString());
        await Expect(page.Locator("main h1").First).ToBeVisibleAsync();
        await Expect(page.Locator(".live.on")).ToBeVisibleAsync();
        var picture = await page.ScreenshotAsync();

        Assert.True(picture.Length > 20_000, "The picture is nearly empty.");
        if (Environment.GetEnvironmentVariable("FLASHDUTY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(
                Repository.PathOf(folder, name + ".png"), picture, TestContext.Current.CancellationToken);
        }

        await page.Context.CloseAsync();
    }
}
