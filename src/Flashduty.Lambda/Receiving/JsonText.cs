using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Text out of JSON that may be odd: a lone surrogate (<c>"\ud83d"</c>), which JSON allows and Unicode does not, is read as
/// U+FFFD, where <see cref="JsonElement.GetString"/> throws.</summary>
internal static class JsonText
{
    /// <summary>A string's text; a number, <c>true</c>, <c>false</c>, array or object as written; empty for null and undefined.</summary>
    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Unquote(JsonMarshal.GetRawUtf8Value(element)[1..^1]),
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)),
    };

    public static string NameOf(JsonProperty property) => Unquote(JsonMarshal.GetRawUtf8PropertyName(property));

    private static string Unquote(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        return text.Contains('\\') ? Unescape(text) : text;
    }

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
