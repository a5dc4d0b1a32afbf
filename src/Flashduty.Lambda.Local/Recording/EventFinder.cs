using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>An event inside an invocation's payload.</summary>
/// <param name="Utf8">Its JSON.</param>
internal sealed record FoundEvent(ReadOnlyMemory<byte> Utf8, EventBridgeEvent Event);

/// <summary>Finds the events in a payload of any shape: as it is, in an array, or inside a text (a body, a message).</summary>
internal static class EventFinder
{
    /// <summary>A text inside a text inside a text is as deep as any service wraps an event.</summary>
    private const int MaxNesting = 4;

    public static IReadOnlyList<FoundEvent> Find(ReadOnlyMemory<byte> payload)
    {
        var found = new List<FoundEvent>();
        Parse(payload, found, 0);
        return found;
    }

    private static void Parse(ReadOnlyMemory<byte> utf8, List<FoundEvent> found, int nesting)
    {
        try
        {
            Visit(JsonDocument.Parse(utf8).RootElement, found, nesting);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON or not UTF-8, so no event either; the function says so itself.
        }
    }

    private static void Visit(JsonElement element, List<FoundEvent> found, int nesting)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty("detail-type", out _) && element.TryGetProperty("source", out _):
                Add(element, found);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Visit(member.Value, found, nesting);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Visit(item, found, nesting);
                }

                break;
            case JsonValueKind.String when nesting < MaxNesting && Text(element) is { } utf8:
                Parse(utf8, found, nesting + 1);
                break;
        }
    }

    /// <summary>What is not an event the function refuses, and says why.</summary>
    private static void Add(JsonElement element, List<FoundEvent> found)
    {
        var utf8 = JsonMarshal.GetRawUtf8Value(element).ToArray(); // as it came: it may not be UTF-8
        if (EventReader.Read(utf8).TryGetValue(out var e, out _))
        {
            found.Add(new FoundEvent(utf8, e));
        }
    }

    /// <summary>The text, if it may be JSON: as it is, or in base64.</summary>
    private static byte[]? Text(JsonElement element)
    {
        try
        {
            var text = element.GetString()!;
            var utf8 = text.AsSpan().TrimStart() is ['{' or '[', ..] ? Encoding.UTF8.GetBytes(text)
                : element.TryGetBytesFromBase64(out var bytes) ? bytes : [];
            return utf8.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? utf8 : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate
        }
    }
}
