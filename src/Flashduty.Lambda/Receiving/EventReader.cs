using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Reads an EventBridge event, and says what is missing in what is none.</summary>
internal static class EventReader
{
    /// <summary>EventBridge's own limit is 256 KiB an entry.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <exception cref="IntegrationException">The text is no event.</exception>
    public static EventBridgeEvent Read(ReadOnlyMemory<byte> utf8) =>
        utf8.Length <= MaxBytes ? Read(EventJson.Parse(utf8)) : throw TooLarge(utf8.Length);

    /// <summary>Reads the body of a queue's message: an event, or the record that a failed asynchronous invocation leaves.</summary>
    /// <exception cref="IntegrationException">The text is neither.</exception>
    public static EventBridgeEvent ReadQueued(string body)
    {
        // One level more than an event has, for the record around it.
        var root = EventJson.Parse(Encoding.UTF8.GetBytes(body), EventJson.MaxDepth + 1);
        return root.ValueKind == JsonValueKind.Object
            && !root.TryGetMember("detail-type", out _)
            && root.TryGetMember("requestPayload", out var payload)
                ? Read(payload)
                : Read(root);
    }

    /// <exception cref="IntegrationException">A member that every event has is missing.</exception>
    public static EventBridgeEvent Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid($"The body is a JSON {root.ValueKind.ToString().ToLowerInvariant()}, not an EventBridge event.");
        }

        return new EventBridgeEvent(
            Required(root, "id"),
            Required(root, "source"),
            Required(root, "detail-type"),
            Optional(root, "account"),
            Optional(root, "region"),
            Optional(root, "time"),
            Resources(root),
            root.TryGetMember("detail", out var detail) ? detail : default)
        {
            ReplayName = Optional(root, "replay-name"),
        };
    }

    public static IntegrationException TooLarge(int bytes) => Invalid($"The event has {bytes} bytes: {MaxBytes} is the most.");

    private static string Required(JsonElement root, string name)
    {
        if (!root.TryGetMember(name, out var value))
        {
            throw Invalid($"The event has no \"{name}\".");
        }

        return value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Invalid($"The event's \"{name}\" is not a string with text in it.");
    }

    private static string Optional(JsonElement root, string name) =>
        root.TryGetMember(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? JsonText.Of(value)
            : "";

    private static IReadOnlyList<string> Resources(JsonElement root)
    {
        if (!root.TryGetMember("resources", out var resources))
        {
            return [];
        }

        if (resources.ValueKind != JsonValueKind.Array)
        {
            return resources.ValueKind == JsonValueKind.String && JsonText.Of(resources) is { Length: > 0 } only ? [only] : [];
        }

        var texts = new List<string>(resources.GetArrayLength());
        foreach (var resource in resources.EnumerateArray())
        {
            if (resource.ValueKind == JsonValueKind.String && JsonText.Of(resource) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static IntegrationException Invalid(string message) => new(ErrorCode.InvalidParameter, message);
}
