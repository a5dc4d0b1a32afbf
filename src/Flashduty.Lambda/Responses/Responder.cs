using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Responses;

/// <summary>Step 6: answers in the caller's own shape.</summary>
internal static class Responder
{
    /// <summary>To a rule's invocation: the envelope is the result.</summary>
    public static Stream Event(string requestId, IEnumerable<string> alertKeys) => Stream(Envelope.Success(requestId, alertKeys));

    /// <summary>To the Function URL's caller, for an event that was delivered.</summary>
    public static Stream UrlSuccess(string requestId, IEnumerable<string> alertKeys) =>
        Url(200, requestId, Envelope.Success(requestId, alertKeys), null);

    /// <summary>To the Function URL's caller, for one that was not.</summary>
    public static Stream UrlError(string requestId, Failure error) =>
        Url(Status(error.Code), requestId, Envelope.Error(requestId, error), error.RetryAfter);

    /// <summary>To a queue: the messages that have to come again, and only those.</summary>
    public static Stream Batch(IEnumerable<string> failedMessageIds)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, JsonOutput.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("batchItemFailures");
            foreach (var id in failedMessageIds)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier", id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Stream(body.WrittenMemory);
    }

    /// <summary>EventBridge tries a 429 and a 5xx again, and dead-letters what gets another 4xx.</summary>
    public static int Status(ErrorCode code) => code switch
    {
        ErrorCode.Unauthorized => 401,
        ErrorCode.InvalidParameter or ErrorCode.InvalidContentType or ErrorCode.MethodNotAllowed => 400,
        ErrorCode.RouteNotFound => 404,
        ErrorCode.RequestTooFrequently => 429,
        _ => 500,
    };

    private static Stream Url(int status, string requestId, ReadOnlyMemory<byte> envelope, TimeSpan? retryAfter)
    {
        var response = new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = status,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Content-Type"] = "application/json",
                ["Flashcat-Request-Id"] = requestId,
            },
            Body = Encoding.UTF8.GetString(envelope.Span),
        };
        if (retryAfter is { } wait)
        {
            response.Headers["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Stream(Write(response));
    }

    /// <summary>By hand: a serializer's set-up would cost a cold start more than the whole of this step.</summary>
    private static ReadOnlyMemory<byte> Write(APIGatewayHttpApiV2ProxyResponse response)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteNumber("statusCode", response.StatusCode);
        json.WriteStartObject("headers");
        foreach (var (name, value) in response.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("body", response.Body);
        json.WriteBoolean("isBase64Encoded", response.IsBase64Encoded);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes)
    {
        MemoryMarshal.TryGetArray(bytes, out var array);
        return new MemoryStream(array.Array ?? [], array.Offset, array.Count, writable: false, publiclyVisible: true);
    }
}
