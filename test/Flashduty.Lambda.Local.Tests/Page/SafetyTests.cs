using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>Other sites, and events that mean harm.</summary>
public sealed class SafetyTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private LocalServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LocalServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("Host", "attacker.example:9000", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost:9000", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:9000", HttpStatusCode.OK)]
    [InlineData("Origin", "https://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task Requests_of_other_sites_are_refused(string header, string value, HttpStatusCode status)
    {
        foreach (var path in (string[])["/", "/api/alerts"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Other_sites_cannot_push_events()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/?integration_key={_server.Function.Secret.IntegrationKey}");
        request.Headers.Add("Origin", "https://attacker.example");
        request.Content = new StringContent("""{"id":"1","source":"s","detail-type":"T"}""");
        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(_server.Function.Alerts.List());
    }

    [Fact]
    public async Task The_policy_allows_no_inline_script_and_nothing_from_elsewhere()
    {
        using var response = await _server.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.DoesNotMatch("""<script(?![^>]*src=)|\son\w+=|\sstyle=|https?://""", html);
    }

    [Theory]
    [InlineData("<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>")]
    [InlineData("</textarea></pre><svg onload=window.harmed=1>")]
    [InlineData("javascript:window.harmed=1")]
    [InlineData("\u001b]8;;http://attacker.example\u0007\u001b[2J\u001b[31m")]
    [InlineData("\u202egpj.exe \u2066\u2067 \u200f")]
    [InlineData("[TPL]{{.Labels}} ${label} __proto__ constructor")]
    public async Task A_hostile_event_is_inert_everywhere(string text)
    {
        var page = await chromium.OpenAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        var e = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["id"] = text,
            ["source"] = text,
            ["detail-type"] = text,
            ["account"] = text,
            ["region"] = text,
            ["time"] = text,
            ["resources"] = new[] { text },
            ["detail"] = new Dictionary<string, object>
            {
                [text] = text,
                ["message"] = text,
                ["state"] = text,
                ["url"] = text,
                ["console_url"] = text,
                ["__proto__"] = text,
            },
        });
        await page.GotoAsync(_server.Address.ToString());
        using (await _server.PostEventAsync(e))
        {
        }

        await Expect(page.Locator(".rows a")).ToHaveCountAsync(1);
        await Expect(page.Locator(".json .name").First).ToBeVisibleAsync();
        await page.EvaluateAsync("location.hash = '#/send/alert:1'");
        await Expect(page.Locator("textarea")).Not.ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator(".result .answer")).ToBeVisibleAsync();
        await page.EvaluateAsync("location.hash = '#/alerts/1'");
        await Expect(page.Locator(".head h1")).ToBeVisibleAsync();

        Assert.False(await page.EvaluateAsync<bool>("'harmed' in window"));
        Assert.Empty(errors);
        Assert.Equal(0, await page.Locator("a:not([href^='#']):not([href^='https://'])").CountAsync());
        Assert.Equal(0, await page.Locator("main script, main svg, main img[onerror]").CountAsync());
        Assert.False(await page.EvaluateAsync<bool>(@"/[\u001b\u202a-\u202e\u2066-\u2069]/.test(document.querySelector('main').innerText)"));
        await page.Context.CloseAsync();
    }
}
