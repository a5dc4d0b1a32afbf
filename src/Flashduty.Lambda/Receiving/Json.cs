using System.Text.Json;
using System.Text.Unicode;

namespace Flashduty.Lambda.Receiving;

/// <summary>Parses what came from outside, and says what is wrong with what is no JSON.</summary>
internal static class Json
{
    /// <summary>How deep an event may nest.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="FlashdutyException">The text is empty, not UTF-8, not JSON, or nests too deep.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, int maxDepth = MaxDepth)
    {
        if (utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Invalid("The body is empty: send an EventBridge event as JSON.");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            throw Invalid("The body is not UTF-8.");
        }

        try
        {
            // Not disposed of: its memory is the caller's, and the event reads from it to the end.
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth }).RootElement;
        }
        catch (JsonException exception)
        {
            // The exception's own message may quote the text, so it stays here.
            throw Invalid(IsTooDeep(utf8.Span, maxDepth)
                ? $"The event nests more than {maxDepth} deep."
                : $"The body is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
    }

    /// <summary>A member of an object, by its name; of several, the last.</summary>
    public static bool TryGet(this JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException) when (element.ValueKind == JsonValueKind.Object)
        {
            // On its way it met a name that holds a lone surrogate.
            value = default;
            foreach (var member in element.EnumerateObject())
            {
                value = JsonText.NameOf(member) == name ? member.Value : value;
            }

            return value.ValueKind != JsonValueKind.Undefined;
        }
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var depth = 0;
        var isInString = false;
        for (var i = 0; i < utf8.Length && depth <= maxDepth; i++)
        {
            if (isInString && utf8[i] == '\\')
            {
                i++;
            }
            else if (isInString)
            {
                isInString = utf8[i] != '"';
            }
            else
            {
                isInString = utf8[i] == '"';
                depth += utf8[i] is (byte)'{' or (byte)'[' ? 1 : utf8[i] is (byte)'}' or (byte)']' ? -1 : 0;
            }
        }

        return depth > maxDepth;
    }

    private static FlashdutyException Invalid(string message) => new(ErrorCode.InvalidParameter, message);
}
