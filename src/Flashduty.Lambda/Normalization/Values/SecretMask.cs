using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>Masks the secrets of an event before anything is made of it, so that they are in no title, description, label, key or log
/// line.</summary>
internal static class SecretMask
{
    private const int MaxEmbeddedLength = 64 * 1024;

    /// <param name="e">An event as it was received.</param>
    /// <param name="ownKeys">The integration's own keys, masked wherever they are.</param>
    /// <returns>The event itself if it holds no secret.</returns>
    public static EventBridgeEvent Apply(EventBridgeEvent e, IReadOnlyList<string> ownKeys)
    {
        var holdsSecret = e.Detail.ValueKind != JsonValueKind.Undefined && (SecretScan.HoldsSecret(e.Detail, isSecret: false) || SecretScan.HoldsKey(e.Detail, ownKeys));
        var masked = e with
        {
            Id = Redact(e.Id, ownKeys),
            Source = Redact(e.Source, ownKeys),
            DetailType = Redact(e.DetailType, ownKeys),
            Account = Redact(e.Account, ownKeys),
            Region = Redact(e.Region, ownKeys),
            Time = Redact(e.Time, ownKeys),
            Resources = Redact(e.Resources, ownKeys),
            Detail = holdsSecret ? Rewrite(e.Detail, ownKeys) : e.Detail,
        };
        return masked;
    }

    private static string Redact(string text, IReadOnlyList<string> ownKeys)
    {
        foreach (var key in ownKeys)
        {
            text = text.Contains(key, StringComparison.Ordinal) ? text.Replace(key, SecretText.Mask, StringComparison.Ordinal) : text;
        }

        return SecretText.Redact(text);
    }

    private static IReadOnlyList<string> Redact(IReadOnlyList<string> texts, IReadOnlyList<string> ownKeys)
    {
        List<string>? masked = null;
        for (var i = 0; i < texts.Count; i++)
        {
            var text = Redact(texts[i], ownKeys);
            if (!ReferenceEquals(text, texts[i]))
            {
                masked ??= [.. texts];
                masked[i] = text;
            }
        }

        return masked ?? texts;
    }

    /// <returns>Null if the text holds no secret.</returns>
    public static string? Redact(JsonElement element, bool isSecret, IReadOnlyList<string> ownKeys)
    {
        var text = JsonText.Of(element);
        if (isSecret)
        {
            return text.Length == 0 || text.StartsWith("arn:", StringComparison.Ordinal) || SecretForms.IsAccessKeyId(text) ? null : SecretText.Mask;
        }

        var redacted = RedactEmbedded(text, ownKeys) ?? Redact(text, ownKeys);
        return redacted == text ? null : redacted;
    }

    /// <summary>A text that is JSON, masked as JSON; null if it is not.</summary>
    private static string? RedactEmbedded(string text, IReadOnlyList<string> ownKeys)
    {
        if (text.Length > MaxEmbeddedLength || text.AsSpan().Trim() is not (['{', .., '}'] or ['[', .., ']']))
        {
            return null;
        }

        try
        {
            var root = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 }).RootElement;
            return SecretScan.HoldsSecret(root, isSecret: false) || SecretScan.HoldsKey(root, ownKeys) ? Encoding.UTF8.GetString(Bytes(root, ownKeys)) : text;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Rewrite(JsonElement detail, IReadOnlyList<string> ownKeys) =>
        JsonDocument.Parse(Bytes(detail, ownKeys), new JsonDocumentOptions { MaxDepth = 256 }).RootElement;

    private static byte[] Bytes(JsonElement element, IReadOnlyList<string> ownKeys)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            Write(json, element, isSecret: false, ownKeys);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement element, bool isSecret, IReadOnlyList<string> ownKeys)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var pairValue = SecretScan.PairValue(element);
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    var name = JsonText.NameOf(member);
                    json.WritePropertyName(name);
                    Write(json, member.Value, name == pairValue || SecretScan.IsSecret(member, isSecret), ownKeys);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, item, isSecret, ownKeys);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Redact(element, isSecret, ownKeys) ?? JsonText.Of(element));
                break;
            case JsonValueKind.Number when isSecret:
                json.WriteStringValue(SecretText.Mask);
                break;
            default:
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
                break;
        }
    }
}
