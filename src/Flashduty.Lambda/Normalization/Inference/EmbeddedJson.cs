using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>JSON that an event carries as text: it counts as the object it is.</summary>
internal static class EmbeddedJson
{
    private const int MaxLength = 64 * 1024;
    private const int MaxDepth = 32;

    /// <returns>The object or array that a string holds; the element itself if it holds none.</returns>
    public static JsonElement Unwrap(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return element;
        }

        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
        if (raw.Length is < 4 or > MaxLength || raw[1] is not ((byte)'{' or (byte)'[' or (byte)' ' or (byte)'\\'))
        {
            return element;
        }

        var text = JsonText.Of(element).AsMemory().Trim();
        if (text.Span is not (['{', .., '}'] or ['[', .., ']']))
        {
            return element;
        }

        try
        {
            var utf8 = Encoding.UTF8.GetBytes(text.ToString());
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement;
        }
        catch (JsonException)
        {
            return element;
        }
    }
}
