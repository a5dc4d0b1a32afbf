using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deployment.Tests.Templates;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Logging;

namespace Deployment.Tests.Stack;

/// <summary>The dashboard and the alarms ask CloudWatch for metrics by name and dimensions; a wrong one stays empty and says
/// nothing.</summary>
public sealed partial class MetricTests
{
    private const string Namespace = "Flashduty/EventBridge";

    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void The_dashboard_and_the_alarms_ask_for_exactly_the_metrics_that_the_function_emits(string mode)
    {
        var stack = Stacks.Resolve(Stacks.In(mode));
        var emitted = Emitted();
        var alarmed = stack.OfType("AWS::CloudWatch::Alarm").Values
            .Where(alarm => alarm["Namespace"]?.ToString() == Namespace)
            .Select(alarm => Metric(alarm["MetricName"]!.ToString(), alarm["Dimensions"]!.AsArray()
                .Select(dimension => dimension!["Name"]!.ToString())))
            .ToList();

        Assert.Equal(
            [
                mode == "ApiDestination" ? "Failures by FunctionName, Code" : "Failures by FunctionName",
                "Failures by FunctionName, Code",
                "Failures by FunctionName, Code",
                "SecretRefreshFailures by FunctionName",
                "ConfigurationErrors by FunctionName",
            ],
            alarmed);
        Assert.All(alarmed, metric => Assert.Contains(metric, emitted));
        Assert.All(Shown(stack), metric => Assert.Contains(metric, emitted));

        // The totals of what is shown by channel and by code are not shown beside it.
        Assert.Equal(
            ["AlertsDelivered by FunctionName", "Failures by FunctionName"],
            emitted.Except(Shown(stack)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DeliveryAlarm", nameof(ErrorCode.InternalError))]
    [InlineData("RejectedEventAlarm", nameof(ErrorCode.InvalidParameter))]
    [InlineData("RateLimitAlarm", nameof(ErrorCode.RequestTooFrequently))]
    public void Alarm_watches_a_code_that_the_function_has(string alarm, string code)
    {
        var dimensions = Stacks.Resolve(Stacks.In("ApiDestination")).Properties(alarm)["Dimensions"]!.AsArray();

        Assert.Equal(code, dimensions.Single(dimension => dimension!["Name"]!.ToString() == "Code")!["Value"]!.ToString());
    }

    /// <summary>The metrics of every directive that the function can write.</summary>
    private static HashSet<string> Emitted() =>
    [
        .. from field in typeof(EmbeddedMetrics).GetFields()
           where field.IsLiteral
           let directive = JsonNode.Parse((string)field.GetRawConstantValue()!)!
           where directive["Namespace"]!.ToString() == Namespace
           from dimensions in directive["Dimensions"]!.AsArray()
           from metric in directive["Metrics"]!.AsArray()
           select Metric(metric!["Name"]!.ToString(), dimensions!.AsArray().Select(name => name!.ToString())),
    ];

    private static HashSet<string> Shown(JsonObject stack)
    {
        var metrics = JsonNode.Parse(stack.DashboardBody())!["widgets"]!.AsArray()
            .SelectMany(widget => widget!["properties"]!["metrics"]?.AsArray() ?? [])
            .Select(metric => metric!.AsArray())
            .ToList();
        var named = from metric in metrics
                    where metric[0] is JsonValue value && value.ToString() == Namespace
                    select Metric(metric[1]!.ToString(), [metric[2]!.ToString()]);
        var searched = from metric in metrics
                       where metric[0] is JsonObject
                       let search = Search().Match(metric[0]!["expression"]!.ToString())
                       select Metric(search.Groups["metric"].Value, search.Groups["dimensions"].Value.Split(','));
        return [.. named, .. searched];
    }

    private static string Metric(string name, IEnumerable<string> dimensions) => $"{name} by {string.Join(", ", dimensions)}";

    [GeneratedRegex("""\{Flashduty/EventBridge,(?<dimensions>[A-Za-z,]+)\} MetricName="(?<metric>[A-Za-z]+)" FunctionName="[^"]+"'""")]
    private static partial Regex Search();
}
