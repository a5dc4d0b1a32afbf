using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>The record that a custom event bus leaves in a subscriber's dead-letter queue, for the events of one failed batch.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-retry.html</remarks>
internal static class DeliveryFailureRecord
{
    /// <summary>How deep in the record an event may be.</summary>
    private const int MaxDepth = 4;

    public static bool IsOne(JsonElement element) =>
        element.TryGetMember("failedMessages", out var messages) && messages.ValueKind == JsonValueKind.Array
        && (element.TryGetMember("subscriberArn", out _) || element.TryGetMember("busArn", out _));

    /// <summary>The failed events that the record holds, as objects or as JSON texts. AWS documents their ids only.</summary>
    public static List<JsonElement> Events(JsonElement record)
    {
        var events = new List<JsonElement>();
        Collect(record, MaxDepth, events);
        return events;
    }

    /// <summary>The failure as an event of its own, for a record that has the ids of its events only.</summary>
    public static EventBridgeEvent Read(JsonElement record)
    {
        var target = Text(record, "targetArn");
        var (account, region) = ArnParts.Read(Text(record, "busArn") is { Length: > 0 } bus ? bus : Text(record, "subscriberArn"));
        return new EventBridgeEvent(
            ContentId.Create(record),
            "aws.events",
            "Event Delivery Failed",
            account,
            region,
            record.TryGetMember("failedMessages", out var messages) && messages.GetArrayLength() > 0 ? Text(messages[0], "timestamp") : "",
            target.Length > 0 ? [target] : [],
            record);
    }

    private static void Collect(JsonElement element, int depth, List<JsonElement> events)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetMember("detail-type", out _) && element.TryGetMember("source", out _):
                events.Add(element);
                break;
            case JsonValueKind.Object when depth > 0:
                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, depth - 1, events);
                }

                break;
            case JsonValueKind.Array when depth > 0:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, depth - 1, events);
                }

                break;
            case JsonValueKind.String when depth > 0 && JsonText.Of(element) is ['{' or '[', ..] text
                && EventJson.Parse(Encoding.UTF8.GetBytes(text)).TryGetValue(out var inner, out _):
                Collect(inner, depth - 1, events);
                break;
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
