using System.Globalization;
using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Alarms;

/// <summary>Reads alarms from a resolved template.</summary>
internal static class AlarmReader
{
    public static Alarm Read(JsonObject properties)
    {
        Assert.Equal("GreaterThanThreshold", properties["ComparisonOperator"]!.ToString());
        var metrics = properties["Metrics"]?.AsArray().Where(each => each!["MetricStat"] is not null)
            .Select(each => each!["MetricStat"]!).ToList();
        var expression = properties["Metrics"]?.AsArray().Single(each => each!["Expression"] is not null)!["Expression"]!.ToString();
        var periods = properties["EvaluationPeriods"].Number();
        return new Alarm
        {
            Function = expression switch
            {
                null or "SUM(METRICS())" => "Sum",
                "MAX(METRICS())" => "Maximum",
                _ => throw new NotSupportedException(expression),
            },
            Metrics = metrics is null
                ? [(Key(properties), properties["Statistic"]!.ToString())]
                : [.. metrics.Select(each => (Key(each["Metric"]!), each["Stat"]!.ToString()))],
            Period = (metrics?.Select(each => each["Period"].Number()).Distinct().Single() ?? properties["Period"].Number()) / 60,
            EvaluationPeriods = periods,
            DatapointsToAlarm = properties["DatapointsToAlarm"] is { } datapoints ? datapoints.Number() : periods,
            Threshold = double.Parse(properties["Threshold"]!.ToString(), CultureInfo.InvariantCulture),
            MissingIsBreaching = properties["TreatMissingData"]!.ToString() switch
            {
                "notBreaching" => false,
                "breaching" => true,
                var other => throw new NotSupportedException(other),
            },
        };
    }

    private static string Key(JsonNode metric) => Metrics.Key(
        $"{metric["Namespace"]}/{metric["MetricName"]}",
        metric["Dimensions"]!.AsArray().Select(dimension => $"{dimension!["Name"]}={Name(dimension["Value"]!)}"));

    private static string Name(JsonNode value) =>
        (value as JsonObject)?["Fn::Sub"] is { } text ? text.ToString() : value.Target("QueueName");
}
