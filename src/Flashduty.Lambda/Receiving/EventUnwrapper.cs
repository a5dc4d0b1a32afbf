using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Finds the events in what AWS sends: an event, an array of them, or a message of another service around either.</summary>
internal static class EventUnwrapper
{
    private const int MaxLevels = 8;

    public static Result<EventBridgeEvent[]> Read(ReadOnlyMemory<byte> utf8) =>
        EventJson.Parse(utf8).TryGetValue(out var root, out var failure) ? Read(root) : failure;

    /// <summary>Reads the body of a message from a queue.</summary>
    public static Result<EventBridgeEvent[]> Read(SqsMessage message) => Read(Encoding.UTF8.GetBytes(JsonText.Of(message.Body)));

    /// <returns>All of the events, at least one; a failure if any of them cannot be read.</returns>
    public static Result<EventBridgeEvent[]> Read(JsonElement root)
    {
        // Nearly always it is an event.
        if (root.TryGetMember("detail-type", out _))
        {
            return EventReader.Read(root).TryGetValue(out var e, out var refusal) ? new[] { e } : refusal;
        }

        var events = new List<EventBridgeEvent>();
        return Add(events, root, MaxLevels) is { } failure ? failure : events.ToArray();
    }

    /// <summary>Adds the events of <paramref name="element"/>.</summary>
    /// <param name="events">Where they go.</param>
    /// <param name="element">Any JSON value.</param>
    /// <param name="levels">How many more messages may be wrapped around an event.</param>
    /// <param name="id">The id of an event that has none of its own; null: one made of its content.</param>
    private static Failure? Add(List<EventBridgeEvent> events, JsonElement element, int levels, string? id = null)
    {
        if (levels == 0)
        {
            return Refusal.TooManyWrappers();
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            return AddAll(events, element, levels);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return Refusal.NotAnObject(element);
        }

        if (element.TryGetMember("detail-type", out _))
        {
            return Add(events, EventReader.Read(element, id));
        }

        if (element.TryGetMember("Records", out var records) && records.ValueKind == JsonValueKind.Array)
        {
            return AddAll(events, records, levels);
        }

        if (SnsNotification.Message(element) is { } message)
        {
            return AddText(events, message, levels, "The SNS notification's Message");
        }

        if (Text(element, "eventSource") == "aws:sqs")
        {
            return AddText(events, Text(element, "body"), levels, "The SQS message's body");
        }

        if (element.TryGetMember("SystemMetadata", out var metadata) && element.TryGetMember("Data", out var data))
        {
            return Add(events, data, levels - 1, Text(metadata, "aws:EventId") is { Length: > 0 } eventId ? eventId : null);
        }

        if (CloudWatchAlarm.Read(element) is { } alarm)
        {
            return Add(events, alarm);
        }

        if (InvocationRecord.Payload(element) is { } payload)
        {
            var inner = new List<EventBridgeEvent>();
            var failure = Add(inner, payload, levels - 1);
            if (failure is not null && InvocationRecord.Read(element) is { } invocation)
            {
                // Another function's invocation, which failed on something else than an event.
                return Add(events, invocation);
            }

            events.AddRange(inner);
            return failure;
        }

        if (DeliveryFailureRecord.IsOne(element))
        {
            return AddFailedDelivery(events, element);
        }

        return element.TryGetMember("source", out _) ? Refusal.MemberIsMissing(element, "detail-type") : Refusal.Unrecognized(element);
    }

    private static Failure? AddAll(List<EventBridgeEvent> events, JsonElement array, int levels)
    {
        if (array.GetArrayLength() == 0)
        {
            return Refusal.EmptyArray();
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Add(events, item, levels - 1) is { } failure)
            {
                return failure with { Message = $"Element {index} of the array: {failure.Message}" };
            }

            index++;
        }

        return null;
    }

    private static Failure? AddText(List<EventBridgeEvent> events, string text, int levels, string place)
    {
        var failure = EventJson.Parse(Encoding.UTF8.GetBytes(text)).TryGetValue(out var root, out var invalid)
            ? Add(events, root, levels - 1)
            : invalid;
        return failure is null ? null : failure with { Message = $"{place}: {failure.Message}" };
    }

    /// <summary>The failed events themselves, if the record has them; else the failure is the event.</summary>
    private static Failure? AddFailedDelivery(List<EventBridgeEvent> events, JsonElement record)
    {
        var failed = DeliveryFailureRecord.Events(record);
        foreach (var e in failed)
        {
            if (Add(events, EventReader.Read(e)) is { } failure)
            {
                return failure;
            }
        }

        return failed.Count > 0 ? null : Add(events, DeliveryFailureRecord.Read(record));
    }

    private static Failure? Add(List<EventBridgeEvent> events, Result<EventBridgeEvent> result)
    {
        if (result.TryGetValue(out var e, out var failure))
        {
            events.Add(e);
        }

        return failure;
    }

    private static string Text(JsonElement element, string name) => element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
