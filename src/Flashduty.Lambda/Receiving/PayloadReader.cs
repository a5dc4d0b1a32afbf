using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Step 1: tells the three shapes apart.</summary>
internal static class PayloadReader
{
    private const string Shapes =
        "The payload is neither a Function URL request (requestContext.http), nor an EventBridge event (id, source, detail-type), "
        + "nor an SQS batch (Records of aws:sqs).";

    public static async ValueTask<Payload> ReadAsync(Stream payload)
    {
        // The Runtime API's client hands over a buffer: read where it is, without a copy.
        if (payload is MemoryStream memory && memory.TryGetBuffer(out var buffer))
        {
            return Read(buffer.AsMemory((int)memory.Position));
        }

        using var copy = new MemoryStream();
        await payload.CopyToAsync(copy);
        return Read(copy.ToArray());
    }

    public static Payload Read(ReadOnlyMemory<byte> utf8)
    {
        JsonElement root;
        try
        {
            root = EventJson.Parse(utf8);
        }
        catch (IntegrationException exception)
        {
            return new Payload.Unrecognized(exception);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new Payload.Unrecognized(new IntegrationException(ErrorCode.InvalidParameter, Shapes));
        }

        if (root.TryGetMember("requestContext", out var context)
            && context.ValueKind == JsonValueKind.Object
            && context.TryGetMember("http", out var http)
            && http.ValueKind == JsonValueKind.Object)
        {
            return new Payload.UrlRequest(ReadRequest(root, http));
        }

        if (root.TryGetMember("Records", out var records) && records.ValueKind == JsonValueKind.Array && records.GetArrayLength() > 0
            && records.EnumerateArray().All(IsSqs))
        {
            return new Payload.Batch([.. records.EnumerateArray().Select(ReadMessage)]);
        }

        // Anything else can only be meant as an event, and EventReader says best what it lacks; but a test event of the console's
        // ({"key1":…}) is told all three shapes.
        if (root.TryGetMember("source", out _) || root.TryGetMember("detail-type", out _))
        {
            return utf8.Length <= EventReader.MaxBytes
                ? new Payload.Event(root)
                : new Payload.Unrecognized(EventReader.TooLarge(utf8.Length));
        }

        return new Payload.Unrecognized(new IntegrationException(ErrorCode.InvalidParameter, Shapes));
    }

    private static APIGatewayHttpApiV2ProxyRequest ReadRequest(JsonElement root, JsonElement http) => new()
    {
        RawPath = Text(root, "rawPath"),
        Headers = Map(root, "headers", UrlRequestReader.Headers),
        QueryStringParameters = Map(root, "queryStringParameters", UrlRequestReader.Parameters),
        RequestContext = new() { Http = new() { Method = Text(http, "method"), Path = Text(http, "path") } },
        Body = Text(root, "body"),
        IsBase64Encoded = root.TryGetMember("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True,
    };

    /// <summary>Of the members, those that are looked at: a request has a dozen headers, and two of them matter.</summary>
    private static Dictionary<string, string> Map(JsonElement root, string name, string[] names)
    {
        // Lambda writes header names in lower case; whoever else makes such a payload may not.
        var map = new Dictionary<string, string>(names.Length, StringComparer.OrdinalIgnoreCase);
        if (root.TryGetMember(name, out var members) && members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                var memberName = JsonText.NameOf(member);
                foreach (var wanted in names)
                {
                    if (memberName.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    {
                        map[wanted] = JsonText.Of(member.Value);
                    }
                }
            }
        }

        return map;
    }

    private static bool IsSqs(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && Text(record, "eventSource") == "aws:sqs" && Text(record, "messageId").Length > 0;

    private static SqsMessage ReadMessage(JsonElement record) => new(Text(record, "messageId"), Text(record, "body"));

    private static string Text(JsonElement element, string name) =>
        element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
