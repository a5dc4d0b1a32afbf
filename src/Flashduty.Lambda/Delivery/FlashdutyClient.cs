using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using BlockingHttp;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>One attempt's end.</summary>
/// <param name="Failure">Null if Flashduty took the alert.</param>
/// <param name="MayRetry">Whether the same alert may fare better a moment later.</param>
internal readonly record struct Attempt(IntegrationException? Failure, bool MayRetry);

/// <summary>Flashduty's endpoint for standard alert events.</summary>
/// <remarks>https://docs.flashcat.cloud/en/flashduty/custom-alert-integration-guide</remarks>
internal sealed class FlashdutyClient(Uri baseUrl) : IDisposable
{
    private const string PushPath = "/event/push/alert/standard?integration_key=";
    private const string Json = "Content-Type: application/json\r\n";
    private const int MaxResponseBytes = 64 * 1024;
    private const int MaxQuoted = 300;

    /// <summary>How long to wait after a 429 that does not say.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(10);

    private readonly HttpOrigin _origin = new(baseUrl, MaxResponseBytes);

    /// <summary>Sends an alert once.</summary>
    public Attempt Push(ReadOnlyMemory<byte> alert, Channel channel, Deadline deadline)
    {
        try
        {
            // Sent twice at the worst, when a kept connection breaks: the alert key makes the second one nothing new.
            var target = PushPath + Uri.EscapeDataString(channel.IntegrationKey);
            return Judge(_origin.Send(new HttpRequest("POST", target, Json, alert), deadline), channel);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            return Fail($"was not reached, or broke off: {exception.Message.TrimEnd('.')}", mayRetry: true);
        }
        catch (TimeoutException)
        {
            return Fail("did not answer in time", mayRetry: true);
        }
    }

    /// <summary>Success is a 2xx whose body holds no error: Flashduty may refuse an alert with a 200.</summary>
    private Attempt Judge(HttpResponse response, Channel channel)
    {
        var (isJson, code, message) = ReadBody(response.Body);
        if (response.IsSuccess && isJson && code is null)
        {
            return new Attempt(null, false);
        }

        var wait = RetryAfter(response);
        if (response.StatusCode == 429 || code == nameof(ErrorCode.RequestTooFrequently))
        {
            var slowDown = $"Flashduty asks to slow down (channel {channel.Name}).";
            return new Attempt(new IntegrationException(ErrorCode.RequestTooFrequently, slowDown, wait ?? DefaultRetryAfter), MayRetry: true);
        }

        var said = Quote(code, message, channel);
        if (response.StatusCode >= 500 || (response.IsSuccess && (!isJson || code == nameof(ErrorCode.InternalError))))
        {
            return Fail($"failed for channel {channel.Name} with status {response.StatusCode}{said}", mayRetry: true, wait);
        }

        return response.StatusCode is 401 or 403 || code == nameof(ErrorCode.Unauthorized)
            ? Fail($"refused the integration key of channel {channel.Name} with status {response.StatusCode}{said}: check that entry of the secret", false)
            : Fail($"refused the alert for channel {channel.Name} with status {response.StatusCode}{said}", false);
    }

    private Attempt Fail(string what, bool mayRetry, TimeSpan? retryAfter = null) =>
        new(new IntegrationException(ErrorCode.InternalError, $"Flashduty at {baseUrl.Authority} {what}.", retryAfter), mayRetry);

    private static (bool IsJson, string? Code, string? Message) ReadBody(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return (true, null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (false, null, null);
            }

            if (!root.TryGetMember("error", out var error) || error.ValueKind == JsonValueKind.Null)
            {
                return (true, null, null);
            }

            return error.ValueKind == JsonValueKind.Object
                ? (true, Text(error, "code") is { Length: > 0 } code ? code : "an error", Text(error, "message"))
                : (true, "an error", JsonText.Of(error));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string in it is not UTF-8.
            return (false, null, null);
        }
    }

    private static string Text(JsonElement error, string name) => error.TryGetMember(name, out var value) ? JsonText.Of(value) : "";

    /// <summary>Flashduty's own words, of which nobody promises that they do not repeat the key.</summary>
    private static string Quote(string? code, string? message, Channel channel)
    {
        if (code is null)
        {
            return "";
        }

        var said = $" ({code}: {message})".Replace(channel.IntegrationKey, "***", StringComparison.OrdinalIgnoreCase);
        return said.Length <= MaxQuoted ? said : said[..MaxQuoted] + "…)";
    }

    private static TimeSpan? RetryAfter(HttpResponse response)
    {
        var text = response.Header("Retry-After");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? TimeSpan.FromSeconds(Math.Max(0, Math.Ceiling((moment - DateTimeOffset.UtcNow).TotalSeconds)))
            : null;
    }

    public void Dispose() => _origin.Dispose();
}
