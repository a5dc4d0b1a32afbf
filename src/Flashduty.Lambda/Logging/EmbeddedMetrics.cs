using System.Text.Json;

namespace Flashduty.Lambda.Logging;

/// <summary>Marks members of a log line as CloudWatch metrics: the embedded metric format.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
internal static class EmbeddedMetrics
{
    // A directive says which members of a line are metrics, and which other members are their dimensions.
    public const string PerFunction =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName"]],"Metrics":[{"Name":"EventsReceived","Unit":"Count"},{"Name":"AlertsDelivered","Unit":"Count"},{"Name":"Failures","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds"},{"Name":"ColdStarts","Unit":"Count"}]}
        """;

    public const string PerChannel =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName","Channel"]],"Metrics":[{"Name":"AlertsDelivered","Unit":"Count"}]}
        """;

    public const string PerCode =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName","Code"]],"Metrics":[{"Name":"Failures","Unit":"Count"}]}
        """;

    public const string PerMisconfiguration =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName"]],"Metrics":[{"Name":"ConfigurationErrors","Unit":"Count"}]}
        """;

    public const string PerSecretRefresh =
        """
        {"Namespace":"Flashduty/EventBridge","Dimensions":[["FunctionName"]],"Metrics":[{"Name":"SecretRefreshFailures","Unit":"Count"}]}
        """;

    /// <summary>Writes the member that CloudWatch looks for, with those of the directives that are not null.</summary>
    public static void Write(Utf8JsonWriter json, DateTimeOffset now, params ReadOnlySpan<string?> directives)
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
