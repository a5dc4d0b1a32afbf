using System.Runtime.InteropServices;
using System.Text;
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

    /// <summary>A member by its exact name, which is ASCII; of several with that name the first.</summary>
    /// <remarks>Compares what is written: <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/> throws where another
    /// member's name holds a lone surrogate.</remarks>
    public static bool TryGetMember(this JsonElement element, ReadOnlySpan<char> name, out JsonElement value)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                var raw = JsonMarshal.GetRawUtf8PropertyName(property);
                if (Ascii.Equals(raw, name) || (raw.Contains((byte)'\\') && name.SequenceEqual(JsonText.NameOf(property))))
                {
                    value = property.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
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
