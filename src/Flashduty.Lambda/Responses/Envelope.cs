using System.Buffers;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Responses;

/// <summary>Flashduty's response format, with the keys of several alerts where an invocation brought several events.</summary>
internal static class Envelope
{
    public static ReadOnlyMemory<byte> Success(string requestId, IEnumerable<string> alertKeys) => Write(requestId, json =>
    {
        json.WriteStartObject("data");
        var keys = alertKeys as IReadOnlyCollection<string> ?? [.. alertKeys];
        json.WriteString("alert_key", keys.First());
        if (keys.Count > 1)
        {
            json.WriteStartArray("alert_keys");
            foreach (var key in keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Error(string requestId, Failure error) => Write(requestId, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", error.Code.ToString());
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Write(string requestId, Action<Utf8JsonWriter> member)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(body, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("request_id", requestId);
        member(json);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
