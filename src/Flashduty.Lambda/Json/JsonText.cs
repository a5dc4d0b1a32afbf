using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Flashduty.Lambda.Json;

/// <summary>Text out of JSON that may be odd: a lone surrogate (<c>"\ud83d"</c>), which JSON allows and Unicode does not, is read as
/// U+FFFD, where <see cref="JsonElement.GetString"/> throws.</summary>
internal static class JsonText
{
    /// <summary>A string's text; a number, <c>true</c>, <c>false</c>, array or object as written; empty for null and undefined.</summary>
    public static string Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                var raw = JsonMarshal.GetRawUtf8Value(element);
                return MayHoldSurrogates(raw) ? Unescape(Encoding.UTF8.GetString(raw[1..^1])) : element.GetString()!;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return "";
            default:
                return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));
        }
    }

    public static string NameOf(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return MayHoldSurrogates(raw) ? Unescape(Encoding.UTF8.GetString(raw)) : property.Name;
    }

    // The text is valid UTF-8, so a surrogate can only be an escape.
    private static bool MayHoldSurrogates(ReadOnlySpan<byte> raw) => raw.IndexOf("\\u"u8) >= 0;

    private static string Unescape(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                builder.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'b': builder.Append('\b'); break;
                case 'f': builder.Append('\f'); break;
                case 'n': builder.Append('\n'); break;
                case 'r': builder.Append('\r'); break;
                case 't': builder.Append('\t'); break;
                case 'u':
                    builder.Append((char)Convert.ToUInt16(text.Substring(i + 1, 4), 16));
                    i += 4;
                    break;
                default: builder.Append(text[i]); break;
            }
        }

        return WithoutLoneSurrogates(builder);
    }

    private static string WithoutLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        return text.ToString();
    }
}
