using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Receiving;

/// <summary>Reads a request to the Function URL, which is on the internet: its route first, its key next, its body last.</summary>
internal static class UrlRequestReader
{
    /// <summary>The path Flashduty's own push URL has; the bare <c>/</c> is as good.</summary>
    public const string PushPath = "/event/push/alert/aws-eventbridge";

    /// <summary>What a connection's <em>API key name</em> is set to.</summary>
    public const string KeyHeader = "FlashDuty";

    private const string ContentTypeHeader = "Content-Type";

    /// <summary>The headers that are looked at.</summary>
    public static readonly string[] Headers = [KeyHeader, ContentTypeHeader];

    /// <summary>The query parameters that are looked at.</summary>
    public static readonly string[] Parameters = [IntegrationKey.Name];

    /// <exception cref="IntegrationException">The path, method or content type is not what events are pushed with.</exception>
    public static void Validate(APIGatewayHttpApiV2ProxyRequest request)
    {
        var path = request.RawPath is { Length: > 0 } raw ? raw : request.RequestContext.Http.Path;
        if (path is not ("/" or PushPath))
        {
            throw new IntegrationException(ErrorCode.RouteNotFound, $"Nothing is here: POST to / or {PushPath}.");
        }

        if (request.RequestContext.Http.Method != "POST")
        {
            throw new IntegrationException(ErrorCode.MethodNotAllowed, "Events are pushed with POST.");
        }

        var contentType = Header(request, ContentTypeHeader) ?? "";
        var mediaType = contentType.AsSpan(0, contentType.IndexOf(';') is var end and >= 0 ? end : contentType.Length).Trim();
        if (!mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new IntegrationException(ErrorCode.InvalidContentType, "The Content-Type is not application/json.");
        }
    }

    /// <summary>The integration key the request presents, the header's before the query's; null for none.</summary>
    public static string? Key(APIGatewayHttpApiV2ProxyRequest request)
    {
        if (Header(request, KeyHeader) is { Length: > 0 } header)
        {
            return header;
        }

        return request.QueryStringParameters.TryGetValue(IntegrationKey.Name, out var parameter) ? parameter : null;
    }

    /// <exception cref="IntegrationException">The body is no event.</exception>
    public static EventBridgeEvent ReadEvent(APIGatewayHttpApiV2ProxyRequest request)
    {
        var body = request.Body;
        if (!request.IsBase64Encoded)
        {
            return EventReader.Read(Encoding.UTF8.GetBytes(body));
        }

        try
        {
            return EventReader.Read(Convert.FromBase64String(body));
        }
        catch (FormatException)
        {
            throw new IntegrationException(ErrorCode.InvalidParameter, "The body is said to be base64, and is not.");
        }
    }

    private static string? Header(APIGatewayHttpApiV2ProxyRequest request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value : null;
}
