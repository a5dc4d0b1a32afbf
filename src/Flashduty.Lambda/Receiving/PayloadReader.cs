using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Step 1: recognizes what the function was invoked with.</summary>
internal static class PayloadReader
{
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
        if (!EventJson.Parse(utf8).TryGetValue(out var root, out var failure))
        {
            return new Payload.Unrecognized(failure);
        }

        if (root.TryGetMember("requestContext", out var context)
            && context.TryGetMember("http", out var http)
            && http.ValueKind == JsonValueKind.Object)
        {
            return new Payload.UrlRequest(ReadRequest(root, http));
        }

        if (!root.TryGetMember("detail-type", out _)
            && root.TryGetMember("Records", out var records)
            && records.ValueKind == JsonValueKind.Array
            && records.EnumerateArray().All(IsSqs))
        {
            return ReadBatch(records);
        }

        return EventUnwrapper.Read(root).TryGetValue(out var events, out failure)
            ? new Payload.Events(events)
            : new Payload.Unrecognized(failure);
    }

    private static Payload ReadBatch(JsonElement records)
    {
        var messages = new SqsMessage[records.GetArrayLength()];
        var count = 0;
        foreach (var record in records.EnumerateArray())
        {
            if (Text(record, "messageId") is not { Length: > 0 } id)
            {
                // Nothing could report its failure, so the whole batch comes again.
                return new Payload.Unrecognized(Failure.Invalid($"The SQS record {count} has no \"messageId\"."));
            }

            messages[count++] = new SqsMessage(id, record.TryGetMember("body", out var body) ? body : default);
        }

        return new Payload.Batch(messages);
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

    /// <summary>Of the members, those that are looked at: a request has a dozen headers, and few of them matter.</summary>
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

    private static bool IsSqs(JsonElement record) => Text(record, "eventSource") == "aws:sqs";

    private static string Text(JsonElement element, string name) =>
        element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
