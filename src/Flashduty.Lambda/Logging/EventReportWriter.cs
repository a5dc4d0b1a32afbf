using System.Text.Json;

namespace Flashduty.Lambda.Logging;

/// <summary>Writes an event's log line, which CloudWatch reads its metrics from as well: the embedded metric format.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// A line has one value a dimension, so of several channels each has a line of its own.
/// </remarks>
internal static class EventReportWriter
{
    public const string Namespace = "Flashduty/EventBridge";

    /// <summary>The <c>outcome</c> of an event that every channel took; else it is the error's code.</summary>
    public const string Delivered = "Delivered";

    private static readonly string[] EventMetrics = ["EventsReceived", "AlertsDelivered", "Failures", "Latency", "ColdStarts"];

    public static void Write(Log log, EventReport report, DateTimeOffset now)
    {
        var channels = report.Deliveries.Where(delivery => delivery.Failure is null).Select(delivery => delivery.Channel.Name).ToList();
        log.Write(json => WriteEvent(json, report, channels, now));
        if (channels.Count > 1)
        {
            foreach (var channel in channels)
            {
                log.Write(json => WriteChannel(json, report, channel, now));
            }
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventReport report, List<string> channels, DateTimeOffset now)
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
            json.WriteString("eventId", e.Id);
            json.WriteString("source", e.Source);
            json.WriteString("detailType", e.DetailType);
        }

        if (report.Alert is { } alert)
        {
            json.WriteString("alertKey", alert.Key);
            json.WriteString("title", alert.Title);
        }

        json.WriteStartArray("channels");
        foreach (var delivery in report.Deliveries)
        {
            json.WriteStringValue(delivery.Channel.Name);
        }

        json.WriteEndArray();
        json.WriteNumber("attempts", report.Deliveries.Sum(delivery => delivery.Attempts));
        WriteMetrics(json, report, channels, now);
    }

    private static void WriteMetrics(Utf8JsonWriter json, EventReport report, List<string> channels, DateTimeOffset now)
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

        WriteStartDirectives(json, now);
        WriteDirective(json, null, EventMetrics);
        if (report.Failure is not null)
        {
            WriteDirective(json, "Code", ["Failures"]);
        }

        if (channels.Count == 1)
        {
            WriteDirective(json, "Channel", ["AlertsDelivered"]);
        }

        WriteEndDirectives(json);
    }

    private static void WriteChannel(Utf8JsonWriter json, EventReport report, string channel, DateTimeOffset now)
    {
        json.WriteString("FunctionName", report.FunctionName);
        json.WriteString("Channel", channel);
        json.WriteNumber("AlertsDelivered", 1);
        WriteStartDirectives(json, now);
        WriteDirective(json, "Channel", ["AlertsDelivered"]);
        WriteEndDirectives(json);
    }

    private static void WriteStartDirectives(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
    }

    private static void WriteEndDirectives(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="dimension">Beside <c>FunctionName</c>; null for none.</param>
    private static void WriteDirective(Utf8JsonWriter json, string? dimension, ReadOnlySpan<string> metrics)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", Namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("FunctionName");
        if (dimension is not null)
        {
            json.WriteStringValue(dimension);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric);
            json.WriteString("Unit", metric == "Latency" ? "Milliseconds" : "Count");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
