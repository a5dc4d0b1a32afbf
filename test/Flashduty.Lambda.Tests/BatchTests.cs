using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Tests.Receiving;

namespace Flashduty.Lambda.Tests;

/// <summary>A queue's messages go in, the ids of those that have to come again come out.</summary>
public sealed class BatchTests
{
    private static string Record(string e) =>
        $$$"""{"version":"1.0","timestamp":"2025-01-01T00:00:00Z","requestContext":{"requestId":"r"},"requestPayload":{{{e}}},"responseContext":{"statusCode":200}}""";

    [Fact]
    public async Task Both_forms_of_a_message_are_the_same_alert()
    {
        await using var host = await FunctionHost.StartAsync();
        Assert.Empty(await host.BatchAsync(Events.With(), Record(Events.With())));
        Assert.Equal(2, host.Flashduty.Pushes.Count);
        Assert.Single(host.Flashduty.Pushes.Select(push => push.Alert.GetRawText()).Distinct());
    }

    [Fact]
    public async Task Messages_left_when_the_time_runs_out_fail_without_being_processed()
    {
        await using var host = await FunctionHost.StartAsync();
        host.RemainingTime = TimeSpan.Zero;

        Assert.Equal(100, (await host.BatchAsync([.. Enumerable.Repeat(Events.With(), 100)])).Length);

        Assert.Empty(host.Flashduty.Pushes);
        Assert.Contains("100 of 100 messages are left to the queue", Assert.Single(host.LogLines).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 8000, 7499.9)]
    [InlineData(10_000, 8000, 6500)]
    [InlineData(10_000, 2000, 1000)] // never more than half, so that something is processed
    [InlineData(0, 30_000, 29_500)]
    public void Margin_grows_with_the_batch(int messages, int remaining, double expected)
    {
        var deadline = new Invocation("r", "f", 0, TimeSpan.FromMilliseconds(remaining)).Deadline(messages);
        Assert.InRange(deadline.Remaining.TotalMilliseconds, expected - 500, expected);
    }

    [Fact]
    public async Task Empty_batch_is_answered_with_no_failures()
    {
        await using var host = await FunctionHost.StartAsync();
        Assert.Empty(await host.BatchAsync());
    }

    [Fact]
    public async Task Record_without_an_id_fails_the_whole_batch()
    {
        await using var host = await FunctionHost.StartAsync();
        var payload = JsonSerializer.Serialize(new
        {
            Records = new object[] { new { messageId = "m-1", eventSource = "aws:sqs", body = Events.With() }, new { eventSource = "aws:sqs", body = Events.With() } },
        });
        await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(payload));
        Assert.Empty(host.Flashduty.Pushes);
    }

    [Fact]
    public async Task Message_with_several_events_fails_if_one_of_them_does()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = push => push.Alert.GetProperty("labels").GetProperty("region").GetString() == "bad" ? Reply.Error(400, "InvalidParameter") : Reply.Accepted;
        string Region(string region) => Events.With($",\"region\":\"{region}\"");
        Assert.Equal(["m-1"], await host.BatchAsync($"[{Region("a")},{Region("b")}]", $"[{Region("bad")},{Region("c")}]"));
        Assert.Equal(4, host.Flashduty.Pushes.Count);
    }

    [Fact]
    public async Task Byte_order_mark_of_a_body_is_ignored()
    {
        await using var host = await FunctionHost.StartAsync();
        Assert.Empty(await host.BatchAsync("\uFEFF" + Events.With()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"requestPayload":null}""")]
    [InlineData("""{"requestPayload":{"id":"1"}}""")]
    [InlineData("""{"id":"1","source":"s"}""")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("\ud83d")]
    public async Task An_unreadable_message_fails_alone(string body)
    {
        await using var host = await FunctionHost.StartAsync();
        Assert.Equal(["m-1"], await host.BatchAsync(Events.With(), body, Events.With()));
        Assert.Equal(2, host.Flashduty.Pushes.Count);
        Assert.Equal(3, host.LogLines.Count);
    }

    [Fact]
    public async Task Messages_whose_alert_was_not_taken_fail_alone()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = push => push.Alert.GetProperty("labels").GetProperty("region").GetString() == "bad" ? Reply.Error(400, "InvalidParameter") : Reply.Accepted;
        var bodies = Enumerable.Range(0, 10).Select(i => Events.With($",\"region\":\"{(i % 3 == 0 ? "bad" : "good")}\"")).ToArray();
        Assert.Equal(["m-0", "m-3", "m-6", "m-9"], await host.BatchAsync(bodies));
    }

    [Fact]
    public async Task Messages_are_handled_at_once_with_a_bound()
    {
        // The server's threads that wait at the barrier must not be those that the function needs.
        ThreadPool.SetMinThreads(32, 32);
        await using var host = await FunctionHost.StartAsync();
        using var eight = new Barrier(8);
        var (now, most) = (0, 0);
        host.Flashduty.Answer = _ =>
        {
            var count = Interlocked.Increment(ref now);
            InterlockedMax(ref most, count);
            var met = eight.SignalAndWait(TimeSpan.FromSeconds(20)); // blocks until eight are here
            Interlocked.Decrement(ref now);
            return met ? Reply.Accepted : new Reply(400, "alone");
        };

        Assert.Empty(await host.BatchAsync([.. Enumerable.Repeat(Events.With(), 24)]));
        Assert.Equal(8, most);

        static void InterlockedMax(ref int most, int count)
        {
            for (var seen = most; count > seen; seen = most)
            {
                Interlocked.CompareExchange(ref most, count, seen);
            }
        }
    }
}
