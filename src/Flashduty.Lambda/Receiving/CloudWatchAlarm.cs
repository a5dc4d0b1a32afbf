using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>A CloudWatch alarm's own actions, as the event that EventBridge has for the same: <c>CloudWatch Alarm State
/// Change</c>.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions.html (Lambda action: <c>alarmData</c>)
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html (the event)
/// </remarks>
internal static class CloudWatchAlarm
{
    private const string Source = "aws.cloudwatch";
    private const string DetailType = "CloudWatch Alarm State Change";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <returns>Null if it is neither the action on a function nor the one on an SNS topic.</returns>
    public static EventBridgeEvent? Read(JsonElement element)
    {
        if (element.TryGetMember("alarmData", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            return Create(
                element, Text(element, "alarmArn"), Text(element, "accountId"), Text(element, "region"), Text(element, "time"), data);
        }

        return Text(element, "AlarmName").Length > 0 && Text(element, "NewStateValue").Length > 0
            ? Create(
                element, Text(element, "AlarmArn"), Text(element, "AWSAccountId"), "", Text(element, "StateChangeTime"), Detail(element))
            : null;
    }

    private static EventBridgeEvent Create(JsonElement message, string arn, string account, string region, string time, JsonElement detail)
    {
        var (arnAccount, arnRegion) = ArnParts.Read(arn);
        return new EventBridgeEvent(
            ContentId.Create(message),
            Source,
            DetailType,
            account.Length > 0 ? account : arnAccount,
            region.Length > 0 ? region : arnRegion,
            Time(time),
            arn.Length > 0 ? [arn] : [],
            detail);
    }

    /// <summary>The detail that EventBridge's event has, from the members of SNS's message.</summary>
    private static JsonElement Detail(JsonElement message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            json.WriteStartObject();
            json.WriteString("alarmName", Text(message, "AlarmName"));
            WriteState(json, "state", Text(message, "NewStateValue"), Text(message, "NewStateReason"), Text(message, "StateChangeTime"));
            WriteState(json, "previousState", Text(message, "OldStateValue"), "", "");
            json.WriteStartObject("configuration");
            WriteText(json, "description", Text(message, "AlarmDescription"));
            WriteText(json, "alarmRule", Text(message, "AlarmRule"));
            if (message.TryGetMember("Trigger", out var trigger) && trigger.ValueKind == JsonValueKind.Object)
            {
                WriteMetrics(json, trigger);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void WriteState(Utf8JsonWriter json, string name, string value, string reason, string time)
    {
        json.WriteStartObject(name);
        WriteText(json, "value", value);
        WriteText(json, "reason", reason);
        WriteText(json, "timestamp", time);
        json.WriteEndObject();
    }

    /// <summary>One metric, or for an alarm on a metric expression all that it is made of.</summary>
    private static void WriteMetrics(Utf8JsonWriter json, JsonElement trigger)
    {
        json.WriteStartArray("metrics");
        if (Text(trigger, "MetricName").Length > 0)
        {
            json.WriteStartObject();
            var stat = Text(trigger, "Statistic");
            WriteStatistic(json, trigger, trigger, stat.Length > 0 ? stat : Text(trigger, "ExtendedStatistic"));
            json.WriteEndObject();
        }
        else if (trigger.TryGetMember("Metrics", out var metrics) && metrics.ValueKind == JsonValueKind.Array)
        {
            foreach (var metric in metrics.EnumerateArray())
            {
                json.WriteStartObject();
                WriteText(json, "id", Text(metric, "Id"));
                WriteText(json, "expression", Text(metric, "Expression"));
                WriteText(json, "label", Text(metric, "Label"));
                if (metric.TryGetMember("MetricStat", out var statistic) && statistic.TryGetMember("Metric", out var inner))
                {
                    WriteStatistic(json, statistic, inner, Text(statistic, "Stat"));
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteStatistic(Utf8JsonWriter json, JsonElement statistic, JsonElement metric, string stat)
    {
        json.WriteStartObject("metricStat");
        json.WriteStartObject("metric");
        WriteText(json, "namespace", Text(metric, "Namespace"));
        WriteText(json, "name", Text(metric, "MetricName"));
        json.WriteStartObject("dimensions");
        if (metric.TryGetMember("Dimensions", out var dimensions) && dimensions.ValueKind == JsonValueKind.Array)
        {
            foreach (var dimension in dimensions.EnumerateArray())
            {
                WriteText(json, Text(dimension, "name"), Text(dimension, "value"));
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        WriteText(json, "stat", stat);
        WriteText(json, "period", Text(statistic, "Period"));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>CloudWatch writes <c>2026-11-24T02:13:07.490+0000</c>, an event's envelope <c>2026-11-24T02:13:07Z</c>.</summary>
    private static string Time(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : text;

    private static string Text(JsonElement element, string name) => element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
