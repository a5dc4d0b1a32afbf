using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Tests.Http;

namespace Flashduty.Lambda.Tests.Delivery;

public sealed class DelivererTests : IAsyncLifetime
{
    private static readonly RetryPolicy Quick = new(TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(2));
    private static readonly Alert Alert = new("title é", "description", "eventbridge:k", [new("source", "aws.ec2"), new("check", "x")]);

    private readonly MemoryStream _log = new();
    private FlashdutyServer _server = null!;
    private FlashdutyClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = new FlashdutyServer();
        _client = new FlashdutyClient(Transport.Create(), _server.Url, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _log.DisposeAsync();
    }

    private static Channel[] Channels(params string[] names) => [.. names.Select(name => new Channel(name, name + "-key"))];

    private async Task<IReadOnlyList<ChannelDelivery>> DeliverAsync(
        Channel[] channels, Deadline? deadline = null, RetryPolicy? limits = null, bool isDryRun = false) =>
        await new Deliverer(_client, limits ?? Quick, isDryRun, new Log(_log, TimeProvider.System), TimeProvider.System)
            .DeliverAsync(Alert, channels, deadline ?? Deadline.After(TimeSpan.FromSeconds(20)));

    /// <summary>Each push is answered by the next; the last goes on.</summary>
    private void Script(params Reply[] replies) => _server.Answer = push => replies[Math.Min(push.Number, replies.Length) - 1];

    [Fact]
    public async Task An_alert_arrives_as_Flashduty_documents_it()
    {
        var result = Assert.Single(await DeliverAsync(Channels("a")));
        Assert.Null(result.Failure);
        Assert.Equal(1, result.Attempts);
        Assert.Equal(
            """{"event_status":"Warning","title_rule":"title é","description":"description","alert_key":"eventbridge:k","labels":{"source":"aws.ec2","check":"x"}}""",
            Assert.Single(_server.Pushes).Alert.GetRawText());
    }

    public static TheoryData<string, int> Passing() => new()
    {
        { "429", 2 },
        { "500,500", 3 },
        { "502,503,504,200 not JSON", 5 },
        { "dropped,dropped,429,500", 5 },
        { "200 InternalError", 2 },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Transient_failures_are_retried(string replies, int attempts)
    {
        Script([.. replies.Split(',').Select(Named), Reply.Accepted]);
        var result = Assert.Single(await DeliverAsync(Channels("a")));
        Assert.Null(result.Failure);
        Assert.Equal(attempts, result.Attempts);

        static Reply Named(string name) => name switch
        {
            "dropped" => Reply.Dropped,
            "429" => Reply.Error(429, "RequestTooFrequently") with { RetryAfter = "0" },
            "200 not JSON" => new Reply(200, "<html>"),
            "200 InternalError" => Reply.Error(200, "InternalError"),
            var status => new Reply(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), ""),
        };
    }

