using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Delivery;

/// <summary>The body of an answer, in Flashduty's response format.</summary>
/// <param name="IsJson">Whether it is a JSON object at all; a proxy's page is not.</param>
/// <param name="ErrorCode">Null if it has no error.</param>
internal readonly record struct FlashdutyAnswer(bool IsJson, string? ErrorCode, string? ErrorMessage)
{
    private const string Unnamed = "an error";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static FlashdutyAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string in it is not UTF-8.
            return default;
        }
    }

    private static FlashdutyAnswer Read(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            var value = member.Value;
            switch (JsonText.NameOf(member))
            {
                case "error" when value.ValueKind == JsonValueKind.Object:
                    return new(true, Text(value, "code") is { Length: > 0 } code ? code : Unnamed, Text(value, "message"));
                case "error" when value.ValueKind != JsonValueKind.Null:
                    return new(true, Unnamed, JsonText.Of(value));
                case "success" when value.ValueKind == JsonValueKind.False:
                    return new(true, Unnamed, "\"success\" is false");
            }
        }

        return new(true, null, null);
    }

    private static string Text(JsonElement error, string name) => error.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
