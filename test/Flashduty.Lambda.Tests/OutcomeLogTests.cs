using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Tests;

public sealed class OutcomeLogTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 16, 15, 7, 0, TimeSpan.Zero);

    private static EventOutcome Report(params (string Channel, int Attempts, Failure? Failure)[] deliveries) =>
        new("r-1", "flashduty", IsColdStart: true)
        {
            Event = new EventBridgeEvent("e-1", "aws.ec2", "State-change", "1", "eu-west-1", "", [], default),
            Alert = new Alert("the title", "d", "eventbridge:1", []),
            Deliveries = [.. deliveries.Select(d => new ChannelDelivery(new Channel(d.Channel, "s3cr3t"), d.Attempts, d.Failure))],
            Failure = deliveries.Select(d => d.Failure).FirstOrDefault(failure => failure is not null),
            Duration = TimeSpan.FromMilliseconds(12.3456),
        };

    private static List<JsonElement> Write(EventOutcome report)
    {
        using var stream = new MemoryStream();
        OutcomeLog.Write(new Log(stream, TimeProvider.System), report, Now);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        return [.. text.TrimEnd('\n').Split('\n').Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            MetricReader.Check(document.RootElement);
            return document.RootElement.Clone();
        })];
    }

    [Fact]
    public void A_delivered_event_is_one_line()
    {
        var line = Assert.Single(Write(Report(("integration_key", 2, null))));
        Assert.Equal(
            ("INFO", "r-1", "Delivered", "e-1", "aws.ec2", "State-change", "eventbridge:1", "the title"),
            (Text(line, "level"), Text(line, "requestId"), Text(line, "outcome"), Text(line, "eventId"), Text(line, "source"), Text(line, "detailType"),
                Text(line, "alertKey"), Text(line, "title")));
        Assert.Equal("""["integration_key"]""", line.GetProperty("channels").GetRawText());
        Assert.Equal(2, line.GetProperty("attempts").GetInt32());
        Assert.Equal((1, 1, 0, 1), (Number(line, "EventsReceived"), Number(line, "AlertsDelivered"), Number(line, "Failures"), Number(line, "ColdStarts")));
        Assert.Equal(12.346, Number(line, "Latency"));
        Assert.Equal("integration_key", Text(line, "Channel"));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), line.GetProperty("_aws").GetProperty("Timestamp").GetInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_that_met_an_error_of_the_configuration_counts_as_one(bool isMisconfigured)
    {
        var line = Assert.Single(Write(Report(("integration_key", 1, null)) with { IsMisconfigured = isMisconfigured }));

        Assert.Equal(isMisconfigured, line.TryGetProperty("ConfigurationErrors", out var count) && count.GetInt32() == 1);
        Assert.Equal(isMisconfigured, line.GetProperty("_aws").GetRawText().Contains("ConfigurationErrors", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_of_several_channels_has_a_line_of_its_own()
    {
        var lines = Write(Report(("a", 1, null), ("b", 3, null)));
        Assert.Equal(3, lines.Count);
        Assert.Equal(2, Number(lines[0], "AlertsDelivered"));
        Assert.Equal(4, lines[0].GetProperty("attempts").GetInt32());
        Assert.False(lines[0].TryGetProperty("Channel", out _));
        Assert.Equal(["a", "b"], lines.Skip(1).Select(line => Text(line, "Channel")));
    }

    [Fact]
    public void A_failed_event_has_its_code_and_message()
    {
        var failure = new Failure(ErrorCode.RequestTooFrequently, "slow down");
        var line = Assert.Single(Write(Report(("a", 1, null), ("b", 3, failure))));
        Assert.Equal(("ERROR", "RequestTooFrequently", "slow down", "RequestTooFrequently"), (Text(line, "level"), Text(line, "outcome"), Text(line, "message"), Text(line, "Code")));
        Assert.Equal((1, 1), (Number(line, "AlertsDelivered"), Number(line, "Failures")));
        Assert.Equal("""["a","b"]""", line.GetProperty("channels").GetRawText());
    }

    [Fact]
    public void Refused_payload_has_a_line_too()
    {
        var line = Assert.Single(Write(new EventOutcome("r-1", "flashduty", IsColdStart: false)
        {
            Failure = new Failure(ErrorCode.InvalidParameter, "no event"),
        }));
        Assert.Equal("InvalidParameter", Text(line, "outcome"));
        Assert.False(line.TryGetProperty("eventId", out _));
        Assert.Equal(0, Number(line, "ColdStarts"));
    }

    [Fact]
    public async Task Lines_written_at_once_stay_whole()
    {
        using var stream = new MemoryStream();
        var log = new Log(stream, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                OutcomeLog.Write(log, Report(("a", 1, null), ("b", 1, null)), Now);
            }
        })));

        var lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(8 * 50 * 3, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void Texts_of_an_event_are_bounded_and_visible()
    {
        var huge = new string('x', 300_000);
        var line = Assert.Single(Write(new EventOutcome("r-1", "flashduty", IsColdStart: false)
        {
            Event = new EventBridgeEvent(huge, "s\u202Ex", huge, "", "", "", [], default),
        }));
        Assert.InRange(line.GetRawText().Length, 1, 4096);
        Assert.Equal("sx", Text(line, "source"));
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static double Number(JsonElement line, string name) => line.GetProperty(name).GetDouble();
}
