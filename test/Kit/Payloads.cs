using System.Text.Json;

namespace Kit;

/// <summary>Payloads that Lambda invokes the function with.</summary>
public static class Payloads
{
    /// <summary>The integration key of the tests.</summary>
    public const string Key = "key0123456789abcdef";

    /// <summary>An event of EC2, as a rule of EventBridge delivers it.</summary>
    public const string Event =
        """{"id":"7bf73129-1428-4cd3-a780-95db273d1602","source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","account":"111122223333","region":"us-west-1","time":"2017-12-22T18:43:48Z","resources":["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],"detail":{"instance-id":"i-1234567890abcdef0","state":"terminated"}}""";

    public static string UrlRequest(
        string? body, string? key = Key, string? queryKey = null, string method = "POST", string path = "/",
        string? contentType = "application/json", bool isBase64Encoded = false)
    {
        var headers = new Dictionary<string, string> { ["host"] = "x.lambda-url.us-east-1.on.aws" };
        if (contentType is not null)
        {
            headers["content-type"] = contentType;
        }

        if (key is not null)
        {
            headers["flashduty"] = key;
        }

        return JsonSerializer.Serialize(new
        {
            version = "2.0",
            rawPath = path,
            rawQueryString = queryKey is null ? "" : $"integration_key={queryKey}",
            headers,
            queryStringParameters = queryKey is null ? null : new Dictionary<string, string> { ["integration_key"] = queryKey },
            requestContext = new { http = new { method, path, protocol = "HTTP/1.1", sourceIp = "127.0.0.1", userAgent = "test" } },
            body,
            isBase64Encoded,
        });
    }

    public static string Batch(params (string Id, string Body)[] messages) => JsonSerializer.Serialize(new
    {
        Records = messages.Select(message => new { messageId = message.Id, body = message.Body, eventSource = "aws:sqs" }),
    });
}
