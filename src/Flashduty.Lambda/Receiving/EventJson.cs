using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Limits;

namespace Flashduty.Lambda.Receiving;

/// <summary>Parses what came from outside, and reports what is wrong with invalid JSON.</summary>
internal static class EventJson
{
    /// <summary>Parses UTF-8 text. A byte order mark at its head is ignored.</summary>
    /// <returns>A failure if the text is empty, not UTF-8, not JSON, or nests too deep even for wrapped events.</returns>
    public static Result<JsonElement> Parse(ReadOnlyMemory<byte> utf8)
    {
        utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Failure.Invalid("The body is empty: send an EventBridge event as JSON.");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Failure.Invalid("The body is not UTF-8.");
        }

        const int MaxDepth = SizeLimits.EventDepth + SizeLimits.WrapperDepth;
        try
        {
            // Not disposed of: its memory is the caller's, and the event reads from it to the end.
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement;
        }
        catch (JsonException exception)
        {
            // The exception's own message may quote the text, so it stays here.
            return IsDeeper(utf8.Span, MaxDepth)
                ? TooDeep()
                : Failure.Invalid($"The body is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
    }

    /// <summary>Whether one event, without what is wrapped around it, is within its limits.</summary>
    public static Failure? CheckLimits(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return raw.Length > SizeLimits.EventBytes
            ? Failure.Invalid($"The event is {raw.Length} bytes; the limit is {SizeLimits.EventBytes}.")
            : IsDeeper(raw, SizeLimits.EventDepth) ? TooDeep() : null;
    }

    private static Failure TooDeep() => Failure.Invalid($"The event nests more than {SizeLimits.EventDepth} deep.");

    private static bool IsDeeper(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        // Nothing nests deeper than it has opening brackets, and few events have as many.
        if (utf8.Count((byte)'{') + utf8.Count((byte)'[') <= maxDepth)
        {
            return false;
        }

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
}
