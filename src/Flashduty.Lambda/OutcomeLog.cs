using System.Text.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda;

/// <summary>Writes an event's log line, from which CloudWatch also reads its metrics.</summary>
/// <remarks>A line has one value per dimension, so each of several channels has a line of its own.</remarks>
internal static class OutcomeLog
{
    /// <summary>The <c>outcome</c> of an event that every channel accepted; otherwise it is the error's code.</summary>
    public const string Delivered = "Delivered";

    public static void Write(Log log, EventOutcome report, DateTimeOffset now)
    {
        var channels = new List<string>(report.Deliveries.Count);
        foreach (var delivery in report.Deliveries)
        {
            if (delivery.Failure is null)
            {
                channels.Add(delivery.Channel.Name);
            }
        }

        log.Write(json => WriteEvent(json, report, channels, now));
        if (channels.Count > 1)
        {
            foreach (var channel in channels)
            {
                log.Write(json => WriteChannel(json, report, channel, now));
            }
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventOutcome report, List<string> channels, DateTimeOffset now)
    {
        json.WriteString("timestamp", now.UtcDateTime);
        json.WriteString("level", report.Failure is null ? "INFO" : "ERROR");
        json.WriteString("requestId", report.RequestId);
        json.WriteString("outcome", report.Failure?.Code.ToString() ?? Delivered);
        if (report.Failure is { } failure)
        {
            json.WriteString("message", failure.Message);
        }

        if (report.Event is { } e)
        {
            json.WriteString("eventId", SecretText.Redact(e.Id));
            json.WriteString("source", SecretText.Redact(e.Source));
            json.WriteString("detailType", SecretText.Redact(e.DetailType));
        }

        if (report.Alert is { } alert)
        {
            json.WriteString("alertKey", alert.Key);
            json.WriteString("title", alert.Title);
        }

        var attempts = 0;
        json.WriteStartArray("channels");
        foreach (var delivery in report.Deliveries)
        {
            attempts += delivery.Attempts;
            json.WriteStringValue(delivery.Channel.Name);
        }

        json.WriteEndArray();
        json.WriteNumber("attempts", attempts);
        WriteMetrics(json, report, channels, now);
    }

    private static void WriteMetrics(Utf8JsonWriter json, EventOutcome report, List<string> channels, DateTimeOffset now)
    {
        json.WriteString("FunctionName", report.FunctionName);
        json.WriteNumber("EventsReceived", 1);
        json.WriteNumber("AlertsDelivered", channels.Count);
        json.WriteNumber("Failures", report.Failure is null ? 0 : 1);
        json.WriteNumber("Latency", Math.Round(report.Duration.TotalMilliseconds, 3));
        json.WriteNumber("ColdStarts", report.IsColdStart ? 1 : 0);
        if (report.Failure is { } failure)
        {
            json.WriteString("Code", failure.Code.ToString());
        }

        if (channels.Count == 1)
        {
            json.WriteString("Channel", channels[0]);
        }

        EmbeddedMetrics.Write(
            json,
            now,
            EmbeddedMetrics.PerFunction,
            report.Failure is null ? null : EmbeddedMetrics.PerCode,
            channels.Count == 1 ? EmbeddedMetrics.PerChannel : null);
    }

    private static void WriteChannel(Utf8JsonWriter json, EventOutcome report, string channel, DateTimeOffset now)
    {
        json.WriteString("FunctionName", report.FunctionName);
        json.WriteString("Channel", channel);
        json.WriteNumber("AlertsDelivered", 1);
        EmbeddedMetrics.Write(json, now, EmbeddedMetrics.PerChannel);
    }
}
