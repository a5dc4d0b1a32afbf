using Kit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The page, in a real browser.</summary>
public sealed class PageTests(ChromiumFixture chromium) : IAsyncLifetime
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

    [Fact]
    public async Task A_posted_alert_appears_without_a_reload()
    {
        await OpenAsync();
        await Expect(_page.Locator(".live.on")).ToBeVisibleAsync();
        await _server.PostSampleAsync("ec2-instance-state-change");

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows).ToContainTextAsync("i-1234567890abcdef0 terminated");
    }

    [Fact]
    public async Task Two_deliveries_of_one_event_are_one_row_until_the_alert_is_closed()
    {
        await _server.PostSampleAsync("guardduty-finding");
        await _server.PostSampleAsync("guardduty-finding");
        await OpenAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.Locator(".badge")).ToHaveTextAsync("×2");

        await _page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Rows).ToContainTextAsync("Closed");
        await _server.PostSampleAsync("guardduty-finding");
        await Expect(Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_three_panes_explain_an_alert()
    {
        await ApplyRoutesAsync();
        await _server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync();

        await Expect(_page.Locator(".json mark.title").First).ToBeVisibleAsync();
        await Expect(_page.GetByRole(AriaRole.Region, new() { Name = "Alert", Exact = true }).Last).ToContainTextAsync("eventbridge:");
        var route = _page.GetByRole(AriaRole.Region, new() { Name = "Why it went there" });
        await Expect(route.Locator(".case.matched").First).ToContainTextAsync("Case 1");
        await Expect(route.Locator(".case.matched .hit").First).ToHaveTextAsync("aws.rds");
        await Expect(route).ToContainTextAsync("dba");
        await Expect(_page.GetByRole(AriaRole.Region, new() { Name = "Answer" })).ToContainTextAsync("Nothing more to do.");
    }

    [Fact]
    public async Task A_search_finds_titles_labels_and_sources()
    {
        await _server.PostSampleAsync("rds-db-instance-event");
        await _server.PostSampleAsync("guardduty-finding");
        await OpenAsync();
        await Expect(Rows).ToHaveCountAsync(2);

        await _page.GetByRole(AriaRole.Searchbox).FillAsync("ssh aws.guardduty");
        await Expect(Rows).ToHaveCountAsync(1);
        await _page.GetByRole(AriaRole.Searchbox).FillAsync("nowhere");
        await Expect(_page.Locator(".rows")).ToContainTextAsync("Nothing matches.");
    }

    [Fact]
    public async Task A_sample_can_be_edited_and_sent_and_its_alert_shown()
    {
        await OpenAsync("#/send/custom-order-failed");
        var body = _page.GetByRole(AriaRole.Textbox, new() { Name = "Event (JSON)" });
        await Expect(body).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("A-1009"));
        await body.FillAsync((await body.InputValueAsync()).Replace("A-1009", "B-2010", StringComparison.Ordinal));
        await _page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(_page.Locator(".result .status")).ToHaveTextAsync("200");
        await _page.GetByRole(AriaRole.Link, new() { Name = "Show the alert" }).ClickAsync();
        await Expect(_page.Locator(".head h1")).ToContainTextAsync("B-2010");
    }

    [Fact]
    public async Task Bad_input_is_answered_in_place()
    {
        await OpenAsync("#/send/custom-order-failed");
        await _page.GetByRole(AriaRole.Textbox, new() { Name = "Event (JSON)" }).FillAsync("{oops");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(_page.Locator(".result .status")).ToHaveTextAsync("400");
        await Expect(_page.Locator(".result")).ToContainTextAsync("InvalidParameter");
        await Expect(_page.Locator(".result")).ToContainTextAsync("does not retry");
    }

    [Fact]
    public async Task Routes_are_checked_while_typing_and_re_route_when_applied()
    {
        await _server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync("#/routes");
        var editor = _page.GetByRole(AriaRole.Textbox, new() { Name = "routes.json" });
        await editor.FillAsync("""{"cases":[{"if":[{"key":"title","oper":"EQ","vals":["a"]}]}]}""");
        await Expect(_page.Locator(".errors")).ToContainTextAsync("cases[0].if[0].oper");
        await Expect(_page.GetByRole(AriaRole.Button, new() { Name = "Apply" })).ToBeDisabledAsync();

        await editor.FillAsync("""{"cases":[{"if":[{"key":"labels.source","oper":"IN","vals":["aws.rds"]}],"channels":["dba"]}]}""");
        await Expect(_page.Locator(".changes")).ToContainTextAsync("integration_key");
        await Expect(_page.Locator(".changes ins")).ToHaveTextAsync("dba");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(_page.Locator(".result")).ToContainTextAsync("Applied");

        await _server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync();
        await Expect(Rows.First).ToContainTextAsync("dba");
    }

    [Fact]
    public async Task An_event_of_ones_own_gets_a_title()
    {
        await _server.PostSampleAsync("custom-order-failed");
        await OpenAsync("#/titles");
        var editor = _page.GetByRole(AriaRole.Textbox, new() { Name = "alerts.json" });
        await editor.FillAsync("""{"alerts":[{"if":[],"title":"{orderId"}]}""");
        await Expect(_page.Locator(".errors")).ToContainTextAsync("alerts[0].title");

        await editor.FillAsync(
            """{"alerts":[{"if":[{"key":"labels.source","oper":"IN","vals":["com.example.orders"]}],"title":"Order {orderId} failed"}]}""");
        await Expect(_page.Locator(".changes ins")).ToContainTextAsync("Order A-1009 failed");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(_page.Locator(".result")).ToContainTextAsync("Applied");

        await _server.PostSampleAsync("custom-order-failed");
        await OpenAsync();
        await Expect(Rows.First).ToContainTextAsync("Order A-1009 failed");
    }

    [Fact]
    public async Task A_429_is_seen_with_its_retries()
    {
        await OpenAsync("#/faults");
        await _page.GetByLabel("429, too many requests").CheckAsync();
        await _page.GetByLabel("Retry-After, seconds").FillAsync("30");
        await _page.GetByLabel("Retry-After, seconds").BlurAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Send a sample now" }).ClickAsync();

        await Expect(_page.Locator(".result .status")).ToHaveTextAsync("429");
        await Expect(_page.Locator(".result")).ToContainTextAsync("EventBridge retries");
        await Expect(_page.Locator("#fault")).ToContainTextAsync("429");
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_is_seen_after_a_cold_start()
    {
        await OpenAsync("#/faults");
        await _page.GetByRole(AriaRole.Group, new() { Name = "Secrets Manager" }).GetByLabel("Fails").CheckAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Cold start" }).ClickAsync();
        await Expect(_page.GetByText("A new instance has started")).ToBeVisibleAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Send a sample now" }).ClickAsync();

        await Expect(_page.Locator(".result .status")).ToHaveTextAsync("500");
    }

    [Fact]
    public async Task The_list_stays_short_with_10_000_alerts()
    {
        await _server.PostSampleAsync("custom-order-failed");
        var one = _server.Function.Alerts.List()[0].Latest;
        for (var i = 0; i < 10_050; i++)
        {
            _server.Function.Alerts.Add(one with { Alert = one.Alert! with { Key = $"k{i}" } });
        }

        await OpenAsync();
        await Expect(_page.Locator(".count")).ToHaveTextAsync("10000 alerts");
        await Expect(Rows).ToHaveCountAsync(200);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Older" }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(200);
    }
}
