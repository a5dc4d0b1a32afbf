using System.Buffers;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Delivery;

/// <summary>Writes an alert as the body of Flashduty's standard alert event.</summary>
internal static class AlertWriter
{
    public static ReadOnlyMemory<byte> Write(Alert alert)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(body, JsonOutput.Options);
        Write(json, alert);
        json.Flush();
        return body.WrittenMemory;
    }

    public static void Write(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("event_status", Alert.Status);
        json.WriteString("title_rule", alert.Title);
        json.WriteString("description", alert.Description);
        json.WriteString("alert_key", alert.Key);
        json.WriteStartObject("labels");
        foreach (var (name, value) in alert.Labels)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
