using System.Text.Json;

namespace Flashduty.Lambda.Logging;

/// <summary>Writes an event's log line, which CloudWatch reads its metrics from as well: the embedded metric format.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// A line has one value a dimension, so of several channels each has a line of its own.
/// </remarks>
internal static class EventReportWriter
{
    /// <summary>The <c>outcome</c> of an event that every channel took; else it is the error's code.</summary>
    public const string Delivered = "Delivered";

    // The directives say which members of a line are metrics, and by which other members CloudWatch tells them apart.
    private const string OfEvent =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName"]],"Metrics":[{"Name":"EventsReceived","Unit":"Count"},{"Name":"AlertsDelivered","Unit":"Count"},{"Name":"Failures","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds"},{"Name":"ColdStarts","Unit":"Count"}]}
        """;

    private const string OfChannel =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName","Channel"]],"Metrics":[{"Name":"AlertsDelivered","Unit":"Count"}]}
        """;

    private const string OfCode =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName","Code"]],"Metrics":[{"Name":"Failures","Unit":"Count"}]}
        """;

    public static void Write(Log log, EventReport report, DateTimeOffset now)
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

        WriteDirectives(json, now, OfEvent, report.Failure is null ? null : OfCode, channels.Count == 1 ? OfChannel : null);
    }

    private static void WriteChannel(Utf8JsonWriter json, EventReport report, string channel, DateTimeOffset now)
    {
        json.WriteString("FunctionName", report.FunctionName);
        json.WriteString("Channel", channel);
        json.WriteNumber("AlertsDelivered", 1);
        WriteDirectives(json, now, OfChannel);
    }

    private static void WriteDirectives(Utf8JsonWriter json, DateTimeOffset now, params ReadOnlySpan<string?> directives)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        foreach (var directive in directives)
        {
            if (directive is not null)
            {
                json.WriteRawValue(directive, skipInputValidation: true);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