    [Theory]
    [InlineData(400, "InvalidParameter")]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "RouteNotFound")]
    [InlineData(200, "InvalidParameter")]
    public async Task Permanent_failures_are_not_retried(int status, string code)
    {
        Script(Reply.Error(status, code));
        var result = Assert.Single(await DeliverAsync(Channels("a")));
        Assert.Equal(ErrorCode.InternalError, result.Failure!.Code);
        Assert.Equal(1, result.Attempts);
        Assert.Single(_server.Pushes);
    }

    [Fact]
    public async Task A_wait_that_does_not_fit_the_time_left_is_not_begun()
    {
        Script(Reply.Error(429, "RequestTooFrequently") with { RetryAfter = "3600" });
        var result = Assert.Single(await DeliverAsync(Channels("a")));
        Assert.Equal(ErrorCode.RequestTooFrequently, result.Failure!.Code);
        Assert.Equal(TimeSpan.FromMinutes(15), result.Failure.RetryAfter);
        Assert.Equal(1, result.Attempts);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_Flashduty_asks_for_is_kept(int status)
    {
        // An hour does not fit: had it been ignored, there would be another attempt.
        Script(new Reply(status, "") { RetryAfter = "3600" }, Reply.Accepted);
        Assert.NotNull(Assert.Single(await DeliverAsync(Channels("a"))).Failure);
    }

    [Fact]
    public async Task Attempts_end_with_the_time()
    {
        Script(new Reply(500, ""));
        var result = Assert.Single(await DeliverAsync(Channels("a"), Deadline.After(TimeSpan.FromMilliseconds(500))));
        Assert.NotNull(result.Failure);
        Assert.InRange(result.Attempts, 2, 500);
        Assert.InRange(_server.Pushes.Count, result.Attempts - 1, result.Attempts);
    }

    [Fact]
    public async Task One_attempt_does_not_take_all_the_time()
    {
        Script(Reply.Silence, Reply.Accepted);
        var result = Assert.Single(await DeliverAsync(Channels("a"), limits: Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Null(result.Failure);
        Assert.True(result.Attempts >= 2);
    }

    [Fact]
    public async Task Without_time_left_it_fails_at_once()
    {
        var result = Assert.Single(await DeliverAsync(Channels("a"), Deadline.After(TimeSpan.Zero)));
        Assert.Contains("in time", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(1, result.Attempts);
    }

    [Fact]
    public async Task Channels_are_delivered_to_at_once()
    {
        // Each answer waits until all have asked.
        using var all = new Barrier(3);
        _server.Answer = _ => all.SignalAndWait(TimeSpan.FromSeconds(20)) ? Reply.Accepted : new Reply(400, "alone");
        Assert.All(await DeliverAsync(Channels("a", "b", "c")), result => Assert.Null(result.Failure));
        Assert.Equal(["a-key", "b-key", "c-key"], _server.Pushes.Select(push => push.IntegrationKey).Order());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public async Task One_channels_failure_is_its_own(string failing)
    {
        _server.Answer = push => push.IntegrationKey == failing + "-key" ? Reply.Error(401, "Unauthorized") : Reply.Accepted;
        var results = await DeliverAsync(Channels("a", "b", "c"));
        Assert.Equal(["a", "b", "c"], results.Select(result => result.Channel.Name));
        Assert.Equal([failing], results.Where(result => result.Failure is not null).Select(result => result.Channel.Name));
        Assert.Contains($"channel {failing}", results.Single(result => result.Failure is not null).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_logs_the_alert_and_sends_nothing()
    {
        var results = await DeliverAsync(Channels("a", "b"), isDryRun: true);
        Assert.All(results, result => Assert.Equal((0, null), (result.Attempts, result.Failure)));
        Assert.Empty(_server.Pushes);

        using var line = JsonDocument.Parse(_log.ToArray());
        Assert.Contains("not sent to a, b", line.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("title é", line.RootElement.GetProperty("alert").GetProperty("title_rule").GetString());
        Assert.DoesNotContain("-key", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_does_not_show_its_key() => Assert.Equal("a", Channels("a")[0].ToString());

    [Fact]
    public async Task Batch_stops_pushing_to_a_channel_that_asks_for_a_long_wait()
    {
        Script(Reply.Error(429, "RequestTooFrequently") with { RetryAfter = "60" });
        using var deliverer = new Deliverer(_client, Quick, false, new Log(_log, TimeProvider.System), TimeProvider.System);
        var batch = new DeliveryBatch();
        for (var i = 0; i < 5; i++)
        {
            var result = Assert.Single(await deliverer.DeliverAsync(Alert, Channels("a"), Deadline.After(TimeSpan.FromSeconds(20)), batch));
            Assert.Equal(ErrorCode.RequestTooFrequently, result.Failure!.Code);
        }

        Assert.Single(_server.Pushes);
    }

    [Fact]
    public async Task Many_channels_share_a_bounded_number_of_connections()
    {
        var atOnce = 0;
        var most = 0;
        _server.Answer = _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref atOnce));
            Thread.Sleep(1);
            Interlocked.Decrement(ref atOnce);
            return Reply.Accepted;
        };
        var results = await DeliverAsync(Channels([.. Enumerable.Range(0, 300).Select(i => $"c{i}")]));
        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.InRange(most, 1, RetryPolicy.MaxConcurrency);

        static void InterlockedMax(ref int target, int value)
        {
            for (var current = target; value > current; current = target)
            {
                Interlocked.CompareExchange(ref target, value, current);
            }
        }
    }
}
