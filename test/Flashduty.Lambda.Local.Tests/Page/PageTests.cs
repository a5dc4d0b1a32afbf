using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The page, in a real browser.</summary>
public sealed class PageTests(ChromiumFixture chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_posted_alert_appears_without_a_reload()
    {
        await OpenAsync();
        await Expect(Page.Locator(".live.on")).ToBeVisibleAsync();
        await Server.PostSampleAsync("ec2-instance-state-change");

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows).ToContainTextAsync("i-1234567890abcdef0 terminated");
    }

    [Fact]
    public async Task Two_deliveries_of_one_event_are_one_row_until_the_alert_is_closed()
    {
        await Server.PostSampleAsync("guardduty-finding");
        await Server.PostSampleAsync("guardduty-finding");
        await OpenAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Rows.Locator(".badge")).ToHaveTextAsync("×2");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Rows).ToContainTextAsync("Closed");
        await Server.PostSampleAsync("guardduty-finding");
        await Expect(Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_three_panes_explain_an_alert()
    {
        await ApplyRoutesAsync();
        await Server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync();

        await Expect(Page.Locator(".json mark.title").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Alert", Exact = true }).Last).ToContainTextAsync("eventbridge:");
        var route = Page.GetByRole(AriaRole.Region, new() { Name = "Why it went there" });
        await Expect(route.Locator(".case.matched").First).ToContainTextAsync("Case 1");
        await Expect(route.Locator(".case.matched .hit").First).ToHaveTextAsync("aws.rds");
        await Expect(route).ToContainTextAsync("dba");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Answer" })).ToContainTextAsync("Nothing more to do.");
    }

    [Fact]
    public async Task A_search_finds_titles_labels_and_sources()
    {
        await Server.PostSampleAsync("rds-db-instance-event");
        await Server.PostSampleAsync("guardduty-finding");
        await OpenAsync();
        await Expect(Rows).ToHaveCountAsync(2);

        await Page.GetByRole(AriaRole.Searchbox).FillAsync("ssh aws.guardduty");
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.GetByRole(AriaRole.Searchbox).FillAsync("nowhere");
        await Expect(Page.Locator(".rows")).ToContainTextAsync("Nothing matches.");
    }

    [Fact]
    public async Task A_sample_can_be_edited_and_sent_and_its_alert_shown()
    {
        await OpenAsync("#/send/custom-order-failed");
        var body = Page.GetByRole(AriaRole.Textbox, new() { Name = "Event (JSON)" });
        await Expect(body).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("A-1009"));
        await body.FillAsync((await body.InputValueAsync()).Replace("A-1009", "B-2010", StringComparison.Ordinal));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(Page.Locator(".result .status")).ToHaveTextAsync("200");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Show the alert" }).ClickAsync();
        await Expect(Page.Locator(".head h1")).ToContainTextAsync("B-2010");
    }

    [Fact]
    public async Task Bad_input_is_answered_in_place()
    {
        await OpenAsync("#/send/custom-order-failed");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Event (JSON)" }).FillAsync("{oops");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(Page.Locator(".result .status")).ToHaveTextAsync("400");
        await Expect(Page.Locator(".result")).ToContainTextAsync("InvalidParameter");
        await Expect(Page.Locator(".result")).ToContainTextAsync("does not retry");
    }

    [Fact]
    public async Task Routes_are_checked_while_typing_and_re_route_when_applied()
    {
        await Server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync("#/routes");
        var editor = Page.GetByRole(AriaRole.Textbox, new() { Name = "routes.json" });
        await editor.FillAsync("""{"cases":[{"if":[{"key":"title","oper":"EQ","vals":["a"]}]}]}""");
        await Expect(Page.Locator(".errors")).ToContainTextAsync("cases[0].if[0].oper");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Apply" })).ToBeDisabledAsync();

        await editor.FillAsync("""{"cases":[{"if":[{"key":"labels.source","oper":"IN","vals":["aws.rds"]}],"channels":["dba"]}]}""");
        await Expect(Page.Locator(".changes")).ToContainTextAsync("integration_key");
        await Expect(Page.Locator(".changes ins")).ToHaveTextAsync("dba");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(Page.Locator(".result")).ToContainTextAsync("Applied");

        await Server.PostSampleAsync("rds-db-instance-event");
        await OpenAsync();
        await Expect(Rows.First).ToContainTextAsync("dba");
    }

    [Fact]
    public async Task An_event_of_ones_own_gets_a_title()
    {
        await Server.PostSampleAsync("custom-order-failed");
        await OpenAsync("#/titles");
        var editor = Page.GetByRole(AriaRole.Textbox, new() { Name = "alerts.json" });
        await editor.FillAsync("""{"alerts":[{"if":[],"title":"{orderId"}]}""");
        await Expect(Page.Locator(".errors")).ToContainTextAsync("alerts[0].title");

        await editor.FillAsync(
            """{"alerts":[{"if":[{"key":"labels.source","oper":"IN","vals":["com.example.orders"]}],"title":"Order {orderId} failed"}]}""");
        await Expect(Page.Locator(".changes ins")).ToContainTextAsync("Order A-1009 failed");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(Page.Locator(".result")).ToContainTextAsync("Applied");

        await Server.PostSampleAsync("custom-order-failed");
        await OpenAsync();
        await Expect(Rows.First).ToContainTextAsync("Order A-1009 failed");
    }

    [Fact]
    public async Task A_429_is_seen_with_its_retries()
    {
        await OpenAsync("#/faults");
        await Page.GetByLabel("429, too many requests").CheckAsync();
        await Page.GetByLabel("Retry-After, seconds").FillAsync("30");
        await Page.GetByLabel("Retry-After, seconds").BlurAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send a sample now" }).ClickAsync();

        await Expect(Page.Locator(".result .status")).ToHaveTextAsync("429");
        await Expect(Page.Locator(".result")).ToContainTextAsync("EventBridge retries");
        await Expect(Page.Locator("#fault")).ToContainTextAsync("429");
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_is_seen_after_a_cold_start()
    {
        await OpenAsync("#/faults");
        await Page.GetByRole(AriaRole.Group, new() { Name = "Secrets Manager" }).GetByLabel("Fails").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cold start" }).ClickAsync();
        await Expect(Page.GetByText("A new instance has started")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send a sample now" }).ClickAsync();

        await Expect(Page.Locator(".result .status")).ToHaveTextAsync("500");
    }

    [Fact]
    public async Task The_list_stays_short_with_10_000_alerts()
    {
        await Server.PostSampleAsync("custom-order-failed");
        var one = Server.Function.Alerts.List()[0].Latest;
        for (var i = 0; i < 10_050; i++)
        {
            Server.Function.Alerts.Add(one with { Alert = one.Alert! with { Key = $"k{i}" } });
        }

        await OpenAsync();
        await Expect(Page.Locator(".count")).ToHaveTextAsync("10000 alerts");
        await Expect(Rows).ToHaveCountAsync(200);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Older" }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(200);
    }
}
