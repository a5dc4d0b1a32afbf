using System.Text.Json;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda;

/// <summary>Writes an event's log line, from which CloudWatch also reads its metrics.</summary>
/// <remarks>A line has one value per dimension, so each of several channels has a line of its own.</remarks>
internal static class OutcomeLog
{
    /// <summary>The <c>outcome</c> of an event that every channel accepted; otherwise it is the error's code.</summary>
    public const string Delivered = "Delivered";

    public static void Write(Log log, EventOutcome outcome, DateTimeOffset now)
    {
        var channels = new List<string>(outcome.Deliveries.Count);
        foreach (var delivery in outcome.Deliveries)
        {
            if (delivery.Failure is null)
            {
                channels.Add(LogText.Clean(delivery.Channel.Name));
            }
        }

        log.Write(json => WriteEvent(json, outcome, channels, now));
        if (channels.Count > 1)
        {
            foreach (var channel in channels)
            {
                log.Write(json => WriteChannel(json, outcome, channel, now));
            }
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventOutcome outcome, List<string> channels, DateTimeOffset now)
    {
        json.WriteString("timestamp", now.UtcDateTime);
        json.WriteString("level", outcome.Failure is null ? "INFO" : "ERROR");
        json.WriteString("requestId", outcome.RequestId);
        json.WriteString("outcome", outcome.Failure?.Code.ToString() ?? Delivered);
        if (outcome.Failure is { } failure)
        {
            json.WriteString("message", LogText.Clean(failure.Message, SizeLimits.LogMessage));
        }

        if (outcome.Event is { } e)
        {
            json.WriteString("eventId", LogText.Clean(SecretText.Redact(e.Id)));
            json.WriteString("source", LogText.Clean(SecretText.Redact(e.Source)));
            json.WriteString("detailType", LogText.Clean(SecretText.Redact(e.DetailType)));
        }

        if (outcome.Alert is { } alert)
        {
            json.WriteString("alertKey", alert.Key);
            json.WriteString("title", LogText.Clean(alert.Title, SizeLimits.LogMessage));
        }

        var attempts = 0;
        json.WriteStartArray("channels");
        foreach (var delivery in outcome.Deliveries)
        {
            attempts += delivery.Attempts;
            json.WriteStringValue(LogText.Clean(delivery.Channel.Name));
        }

        json.WriteEndArray();
        json.WriteNumber("attempts", attempts);
        WriteMetrics(json, outcome, channels, now);
    }

    private static void WriteMetrics(Utf8JsonWriter json, EventOutcome outcome, List<string> channels, DateTimeOffset now)
    {
        json.WriteString("FunctionName", outcome.FunctionName);
        json.WriteNumber("EventsReceived", 1);
        json.WriteNumber("AlertsDelivered", channels.Count);
        json.WriteNumber("Failures", outcome.Failure is null ? 0 : 1);
        json.WriteNumber("Latency", Math.Round(outcome.Duration.TotalMilliseconds, 3));
        json.WriteNumber("ColdStarts", outcome.IsColdStart ? 1 : 0);
        if (outcome.Failure is { } failure)
        {
            json.WriteString("Code", failure.Code.ToString());
        }

        if (outcome.IsMisconfigured)
        {
            json.WriteNumber("ConfigurationErrors", 1);
        }

        if (channels.Count == 1)
        {
            json.WriteString("Channel", channels[0]);
        }

        EmbeddedMetrics.Write(
            json,
            now,
            EmbeddedMetrics.PerFunction,
            outcome.IsMisconfigured ? EmbeddedMetrics.PerMisconfiguration : null,
            outcome.Failure is null ? null : EmbeddedMetrics.PerCode,
            channels.Count == 1 ? EmbeddedMetrics.PerChannel : null);
    }

    private static void WriteChannel(Utf8JsonWriter json, EventOutcome outcome, string channel, DateTimeOffset now)
    {
        json.WriteString("FunctionName", outcome.FunctionName);
        json.WriteString("Channel", channel);
        json.WriteNumber("AlertsDelivered", 1);
        EmbeddedMetrics.Write(json, now, EmbeddedMetrics.PerChannel);
    }
}
