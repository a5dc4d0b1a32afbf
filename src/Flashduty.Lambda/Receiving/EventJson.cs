using System.Text.Json;
using System.Text.Unicode;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Receiving;

/// <summary>Parses what came from outside, and reports what is wrong with invalid JSON.</summary>
internal static class EventJson
{
    /// <summary>How deep an event may nest.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="IntegrationException">The text is empty, not UTF-8, not JSON, or nests too deep.</exception>
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

    private static IntegrationException Invalid(string message) => new(ErrorCode.InvalidParameter, message);
}
