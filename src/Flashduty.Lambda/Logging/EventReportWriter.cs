using System.Text.Json;

namespace Flashduty.Lambda.Logging;

/// <summary>Writes an event's log line, which CloudWatch reads its metrics from as well: the embedded metric format.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// A line has one value a dimension, so each channel's share is a line of its own.
/// </remarks>
internal static class EventReportWriter
{
    public const string Namespace = "Flashduty/EventBridge";

    /// <summary>The <c>outcome</c> of an event that every channel took; else it is the error's code.</summary>
    public const string Delivered = "Delivered";

    public static void Write(Log log, EventReport report, DateTimeOffset now)
    {
        log.Write(json => WriteEvent(json, report, now));
        foreach (var delivery in report.Deliveries)
        {
            if (delivery.Failure is null)
            {
                log.Write(json =>
                {
                    json.WriteString("FunctionName", report.FunctionName);
                    json.WriteString("Channel", delivery.Channel.Name);
                    json.WriteNumber("AlertsDelivered", 1);
                    WriteDirective(json, now, "Channel", ["AlertsDelivered"]);
                });
            }
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventReport report, DateTimeOffset now)
    {
        var isDelivered = report.Failure is null;
        json.WriteString("timestamp", now.UtcDateTime);
        json.WriteString("level", isDelivered ? "INFO" : "ERROR");
        json.WriteString("requestId", report.RequestId);
        json.WriteString("outcome", isDelivered ? Delivered : report.Failure!.Code.ToString());
        if (!isDelivered)
        {
            json.WriteString("message", report.Failure!.Message);
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

        json.WriteString("FunctionName", report.FunctionName);
        json.WriteNumber("EventsReceived", 1);
        json.WriteNumber("AlertsDelivered", report.Deliveries.Count(delivery => delivery.Failure is null));
        json.WriteNumber("Failures", isDelivered ? 0 : 1);
        json.WriteNumber("Latency", Math.Round(report.Duration.TotalMilliseconds, 3));
        json.WriteNumber("ColdStarts", report.IsColdStart ? 1 : 0);
        if (isDelivered)
        {
            WriteDirective(json, now, null, ["EventsReceived", "AlertsDelivered", "Failures", "Latency", "ColdStarts"]);
        }
        else
        {
            json.WriteString("Code", report.Failure!.Code.ToString());
            WriteDirective(json, now, "Code", ["Failures"], ["EventsReceived", "AlertsDelivered", "Failures", "Latency", "ColdStarts"]);
        }
    }

    /// <param name="dimension">Beside <c>FunctionName</c>, for <paramref name="metrics"/>; null for none.</param>
    /// <param name="plain">With <c>FunctionName</c> alone.</param>
    private static void WriteDirective(
        Utf8JsonWriter json, DateTimeOffset now, string? dimension, ReadOnlySpan<string> metrics, ReadOnlySpan<string> plain = default)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        WriteMetrics(json, dimension, metrics);
        if (!plain.IsEmpty)
        {
            WriteMetrics(json, null, plain);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, string? dimension, ReadOnlySpan<string> metrics)
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
