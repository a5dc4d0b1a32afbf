using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>Flashduty's endpoint for standard alert events.</summary>
/// <remarks>https://docs.flashcat.cloud/en/flashduty/custom-alert-integration-guide</remarks>
internal sealed class FlashdutyClient(HttpMessageHandler handler, Uri baseUrl, TimeProvider time) : IDisposable
{
    /// <summary>A longer answer is not one of Flashduty's.</summary>
    public const int MaxResponseBytes = 64 * 1024;

    private const string PushPath = "/event/push/alert/standard?integration_key=";
    private const int MaxQuotedLength = 300;

    /// <summary>The wait after a 429 that does not name one.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>No caller is asked to wait longer, whatever Flashduty's answer says.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(15);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _invoker = new(handler);

    /// <summary>The push URL of each integration key: to parse it again for each alert would cost a twentieth of an event.</summary>
    private readonly ConcurrentDictionary<string, Uri> _urls = new(StringComparer.Ordinal);

    /// <summary>Opens a connection, so that the first alert need not wait for one. Failures do not matter: the alert will meet them.</summary>
    public async Task WarmUpAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        using var request = new HttpRequestMessage(HttpMethod.Head, baseUrl);
        try
        {
            using var response = await _invoker.SendAsync(request, limit.Token);
        }
        catch (HttpRequestException)
        {
            // The first alert opens a connection, and names the failure if it persists.
        }
    }

    /// <summary>Sends an alert once. It may arrive twice, if a kept connection breaks; the alert key makes that the same alert.</summary>
    public async Task<PushResult> PushAsync(ReadOnlyMemory<byte> alert, Channel channel, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, _urls.GetOrAdd(channel.IntegrationKey, CreateUrl))
        {
            Content = new ReadOnlyMemoryContent(alert) { Headers = { ContentType = Json } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", Product.UserAgent);
        try
        {
            using var response = await _invoker.SendAsync(request, limit.Token);
            return Classify(response, FlashdutyAnswer.Read(await response.Content.ReadAsByteArrayAsync()), channel);
        }
        catch (TransportException exception)
        {
            return Failed($"{exception.Message} (channel {channel.Name})", exception.IsTransient);
        }
    }

    private Uri CreateUrl(string integrationKey) => new(baseUrl, PushPath + Uri.EscapeDataString(integrationKey));

    private PushResult Classify(HttpResponseMessage response, FlashdutyAnswer answer, Channel channel)
    {
        var status = (int)response.StatusCode;

        // What these mean is that there is no answer, or not all of it.
        var isSuccess = status is >= 200 and < 300 and not (204 or 205 or 206);
        if (isSuccess && answer is { IsJson: true, ErrorCode: null })
        {
            return PushResult.Accepted;
        }

        var retryAfter = RetryAfter(response.Headers.RetryAfter);
        if (status == 429 || answer.ErrorCode == nameof(ErrorCode.RequestTooFrequently))
        {
            var message = $"Flashduty asks to slow down (channel {channel.Name}).";
            return new PushResult(new Failure(ErrorCode.RequestTooFrequently, message, retryAfter ?? DefaultRetryAfter), IsTransient: true);
        }

        var quote = Quote(answer, channel);
        if (status is 408 or >= 500 || answer.ErrorCode == nameof(ErrorCode.InternalError))
        {
            return Failed($"failed for channel {channel.Name} with status {status}{quote}", isTransient: true, retryAfter);
        }

        if (status < 300 && answer.ErrorCode is null)
        {
            return Failed($"failed for channel {channel.Name}: status {status} without an answer in Flashduty's format", isTransient: true, retryAfter);
        }

        return status is 401 or 403 || answer.ErrorCode == nameof(ErrorCode.Unauthorized)
            ? Failed($"refused the integration key of channel {channel.Name} with status {status}{quote}: check that entry of the secret", false)
            : Failed($"refused the alert for channel {channel.Name} with status {status}{quote}", false);
    }

    private PushResult Failed(string what, bool isTransient, TimeSpan? retryAfter = null) =>
        new(new Failure(ErrorCode.InternalError, $"Flashduty at {baseUrl.Authority} {what}.", retryAfter), isTransient);

    /// <summary>Flashduty's own words, with the key redacted in case they echo it.</summary>
    private static string Quote(FlashdutyAnswer answer, Channel channel)
    {
        if (answer.ErrorCode is null)
        {
            return "";
        }

        var quote = $" ({answer.ErrorCode}: {answer.ErrorMessage})".Replace(channel.IntegrationKey, "***", StringComparison.OrdinalIgnoreCase);
        return quote.Length <= MaxQuotedLength ? quote : quote[..MaxQuotedLength] + "…)";
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait is not { } asked ? null
            : asked > MaxRetryAfter ? MaxRetryAfter
            : asked > TimeSpan.Zero ? TimeSpan.FromSeconds(Math.Ceiling(asked.TotalSeconds))
            : TimeSpan.Zero;
    }

    public void Dispose() => _invoker.Dispose();
}
