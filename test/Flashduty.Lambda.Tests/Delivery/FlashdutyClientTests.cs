using System.Globalization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Tests.Http;

namespace Flashduty.Lambda.Tests.Delivery;

public sealed class FlashdutyClientTests : IAsyncLifetime
{
    private const string Key = "k3y-0f-th3-ch4nn3l";
    private static readonly Channel Channel = new("payments", Key);

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
    }

    private async Task<PushResult> PushAsync(Reply? reply = null, double seconds = 20)
    {
        _server.Answer = _ => reply ?? Reply.Accepted;
        var attempt = await _client.PushAsync("{}"u8.ToArray(), Channel, TimeSpan.FromSeconds(seconds));
        Assert.DoesNotContain(Key, attempt.Failure?.ToString() ?? "", StringComparison.OrdinalIgnoreCase);
        return attempt;
    }

    [Fact]
    public async Task An_alert_is_posted_with_the_channels_key()
    {
        await PushAsync();
        var push = Assert.Single(_server.Pushes);
        Assert.Equal(("POST", "/event/push/alert/standard", Key, "application/json"), (push.Method, push.Path, push.IntegrationKey, push.ContentType));
    }

    [Fact]
    public async Task A_key_that_a_query_would_split_arrives_whole()
    {
        await _client.PushAsync("{}"u8.ToArray(), new Channel("c", "a+b=c&d/é#"), TimeSpan.FromSeconds(20));
        Assert.Equal("a+b=c&d/é#", Assert.Single(_server.Pushes).IntegrationKey);
    }

    [Theory]
    [InlineData(200, """{"request_id":"r","data":{"alert_key":"k"}}""")]
    [InlineData(200, """{"request_id":"r","error":null}""")]
    [InlineData(200, "{}")]
    [InlineData(202, """{"request_id":"r"}""")]
    public async Task An_answer_without_an_error_is_success(int status, string body) =>
        Assert.Null((await PushAsync(new Reply(status, body))).Failure);

    /// <summary>What the failure's message says, and whether it is tried again.</summary>
    [Theory]
    [InlineData(200, """{"error":{"code":"InvalidParameter","message":"alert_key too long"}}""", "refused the alert for channel payments with status 200 (InvalidParameter: alert_key too long)", false)]
    [InlineData(200, """{"error":{"code":"Unauthorized","message":"bad"}}""", "refused the integration key of channel payments", false)]
    [InlineData(200, """{"error":{"code":"InternalError","message":"oops"}}""", "failed for channel payments with status 200 (InternalError: oops)", true)]
    [InlineData(200, """{"error":{}}""", "refused the alert", false)]
    [InlineData(200, """{"error":"boom"}""", "(an error: boom)", false)]
    [InlineData(200, """{"error":true}""", "refused the alert", false)]
    [InlineData(200, """{"error":null,"error":{"code":"InvalidParameter","message":"twice"}}""", "(InvalidParameter: twice)", false)]
    [InlineData(200, """{"success":false}""", "refused the alert for channel payments with status 200 (an error: \"success\" is false)", false)]
    [InlineData(200, "", "failed for channel payments: status 200 without an answer in Flashduty's format", true)]
    [InlineData(204, "", "failed for channel payments: status 204 without", true)]
    [InlineData(205, "", "failed for channel payments: status 205 without", true)]
    [InlineData(206, "{}", "failed for channel payments: status 206 without", true)]
    [InlineData(200, "<html>a proxy's page</html>", "failed for channel payments: status 200 without", true)]
    [InlineData(200, "[]", "failed for channel payments", true)]
    [InlineData(200, "{\"error\":{\"code\":\"\\ud83d\"}}", "refused the alert", false)]
    [InlineData(302, "", "refused the alert for channel payments with status 302", false)]
    [InlineData(400, """{"error":{"code":"InvalidParameter","message":"title_rule"}}""", "(InvalidParameter: title_rule)", false)]
    [InlineData(400, "", "refused the alert for channel payments with status 400", false)]
    [InlineData(408, "", "failed for channel payments with status 408", true)]
    [InlineData(401, """{"error":{"code":"Unauthorized","message":"no"}}""", "refused the integration key of channel payments with status 401", false)]
    [InlineData(403, "", "refused the integration key of channel payments with status 403", false)]
    [InlineData(404, """{"error":{"code":"RouteNotFound"}}""", "status 404", false)]
    [InlineData(413, "<html>", "status 413", false)]
    [InlineData(500, "", "failed for channel payments with status 500", true)]
    [InlineData(502, "<html>bad gateway</html>", "status 502", true)]
    [InlineData(503, """{"error":{"code":"InternalError","message":"later"}}""", "(InternalError: later)", true)]
    public async Task An_error_in_status_or_body_is_a_failure(int status, string body, string says, bool isTransient)
    {
        var attempt = await PushAsync(new Reply(status, body));
        Assert.Equal(ErrorCode.InternalError, attempt.Failure!.Code);
        Assert.Contains(says, attempt.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, attempt.IsTransient);
    }

    [Theory]
    [InlineData(429, "", null, 10)]
    [InlineData(429, "", "7", 7)]
    [InlineData(429, "", "0", 0)]
    [InlineData(429, "", "soon", 10)]
    [InlineData(429, "", "-3", 10)]
    [InlineData(429, "", "86400", 900)]
    [InlineData(429, "", "2147483647", 900)]
    [InlineData(429, "", "99999999999999", 10)]
    [InlineData(429, "", "Fri, 31 Dec 9999 23:59:59 GMT", 900)]
    [InlineData(429, "<html>", "3", 3)]
    [InlineData(200, """{"error":{"code":"RequestTooFrequently","message":"slow down"}}""", "4", 4)]
    public async Task Flashduty_may_ask_to_slow_down(int status, string body, string? retryAfter, int seconds)
    {
        var attempt = await PushAsync(new Reply(status, body) { RetryAfter = retryAfter });
        Assert.Equal(ErrorCode.RequestTooFrequently, attempt.Failure!.Code);
        Assert.Equal(TimeSpan.FromSeconds(seconds), attempt.Failure.RetryAfter);
        Assert.True(attempt.IsTransient);
    }

    [Fact]
    public async Task A_moment_to_come_back_at_is_a_time_to_wait()
    {
        var inTenMinutes = DateTimeOffset.UtcNow.AddMinutes(10).ToString("r", CultureInfo.InvariantCulture);
        Assert.InRange((await PushAsync(new Reply(429, "") { RetryAfter = inTenMinutes })).Failure!.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, (await PushAsync(new Reply(429, "") { RetryAfter = "Sun, 06 Nov 1994 08:49:37 GMT" })).Failure!.RetryAfter);
    }

    [Fact]
    public async Task A_server_that_is_overloaded_may_say_when_to_come_back() =>
        Assert.Equal(TimeSpan.FromSeconds(2), (await PushAsync(new Reply(503, "") { RetryAfter = "2" })).Failure!.RetryAfter);

    [Fact]
    public async Task Flashdutys_words_are_quoted_without_the_key_and_not_at_length()
    {
        var message = (await PushAsync(Reply.Error(400, "InvalidParameter", $"key {Key} or {Key.ToUpperInvariant()} {new string('x', 5000)}"))).Failure!.Message;
        Assert.Contains("key *** or ***", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 100, 600);
    }

    [Fact]
    public async Task A_dropped_connection_may_be_tried_again()
    {
        var attempt = await PushAsync(Reply.Dropped);
        Assert.Contains("broke off: Connection reset by peer", attempt.Failure!.Message, StringComparison.Ordinal);
        Assert.True(attempt.IsTransient);
    }

    [Fact]
    public async Task Silence_ends_at_the_deadline_and_may_be_tried_again()
    {
        var attempt = await PushAsync(Reply.Silence, seconds: 0.06);
        Assert.Contains("did not answer in time", attempt.Failure!.Message, StringComparison.Ordinal);
        Assert.True(attempt.IsTransient);
    }

    [Fact]
    public async Task Refused_connection_is_transient()
    {
        await _server.DisposeAsync();
        var attempt = await _client.PushAsync("{}"u8.ToArray(), Channel, TimeSpan.FromSeconds(20));
        Assert.Contains($"Flashduty at {_server.Url.Authority} was not reached", attempt.Failure!.Message, StringComparison.Ordinal);
        Assert.True(attempt.IsTransient);
    }

    [Fact]
    public async Task Refused_certificate_is_not_transient()
    {
        await using var server = new FlashdutyServer(TestPki.Shared.SelfSigned);
        using var client = new FlashdutyClient(Transport.Create(), new Uri($"https://localhost:{server.Url.Port}"), TimeProvider.System);
        var attempt = await client.PushAsync("{}"u8.ToArray(), Channel, TimeSpan.FromSeconds(20));
        Assert.Contains("self-signed", attempt.Failure!.Message, StringComparison.Ordinal);
        Assert.False(attempt.IsTransient);
    }

    [Theory]
    [InlineData("{\"error\":{\"code\":\"a\xFF\"}}")]
    [InlineData("{\"error\":\"\xFF\xFE\"}")]
    [InlineData("\xFF")]
    public async Task An_answer_that_is_no_text_is_a_failure(string body)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using var client = new FlashdutyClient(Transport.Create(), server.Url, TimeProvider.System);
        var attempt = await client.PushAsync("{}"u8.ToArray(), Channel, TimeSpan.FromSeconds(20));
        Assert.Equal(ErrorCode.InternalError, attempt.Failure!.Code);
        Assert.True(attempt.IsTransient);
    }

    [Fact]
    public async Task An_answer_without_end_is_a_failure()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        using var client = new FlashdutyClient(Transport.Create(), server.Url, TimeProvider.System);
        Assert.True((await client.PushAsync("{}"u8.ToArray(), Channel, TimeSpan.FromSeconds(20))).IsTransient);
    }
}
