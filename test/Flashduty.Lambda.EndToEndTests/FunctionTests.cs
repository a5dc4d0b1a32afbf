using System.Diagnostics;
using System.Text.Json;
using Kit;
using Kit.Processes;
using Kit.Services;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The native executable: the three shapes of a payload, and failures of Flashduty.</summary>
public sealed class FunctionTests
{
    [Fact]
    public async Task Sample_events_become_the_same_valid_alert_through_the_Function_URL_and_a_rule()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var count = 0;
        foreach (var name in SampleFiles.EventNames)
        {
            count += 2;
            var text = await File.ReadAllTextAsync(SampleFiles.EventPath(name), TestContext.Current.CancellationToken);
            var byUrl = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(text));
            var byRule = await sandbox.Lambda.InvokeAsync(text);

            Assert.False(byUrl.IsError || byRule.IsError, $"{name}: {byUrl.Body} {byRule.Body}");
            Assert.Equal(200, Status(byUrl));
            var alerts = sandbox.Flashduty.Accepted.TakeLast(2).ToList();
            var (first, second) = (alerts[0], alerts[1]);
            Assert.Equal(first.Alert.GetRawText(), second.Alert.GetRawText());
            Assert.Equal(first.AlertKey, Envelope(byUrl).GetProperty("data").GetProperty("alert_key").GetString());
            Assert.Equal(first.AlertKey, Json(byRule).GetProperty("data").GetProperty("alert_key").GetString());
            Assert.Equal(count, sandbox.Flashduty.Accepted.Count);
            StandardAlert.Check(first.Alert);
        }
    }

    [Fact]
    public async Task Batch_reports_only_the_messages_that_failed()
    {
        await using var sandbox = await Sandbox.StartAsync();
        var record = $$"""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{{Payloads.Event}},"responsePayload":{} }""";

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Batch(("good", Payloads.Event), ("bad", "no JSON"), ("record", record), ("empty", "")));

        Assert.Equal(
            ["bad", "empty"],
            Json(end).GetProperty("batchItemFailures").EnumerateArray().Select(item => item.GetProperty("itemIdentifier").GetString()!));
        Assert.Equal(2, sandbox.Flashduty.Accepted.Count);
        Assert.Single(sandbox.Flashduty.Accepted.Select(push => push.AlertKey).Distinct());
    }

    [Fact]
    public async Task Undelivered_event_of_a_rule_is_an_invocation_error_so_that_Lambda_retries()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = _ => Reply.Error(400, "InvalidParameter");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event);

        Assert.True(end.IsError);
        Assert.Equal("IntegrationException", Json(end).GetProperty("errorType").GetString());
        Assert.Contains("refused the alert", Json(end).GetProperty("errorMessage").GetString());
        Assert.Single(sandbox.Flashduty.Pushes);
    }

    [Fact]
    public async Task Unrecognized_payload_is_an_error_that_says_what_was_found_and_what_to_change()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var end = await sandbox.Lambda.InvokeAsync("""{"key1":"value1"}""");

        Assert.True(end.IsError);
        Assert.Equal(
            "Found the Lambda console's sample event. Choose one of its EventBridge templates, or a file of test/events.",
            Json(end).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task Transient_failures_of_Flashduty_are_retried()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = push => push.Number switch
        {
            1 => Reply.Dropped,
            2 => new Reply(503),
            3 => new Reply(429, RetryAfter: "0"),
            _ => Reply.Accepted,
        };

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(200, Status(end));
        Assert.Single(sandbox.Flashduty.Accepted);
    }

    [Fact]
    public async Task Error_with_status_200_is_a_failure()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = _ => Reply.Error(200, "InvalidParameter", $"key {Payloads.Key}");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(500, Status(end));
        Assert.Equal("InternalError", Envelope(end).GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain(Payloads.Key, end.Body);
        Assert.DoesNotContain(Payloads.Key, sandbox.Output);
    }

    [Fact]
    public async Task Status_429_is_passed_on_with_its_Retry_After()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = _ => new Reply(429, RetryAfter: "77");

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(429, Status(end));
        Assert.Equal("77", Json(end).GetProperty("headers").GetProperty("Retry-After").GetString());
        Assert.Equal("RequestTooFrequently", Envelope(end).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Request_is_answered_within_four_seconds_while_Flashduty_hangs()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = _ => Reply.Silence;
        await sandbox.Lambda.Ready.Task;

        var time = Stopwatch.StartNew();
        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(500, Status(end));
        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Event_of_a_rule_fails_before_the_Lambda_deadline()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Flashduty.Answer = _ => new Reply(503);

        await sandbox.Lambda.Ready.Task;
        var time = Stopwatch.StartNew();
        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event, TimeSpan.FromSeconds(2));

        Assert.True(end.IsError);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(2), $"It took {time.Elapsed}.");
        Assert.True(sandbox.Flashduty.Pushes.Count > 1);
    }

    [Fact]
    public async Task Dry_run_logs_the_alert_and_sends_nothing()
    {
        await using var sandbox = await Sandbox.StartAsync(("FLASHDUTY_DRY_RUN", "true"));

        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event);

        Assert.False(end.IsError);
        Assert.Empty(sandbox.Flashduty.Pushes);
        sandbox.Terminate();
        Assert.Equal(0, await sandbox.ExitCodeAsync());
        Assert.Contains("\"event_status\":\"Warning\"", sandbox.Output);
    }

    [Fact]
    public async Task Shared_integration_delivers_to_every_channel_with_its_own_key()
    {
        var routes = Path.GetTempFileName();
        await File.WriteAllTextAsync(routes, """
            { "cases": [ { "if": [ { "key": "labels.source", "oper": "IN", "vals": ["aws.ec2"] } ], "channels": ["dba", "platform"], "fallthrough": false } ] }
            """, TestContext.Current.CancellationToken);
        await using var sandbox = await Sandbox.StartAsync(
            ("FLASHDUTY_ROUTES_FILE", routes),
            ("FLASHDUTY_INTEGRATION_KEY", $$"""{"integration_key":"{{Payloads.Key}}","dba":"d1","platform":"p1"}"""));

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));

        Assert.Equal(200, Status(end));
        Assert.Equal(["d1", "p1"], sandbox.Flashduty.Accepted.Select(push => push.IntegrationKey).Order());
    }

    [Fact]
    public async Task Every_event_has_one_log_line_with_its_metrics()
    {
        await using var sandbox = await Sandbox.StartAsync();
        await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event));
        await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest("[]"));
        sandbox.Terminate();
        Assert.Equal(0, await sandbox.ExitCodeAsync());

        var lines = sandbox.Output.Split('\n').Where(line => line.Contains("\"_aws\"")).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(2, lines.Count);
        Assert.Equal(["Delivered", "InvalidParameter"], lines.Select(line => line.GetProperty("outcome").GetString()!));
        Assert.Equal([1, 0], lines.Select(line => line.GetProperty("ColdStarts").GetInt32()));
        Assert.Contains("FLASHDUTY_INTEGRATION_KEY is used instead of the secret", sandbox.Output);
    }

    private static JsonElement Json(InvocationEnd end) => JsonDocument.Parse(end.Body).RootElement;

    private static int Status(InvocationEnd end) => Json(end).GetProperty("statusCode").GetInt32();

    private static JsonElement Envelope(InvocationEnd end) => JsonDocument.Parse(Json(end).GetProperty("body").GetString()!).RootElement;
}
