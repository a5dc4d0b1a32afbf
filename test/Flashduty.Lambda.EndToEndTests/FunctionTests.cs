using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The three shapes, and what may go wrong with Flashduty.</summary>
[Collection(nameof(Bootstrap))]
public sealed partial class FunctionTests(Bootstrap bootstrap)
{
    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]{0,127}$")]
    private static partial Regex LabelName();

    private Sandbox Start(params (string Name, string? Value)[] settings)
    {
        bootstrap.Need();
        return Sandbox.Start(bootstrap.Executable, null, settings);
    }

    [Fact]
    public async Task Every_sample_event_becomes_the_same_valid_alert_by_url_and_by_rule()
    {
        await using var sandbox = Start();

        var count = 0;
        foreach (var file in Payloads.EventFiles)
        {
            count += 2;
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var byUrl = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(text));
            var byRule = await sandbox.Lambda.InvokeAsync(text);

            Assert.False(byUrl.IsError || byRule.IsError, $"{file}: {byUrl.Body} {byRule.Body}");
            Assert.Equal(200, Status(byUrl));
            var alerts = sandbox.Flashduty.Alerts.TakeLast(2).ToList();
            var (first, second) = (alerts[0], alerts[1]);
            Assert.Equal(first.Body.GetRawText(), second.Body.GetRawText());
            Assert.Equal(first.Key, Envelope(byUrl).GetProperty("data").GetProperty("alert_key").GetString());
            Assert.Equal(first.Key, Json(byRule).GetProperty("data").GetProperty("alert_key").GetString());
            Assert.Equal(count, sandbox.Flashduty.Alerts.Count);
            AssertValid(first.Body);
        }
    }

    [Fact]
    public async Task A_batch_reports_only_the_messages_that_failed()
    {
        await using var sandbox = Start();
        var record = $$"""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{{Payloads.Event}},"responsePayload":{} }""";

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Batch(("good", Payloads.Event), ("bad", "no JSON"), ("record", record), ("empty", "")));

        Assert.Equal(
            ["bad", "empty"],
            Json(end).GetProperty("batchItemFailures").EnumerateArray().Select(item => item.GetProperty("itemIdentifier").GetString()!));
        Assert.Equal(2, sandbox.Flashduty.Alerts.Count);
        Assert.Single(sandbox.Flashduty.Alerts.Select(alert => alert.Key).Distinct());
    }

    [Fact]
    public async Task An_event_of_a_rule_that_cannot_be_delivered_is_an_error_so_that_Lambda_tries_again()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = FlashdutyServer.Answer(400, """{"error":{"code":"InvalidParameter","message":"no"}}""");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event);

        Assert.True(end.IsError);
        Assert.Equal("IntegrationException", Json(end).GetProperty("errorType").GetString());
        Assert.Contains("refused the alert", Json(end).GetProperty("errorMessage").GetString());
        Assert.Equal(1, sandbox.Flashduty.Requests);
    }

    [Fact]
    public async Task A_payload_of_no_shape_is_an_error_that_names_the_shapes()
    {
        await using var sandbox = Start();

        var end = await sandbox.Lambda.InvokeAsync("""{"key1":"value1"}""");

        Assert.True(end.IsError);
        Assert.Contains("Function URL request", Json(end).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task Passing_failures_of_Flashduty_are_tried_again()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = async (context, before) =>
        {
            switch (before)
            {
                case 0:
                    context.Abort();
                    return true;
                case 1:
                    return await FlashdutyServer.Answer(503)(context, before);
                case 2:
                    return await FlashdutyServer.Answer(429, retryAfter: "0")(context, before);
                default:
                    return false;
            }
        };

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(200, Status(end));
        Assert.Single(sandbox.Flashduty.Alerts);
    }

    [Fact]
    public async Task A_refusal_with_status_200_is_a_refusal()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = FlashdutyServer.Answer(200, $$"""{"request_id":"r","error":{"code":"InvalidParameter","message":"key {{Sandbox.Key}}"} }""");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(500, Status(end));
        Assert.Equal("InternalError", Envelope(end).GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain(Sandbox.Key, end.Body);
        Assert.DoesNotContain(Sandbox.Key, sandbox.Output);
    }

    [Fact]
    public async Task Too_many_requests_are_passed_on_with_the_time_to_wait()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = FlashdutyServer.Answer(429, retryAfter: "77");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(429, Status(end));
        Assert.Equal("77", Json(end).GetProperty("headers").GetProperty("Retry-After").GetString());
        Assert.Equal("RequestTooFrequently", Envelope(end).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_request_is_answered_within_four_seconds_while_Flashduty_is_silent()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await sandbox.Lambda.Ready.Task;

        var time = Stopwatch.StartNew();
        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(500, Status(end));
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task An_event_of_a_rule_ends_before_Lambda_ends_it()
    {
        await using var sandbox = Start();
        sandbox.Flashduty.Misbehave = FlashdutyServer.Answer(503);

        await sandbox.Lambda.Ready.Task;
        var time = Stopwatch.StartNew();
        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event, TimeSpan.FromSeconds(2));

        Assert.True(end.IsError);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(2), $"It took {time.Elapsed}.");
        Assert.True(sandbox.Flashduty.Requests > 1);
    }

    [Fact]
    public async Task A_dry_run_logs_the_alert_and_sends_nothing()
    {
        await using var sandbox = Start(("FLASHDUTY_DRY_RUN", "true"));

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event);

        Assert.False(end.IsError);
        Assert.Equal(0, sandbox.Flashduty.Requests);
        sandbox.Terminate();
        Assert.Equal(0, await sandbox.ExitCodeAsync());
        Assert.Contains("\"event_status\":\"Warning\"", sandbox.Output);
    }

    [Fact]
    public async Task A_shared_integration_delivers_to_every_channel_with_its_own_key()
    {
        var routes = Path.GetTempFileName();
        await File.WriteAllTextAsync(routes, """
            { "cases": [ { "if": [ { "key": "labels.source", "oper": "IN", "vals": ["aws.ec2"] } ], "channels": ["dba", "platform"], "fallthrough": false } ] }
            """, TestContext.Current.CancellationToken);
        await using var sandbox = Start(
            ("FLASHDUTY_ROUTES_FILE", routes),
            ("FLASHDUTY_INTEGRATION_KEY", $$"""{"integration_key":"{{Sandbox.Key}}","dba":"d1","platform":"p1"}"""));

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(200, Status(end));
        Assert.Equal(["d1", "p1"], sandbox.Flashduty.Alerts.Select(alert => alert.IntegrationKey).Order());
    }

    [Fact]
    public async Task One_log_line_an_event_carries_its_metrics()
    {
        await using var sandbox = Start();
        await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));
        await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest("[]"));
        sandbox.Terminate();
        Assert.Equal(0, await sandbox.ExitCodeAsync());

        var lines = sandbox.Output.Split('\n').Where(line => line.Contains("\"_aws\"")).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(2, lines.Count);
        Assert.Equal(["Delivered", "InvalidParameter"], lines.Select(line => line.GetProperty("outcome").GetString()!));
        Assert.Equal([1, 0], lines.Select(line => line.GetProperty("ColdStarts").GetInt32()));
        Assert.Contains("FLASHDUTY_INTEGRATION_KEY is used in place of the secret", sandbox.Output);
    }

    private static void AssertValid(JsonElement alert)
    {
        Assert.Equal("Warning", alert.GetProperty("event_status").GetString());
        Assert.InRange(alert.GetProperty("title_rule").GetString()!.Length, 1, 512);
        Assert.InRange(alert.GetProperty("description").GetString()!.Length, 1, 2048);
        Assert.Matches("^eventbridge:[0-9a-f]{32}$", alert.GetProperty("alert_key").GetString());
        var labels = alert.GetProperty("labels").EnumerateObject().ToList();
        Assert.InRange(labels.Count, 1, 50);
        Assert.All(labels, label => Assert.Matches(LabelName(), label.Name));
        Assert.All(labels, label => Assert.InRange(label.Value.GetString()!.Length, 1, 2048));
    }

    private static JsonElement Json(InvocationEnd end) => JsonDocument.Parse(end.Body).RootElement;

    private static int Status(InvocationEnd end) => Json(end).GetProperty("statusCode").GetInt32();

    private static JsonElement Envelope(InvocationEnd end) => JsonDocument.Parse(Json(end).GetProperty("body").GetString()!).RootElement;
}
