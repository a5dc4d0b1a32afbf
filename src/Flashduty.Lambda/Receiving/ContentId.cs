using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>An id for what has none: the hash of its content, so that the same content has the same id whenever it comes.</summary>
internal static class ContentId
{
    private const int Bytes = 16;

    /// <returns>32 hex digits, whatever the order of members and the white space between them.</returns>
    public static string Create(JsonElement content)
    {
        var canonical = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(canonical, JsonOutput.Options))
        {
            Write(json, content);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(JsonText.NameOf, StringComparer.Ordinal))
                {
                    json.WritePropertyName(JsonText.NameOf(member));
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(JsonText.Of(value));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
