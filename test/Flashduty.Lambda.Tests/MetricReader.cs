using System.Text.Json;

namespace Flashduty.Lambda.Tests;

/// <summary>What CloudWatch asks of a line with metrics in it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
internal static class MetricReader
{
    private const int MaxDimensions = 30;
    private const int MaxMetrics = 100;
    private static readonly string[] Units = ["Count", "Milliseconds"];

    public static void Check(JsonElement line)
    {
        Assert.Equal(line.EnumerateObject().Count(), line.EnumerateObject().Select(member => member.Name).Distinct().Count());

        var aws = line.GetProperty("_aws");
        Assert.True(aws.GetProperty("Timestamp").GetInt64() > 0);
        var directives = aws.GetProperty("CloudWatchMetrics");
        Assert.NotEqual(0, directives.GetArrayLength());
        foreach (var directive in directives.EnumerateArray())
        {
            Assert.InRange(directive.GetProperty("Namespace").GetString()!.Length, 1, 1024);
            foreach (var set in directive.GetProperty("Dimensions").EnumerateArray())
            {
                Assert.InRange(set.GetArrayLength(), 1, MaxDimensions);
                foreach (var dimension in set.EnumerateArray())
                {
                    Assert.InRange(line.GetProperty(dimension.GetString()!).GetString()!.Length, 1, 1024);
                }
            }

            Assert.InRange(directive.GetProperty("Metrics").GetArrayLength(), 1, MaxMetrics);
            foreach (var metric in directive.GetProperty("Metrics").EnumerateArray())
            {
                Assert.Equal(JsonValueKind.Number, line.GetProperty(metric.GetProperty("Name").GetString()!).ValueKind);
                Assert.Contains(metric.GetProperty("Unit").GetString(), Units);
            }
        }
    }
}
