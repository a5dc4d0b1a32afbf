using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Receiving;

/// <summary>Reads a request to the Function URL, which is on the internet: its route first, its key next, its body last.</summary>
internal static class UrlRequestReader
{
    /// <summary>The path of Flashduty's own push URL; the bare <c>/</c> works as well.</summary>
    public const string PushPath = "/event/push/alert/aws-eventbridge";

    /// <summary>What a connection's <em>API key name</em> is set to.</summary>
    public const string KeyHeader = "FlashDuty";

    private const string ContentTypeHeader = "Content-Type";
    private const string SnsHeader = "X-Amz-Sns-Message-Type";

    /// <summary>The headers that are looked at.</summary>
    public static readonly string[] Headers = [KeyHeader, ContentTypeHeader, SnsHeader];

    /// <summary>The query parameters that are looked at.</summary>
    public static readonly string[] Parameters = [IntegrationKey.Name];

    /// <returns>Null if the path, the method and the content type are those of a pushed event.</returns>
    public static Failure? Validate(APIGatewayHttpApiV2ProxyRequest request)
    {
        var path = request.RawPath is { Length: > 0 } raw ? raw : request.RequestContext.Http.Path;
        if (path is not ("/" or PushPath))
        {
            return new Failure(ErrorCode.RouteNotFound, $"Not found: send events with POST to / or {PushPath}.");
        }

        var method = request.RequestContext.Http.Method;
        if (method != "POST")
        {
            return new Failure(
                ErrorCode.MethodNotAllowed,
                $"Found {(method is { Length: > 0 } ? Refusal.Name(method) : "no method")}: events are sent with POST. "
                + "This address is for an EventBridge API destination, not for a browser.");
        }

        if (Header(request, SnsHeader) is not null)
        {
            return new Failure(
                ErrorCode.InvalidContentType,
                "Found an SNS notification. SNS cannot send the integration key over HTTPS: "
                + "subscribe the function itself, or its SQS queue, to the topic.");
        }

        var contentType = Header(request, ContentTypeHeader) ?? "";
        var mediaType = contentType.AsSpan(0, contentType.IndexOf(';') is var end and >= 0 ? end : contentType.Length).Trim();
        if (!mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            var found = mediaType.IsEmpty ? "There is no Content-Type" : $"The Content-Type is {Refusal.Name(mediaType.ToString())}";
            return new Failure(ErrorCode.InvalidContentType, $"{found}: it has to be application/json.");
        }

        return null;
    }

    /// <summary>The integration key that the request presents, the header's before the query's; null for none.</summary>
    public static string? Key(APIGatewayHttpApiV2ProxyRequest request)
    {
        if (Header(request, KeyHeader) is { Length: > 0 } header)
        {
            return header;
        }

        return request.QueryStringParameters.TryGetValue(IntegrationKey.Name, out var parameter) ? parameter : null;
    }

    public static Result<EventBridgeEvent[]> ReadEvents(APIGatewayHttpApiV2ProxyRequest request)
    {
        var body = request.Body;
        if (!request.IsBase64Encoded)
        {
            return EventUnwrapper.Read(Encoding.UTF8.GetBytes(body));
        }

        try
        {
            return EventUnwrapper.Read(Convert.FromBase64String(body));
        }
        catch (FormatException)
        {
            return Failure.Invalid("The body is marked as base64 but is not valid base64.");
        }
    }

    private static string? Header(APIGatewayHttpApiV2ProxyRequest request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value : null;
}
