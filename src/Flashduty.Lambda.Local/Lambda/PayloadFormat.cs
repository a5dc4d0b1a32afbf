using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>Translates between HTTP and what a Function URL hands to the function: payload format version 2.0.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads</remarks>
internal static class PayloadFormat
{
    private const string HostName = "localhost";

    /// <param name="requestId">Of the invocation.</param>
    /// <exception cref="BadHttpRequestException">The body did not arrive, or is larger than the server takes.</exception>
    public static async Task<APIGatewayHttpApiV2ProxyRequest> ReadAsync(HttpContext http, string requestId, DateTimeOffset now)
    {
        var request = http.Request;
        var path = RawPath(http);
        var (body, isBase64) = Encode(await ReadBodyAsync(request), request.ContentType);
        return new APIGatewayHttpApiV2ProxyRequest
        {
            Version = "2.0",
            RouteKey = "$default",
            RawPath = path,
            RawQueryString = (request.QueryString.Value ?? "").TrimStart('?'),
            Cookies = Cookies(request)!,
            Headers = request.Headers
                .Where(header => !header.Key.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value.ToArray())),
            QueryStringParameters = Query(request)!,
            RequestContext = new()
            {
                AccountId = "anonymous",
                ApiId = HostName,
                DomainName = request.Host.Host is { Length: > 0 } host ? host : HostName,
                DomainPrefix = HostName,
                Http = new()
                {
                    Method = request.Method,
                    Path = path,
                    Protocol = request.Protocol,
                    SourceIp = SourceIp(http.Connection.RemoteIpAddress),
                    UserAgent = request.Headers.UserAgent.ToString(),
                },
                RequestId = requestId,
                RouteKey = "$default",
                Stage = "$default",
                Time = now.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
                TimeEpoch = now.ToUnixTimeMilliseconds(),
            },
            Body = body!,
            IsBase64Encoded = isBase64,
        };
    }

    /// <exception cref="FormatException">The function's response is not a valid one: Lambda answers 502 then.</exception>
    public static async Task WriteAsync(APIGatewayHttpApiV2ProxyResponse response, HttpResponse http)
    {
        if (response.StatusCode is < 200 or > 599)
        {
            throw new FormatException($"The function's response has the statusCode {response.StatusCode}.");
        }

        var body = response.IsBase64Encoded
            ? Convert.FromBase64String(response.Body ?? "")
            : Encoding.UTF8.GetBytes(response.Body ?? "");
        http.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers ?? new Dictionary<string, string>())
        {
            http.Headers[name] = value;
        }

        if (body.Length > 0)
        {
            http.ContentType ??= "application/json";
            http.ContentLength = body.Length;
            await http.Body.WriteAsync(body);
        }
    }

    private static string RawPath(HttpContext http)
    {
        // As the client wrote it, which the server's own Path no longer is; but a proxy's client writes a whole URL.
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return target.StartsWith('/') ? target[..(end < 0 ? target.Length : end)] : http.Request.Path.ToUriComponent();
    }

    /// <returns>Null for none: the payload has no such member then.</returns>
    private static string[]? Cookies(HttpRequest request)
    {
        var cookies = request.Headers.Cookie
            .SelectMany(header => header!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToArray();
        return cookies.Length > 0 ? cookies : null;
    }

    /// <returns>Null for none, too.</returns>
    private static Dictionary<string, string>? Query(HttpRequest request)
    {
        // Not the server's own collection: its names have no case.
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value))
        {
            var (name, value) = (parameter.DecodeName().ToString(), parameter.DecodeValue().ToString());
            parameters[name] = parameters.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        }

        return parameters.Count > 0 ? parameters : null;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static (string? Body, bool IsBase64) Encode(byte[] body, string? contentType)
    {
        if (body.Length == 0)
        {
            return (null, false);
        }

        // JSON cannot hold text that is not UTF-8: base64 lets the function say so itself.
        return IsText(contentType) && Utf8.IsValid(body)
            ? (Encoding.UTF8.GetString(body), false)
            : (Convert.ToBase64String(body), true);
    }

    private static bool IsText(string? contentType)
    {
        var mediaType = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return mediaType is "application/json" or "application/xml" or "application/javascript"
            || mediaType.StartsWith("text/", StringComparison.Ordinal);
    }

    private static string SourceIp(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.Loopback).ToString();
}

/// <summary>The names and the omission of nulls are those of AWS's own serializer.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class PayloadJson : JsonSerializerContext;
