using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Tests.Normalization;
using Flashduty.Lambda.Tests.Receiving;

namespace Flashduty.Lambda.Tests;

/// <summary>An event goes in, an alert comes out.</summary>
public sealed class FunctionTests
{
    private static string AlertKey(JsonElement envelope) => envelope.GetProperty("data").GetProperty("alert_key").GetString()!;

    [Fact]
    public async Task Array_is_an_alert_for_each_event_whichever_way_it_comes()
    {
        await using var host = await FunctionHost.StartAsync();
        var events = """[{"source":"s","detail-type":"t","detail":{"a":1}},{"source":"s","detail-type":"t","detail":{"a":2}}]""";

        var url = await host.PostAsync(events);
        var direct = await host.InvokeAsync(events);
        Assert.Empty(await host.BatchAsync(events));

        Assert.Equal(200, url.Status);
        Assert.Equal(2, url.Envelope.GetProperty("data").GetProperty("alert_keys").GetArrayLength());
        Assert.Equal(url.AlertKey, AlertKey(direct));
        Assert.Equal(6, host.Flashduty.Pushes.Count);
        Assert.Equal(2, host.Flashduty.Pushes.Select(push => push.Alert.GetRawText()).Distinct().Count());
    }

    [Fact]
    public async Task Array_fails_as_a_whole_if_one_of_its_events_does()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = push => push.Alert.GetProperty("description").GetString()!.Contains("bad", StringComparison.Ordinal)
            ? Reply.Error(400, "InvalidParameter")
            : Reply.Accepted;
        var events = """[{"source":"s","detail-type":"t","detail":{"message":"good"}},{"source":"s","detail-type":"t","detail":{"message":"bad"}}]""";

        Assert.Equal(500, (await host.PostAsync(events)).Status);
        await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(events));
    }

    public static TheoryData<string> Files() => SampleEvents.All();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_sample_event_is_one_valid_alert_whichever_way_it_comes(string file)
    {
        await using var host = await FunctionHost.StartAsync();
        var text = System.Text.Encoding.UTF8.GetString(SampleEvents.Bytes(file));

        var url = await host.PostAsync(text);
        var base64 = await host.PostBytesAsync(SampleEvents.Bytes(file));
        var direct = await host.InvokeAsync(text);
        var queued = await host.BatchAsync(text);

        Assert.Equal((200, 200), (url.Status, base64.Status));
        Assert.Equal(FunctionHost.RequestId, direct.GetProperty("request_id").GetString());
        Assert.Empty(queued);
        Assert.Equal(4, host.Flashduty.Pushes.Count);
        foreach (var push in host.Flashduty.Pushes)
        {
            StandardAlert.Check(push.Alert);
            Assert.Equal(FunctionHost.Key, push.IntegrationKey);
            Assert.Equal(AlertKey(direct), push.Alert.GetProperty("alert_key").GetString());
        }

        Assert.Equal((AlertKey(direct), AlertKey(direct)), (url.AlertKey, base64.AlertKey));
        Assert.Single(host.Flashduty.Pushes.Select(push => push.Alert.GetRawText()).Distinct());
        Assert.All(host.LogLines, MetricReader.Check);
        Assert.Equal(4, host.LogLines.Count);
    }

    [Fact]
    public async Task A_log_line_says_what_became_of_an_event()
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostAsync(Events.With());
        var line = Assert.Single(host.LogLines);
        Assert.Equal("Delivered", line.GetProperty("outcome").GetString());
        Assert.Equal(FunctionHost.RequestId, line.GetProperty("requestId").GetString());
        Assert.Equal(Events.Id, line.GetProperty("eventId").GetString());
        Assert.Equal(answer.AlertKey, line.GetProperty("alertKey").GetString());
        Assert.Equal(1, line.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Only_the_first_event_is_a_cold_start()
    {
        await using var host = await FunctionHost.StartAsync();
        await host.BatchAsync([.. Enumerable.Repeat(Events.With(), 20)]);
        await host.PostAsync(Events.With());
        Assert.Equal(1, host.LogLines.Sum(line => line.GetProperty("ColdStarts").GetInt32()));
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_and_sends_nothing()
    {
        await using var host = await FunctionHost.StartAsync(new Settings { IntegrationKey = FunctionHost.Key, DryRun = true });
        Assert.Equal(200, (await host.PostAsync(Events.With())).Status);
        Assert.Empty(host.Flashduty.Pushes);
        Assert.Contains(host.LogLines, line => line.TryGetProperty("alert", out var alert) && alert.GetProperty("event_status").GetString() == "Warning");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_key_in_the_settings_of_a_deployed_function_is_warned_of(bool isInLambda, int warnings)
    {
        await using var host = await FunctionHost.StartAsync(new Settings { IntegrationKey = FunctionHost.Key, IsInLambda = isInLambda });
        Assert.Equal(warnings, host.LogLines.Count(line => line.GetProperty("level").GetString() == "WARN"));
    }

    [Fact]
    public async Task An_event_straight_from_a_rule_that_fails_throws()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = _ => Reply.Error(400, "InvalidParameter");
        var failure = await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(Events.With()));
        Assert.Equal(ErrorCode.InternalError, failure.Code);
        Assert.Contains("refused the alert", failure.Message, StringComparison.Ordinal);
        Assert.Equal("InternalError", Assert.Single(host.LogLines).GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"key1":"value1"}""")]
    [InlineData("""{"id":"1","source":"s"}""")]
    [InlineData("""{"\ud83d":1}""")]
    public async Task A_payload_of_no_shape_throws_and_is_logged(string payload)
    {
        await using var host = await FunctionHost.StartAsync();
        Assert.Equal(ErrorCode.InvalidParameter, (await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(payload))).Code);
        Assert.Equal("InvalidParameter", Assert.Single(host.LogLines).GetProperty("outcome").GetString());
        Assert.Empty(host.Flashduty.Pushes);
    }

    [Fact]
    public async Task Half_a_second_of_Lambdas_time_is_kept_to_say_what_went_wrong()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = _ => Reply.Silence;
        host.RemainingTime = TimeSpan.FromMilliseconds(560);
        Assert.Contains("in time", (await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(Events.With()))).Message, StringComparison.Ordinal);
    }
}
