using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>Finds out whether JSON holds a secret; without one, as nearly always, nothing is copied.</summary>
internal static class SecretScan
{
    public static bool HoldsKey(JsonElement detail, IReadOnlyList<string> ownKeys)
    {
        var raw = JsonMarshal.GetRawUtf8Value(detail);
        foreach (var key in ownKeys)
        {
            if (raw.IndexOf(Encoding.UTF8.GetBytes(key)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public static bool HoldsSecret(JsonElement element, bool isSecret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var isPair = PairValue(element) is not null;
                foreach (var member in element.EnumerateObject())
                {
                    if (isPair || HoldsSecret(member.Value, IsSecret(member, isSecret)))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (HoldsSecret(item, isSecret))
                    {
                        return true;
                    }
                }

                return false;
            case JsonValueKind.String:
                // Most values are short or of one kind; only the rest is read as text.
                var raw = JsonMarshal.GetRawUtf8Value(element);
                return raw.Length > 2 && (isSecret || MayHoldSecret(raw[1..^1])) && SecretMask.Redact(element, isSecret, []) is not null;
            case JsonValueKind.Number:
                return isSecret;
            default:
                return false;
        }
    }

    /// <summary>A quick look at a text's bytes: a name and a value, a URL, or a run as long as a secret.</summary>
    private static bool MayHoldSecret(ReadOnlySpan<byte> text)
    {
        if (text.Length < 8)
        {
            return false;
        }

        for (var start = 0; start < text.Length;)
        {
            var length = text[start..].IndexOfAnyExcept(TokenBytes);
            var run = length < 0 ? text[start..] : text.Slice(start, length);
            if (run.Length >= SecretForms.MinLength && IsSuspicious(run))
            {
                return true;
            }

            if (length < 0)
            {
                return false;
            }

            var rest = text[(start + length)..];
            var holds = rest[0] switch
            {
                (byte)'{' => true,
                (byte)':' => SecretNames.MayBeSecret(run) || rest.StartsWith("://"u8),
                (byte)' ' => SecretNames.MayBeSecret(run) || run.EndsWith("asic"u8) || run.EndsWith("earer"u8),
                (byte)'=' or (byte)'\\' => SecretNames.MayBeSecret(run),
                _ => false,
            };
            if (holds)
            {
                return true;
            }

            start += length + 1;
        }

        return false;
    }

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./+"u8);

    private static bool IsSuspicious(ReadOnlySpan<byte> run) => run.Length == 40 || run.IndexOf("-----"u8) >= 0 || SecretForms.MayHavePrefix(run);

    public static bool IsSecret(in JsonProperty member, bool isSecret)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (member.Value.ValueKind == JsonValueKind.Number && !raw.EndsWith("ord"u8) && !raw.EndsWith("pin"u8))
        {
            // Language models count tokens.
            return false;
        }

        return isSecret ? !SecretNames.IsHarmless(JsonText.NameOf(member))
            : SecretNames.MayBeSecret(raw) && SecretNames.IsSecret(JsonText.NameOf(member));
    }

    /// <summary>The member that is the secret of a pair such as <c>{"name": "DB_PASSWORD", "value": "…"}</c>; null if the object is not such a pair.</summary>
    public static string? PairValue(JsonElement element)
    {
        string? value = null;
        var isSecret = false;
        var members = 0;
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (++members > 12)
            {
                return null;
            }

            if (name.Length is < 3 or > 14 || member.Value.ValueKind != JsonValueKind.String)
            {
                continue;
            }

            if (Is(name, "name"u8) || Is(name, "key"u8) || Is(name, "parameterName"u8) || Is(name, "header"u8) || Is(name, "variable"u8) || Is(name, "field"u8))
            {
                isSecret |= SecretNames.IsSecret(JsonText.Of(member.Value));
            }
            else if (Is(name, "value"u8) || Is(name, "parameterValue"u8) || Is(name, "stringValue"u8) || Is(name, "val"u8) || Is(name, "newValue"u8))
            {
                value = JsonText.NameOf(member);
            }
        }

        return isSecret ? value : null;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(name, other);
}
