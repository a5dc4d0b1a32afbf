using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Responses;

namespace Flashduty.Lambda.Tests.Responses;

public sealed class ResponderTests
{
    private static JsonElement Parse(Stream stream)
    {
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private static (int Status, JsonElement Headers, JsonElement Envelope) Url(Stream stream)
    {
        var root = Parse(stream);
        Assert.False(root.GetProperty("isBase64Encoded").GetBoolean());
        using var body = JsonDocument.Parse(root.GetProperty("body").GetString()!);
        return (root.GetProperty("statusCode").GetInt32(), root.GetProperty("headers"), body.RootElement.Clone());
    }

    [Fact]
    public void Success_is_200_with_the_alert_key()
    {
        var (status, headers, envelope) = Url(Responder.UrlSuccess("r-1", ["eventbridge:1"]));
        Assert.Equal(200, status);
        Assert.Equal("application/json", headers.GetProperty("Content-Type").GetString());
        Assert.Equal("r-1", headers.GetProperty("Flashcat-Request-Id").GetString());
        Assert.False(headers.TryGetProperty("Retry-After", out _));
        Assert.Equal("""{"request_id":"r-1","data":{"alert_key":"eventbridge:1"}}""", envelope.GetRawText());
    }

    /// <summary>The design's table.</summary>
    [Theory]
    [InlineData("Unauthorized", 401)]
    [InlineData("InvalidParameter", 400)]
    [InlineData("InvalidContentType", 400)]
    [InlineData("MethodNotAllowed", 400)]
    [InlineData("RouteNotFound", 404)]
    [InlineData("RequestTooFrequently", 429)]
    [InlineData("InternalError", 500)]
    public void Each_code_has_its_status(string code, int expected)
    {
        var error = new Failure(Enum.Parse<ErrorCode>(code), "What to do: \"é\" 告警.");
        var (status, headers, envelope) = Url(Responder.UrlError("r-1", error));
        Assert.Equal(expected, status);
        Assert.Equal("r-1", headers.GetProperty("Flashcat-Request-Id").GetString());
        Assert.Equal("r-1", envelope.GetProperty("request_id").GetString());
        Assert.Equal(code, envelope.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("What to do: \"é\" 告警.", envelope.GetProperty("error").GetProperty("message").GetString());
        Assert.False(envelope.TryGetProperty("data", out _));
    }

    [Fact]
    public void Every_code_is_in_the_table() => Assert.Equal(7, Enum.GetValues<ErrorCode>().Length);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(1200, "2")]
    [InlineData(3_600_000, "3600")]
    public void A_wait_is_told_in_whole_seconds_upwards(int milliseconds, string header) =>
        Assert.Equal(
            header,
            Url(Responder.UrlError("r", new(ErrorCode.RequestTooFrequently, "m", TimeSpan.FromMilliseconds(milliseconds)))).Headers.GetProperty("Retry-After").GetString());

    [Fact]
    public void An_invocation_is_answered_with_the_bare_envelope() =>
        Assert.Equal("""{"request_id":"r","data":{"alert_key":"k"}}""", Parse(Responder.Event("r", ["k"])).GetRawText());

    [Fact]
    public void Several_events_are_answered_with_all_alert_keys() =>
        Assert.Equal(
            """{"request_id":"r","data":{"alert_key":"k1","alert_keys":["k1","k2"]}}""", Parse(Responder.Event("r", ["k1", "k2"])).GetRawText());

    [Fact]
    public void A_batch_is_answered_with_what_failed()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", Parse(Responder.Batch([])).GetRawText());
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]}""", Parse(Responder.Batch(["a", "b"])).GetRawText());
    }

    [Fact]
    public void Any_message_survives_JSON_in_JSON() =>
        Gen.String.Sample(message =>
        {
            var error = new Failure(ErrorCode.InternalError, message);
            var read = Url(Responder.UrlError("r", error)).Envelope.GetProperty("error").GetProperty("message").GetString();
            Assert.Equal(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(message)), read);
        });
}
