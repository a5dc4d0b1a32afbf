using System.Text.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Reads an EventBridge event, and says what is wrong with a text that is none.</summary>
internal static class EventReader
{
    /// <summary>EventBridge's own limit is 256 KiB an entry.</summary>
    public const int MaxBytes = 1024 * 1024;

    public const int MaxDepth = 64;

    /// <exception cref="FlashdutyException">The text is no event.</exception>
    public static EventBridgeEvent Read(ReadOnlyMemory<byte> utf8) => Read(Parse(utf8));

    /// <exception cref="FlashdutyException">The text is too large, too deep or no JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, int maxDepth = MaxDepth)
    {
        if (utf8.IsEmpty)
        {
            throw Invalid("The body is empty: send an EventBridge event as JSON.");
        }

        if (utf8.Length > MaxBytes)
        {
            throw Invalid($"The event has {utf8.Length} bytes: {MaxBytes} is the most.");
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8.Span))
        {
            throw Invalid("The body is not UTF-8.");
        }

        try
        {
            // The document is not disposed of: its memory is not pooled but the caller's, and the event reads from it to the end.
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth }).RootElement;
        }
        catch (JsonException exception)
        {
            // Its message tells the place, and "maximum depth" where that is what is wrong; but it may quote the text, so it is ours.
            throw Invalid(IsTooDeep(utf8.Span, maxDepth)
                ? $"The event nests more than {maxDepth} deep."
                : $"The body is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
    }

    /// <exception cref="FlashdutyException">A member that every event has is missing.</exception>
    public static EventBridgeEvent Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid($"The body is a JSON {root.ValueKind}, not an EventBridge event.");
        }

        return new EventBridgeEvent(
            Required(root, "id"),
            Required(root, "source"),
            Required(root, "detail-type"),
            Optional(root, "account"),
            Optional(root, "region"),
            Optional(root, "time"),
            Resources(root),
            root.TryGetProperty("detail", out var detail) ? detail : default);
    }

    private static string Required(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            throw Invalid($"The event has no \"{name}\".");
        }

        return value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Invalid($"The event's \"{name}\" is not a string with text in it.");
    }

    private static string Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? JsonText.Of(value)
            : "";

    private static string[] Resources(JsonElement root)
    {
        if (!root.TryGetProperty("resources", out var resources))
        {
            return [];
        }

        return resources.ValueKind switch
        {
            JsonValueKind.String when JsonText.Of(resources) is { Length: > 0 } one => [one],
            JsonValueKind.Array =>
                [.. resources.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(JsonText.Of).Where(r => r.Length > 0)],
            _ => [],
        };
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            switch (utf8[i])
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\' when inString:
                    i++;
                    break;
                case (byte)'{' or (byte)'[' when !inString:
                    if (++depth > maxDepth)
                    {
                        return true;
                    }

                    break;
                case (byte)'}' or (byte)']' when !inString:
                    depth--;
                    break;
            }
        }

        return false;
    }

    private static FlashdutyException Invalid(string message) => new(ErrorCode.InvalidParameter, message);
}
