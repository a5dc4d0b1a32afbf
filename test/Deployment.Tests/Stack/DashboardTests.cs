using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

public sealed class DashboardTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_dashboard_shows_every_metric_of_the_function_and_the_dead_letters(string name)
    {
        var stack = Stacks.Resolve(name);
        var widgets = JsonNode.Parse(stack.DashboardBody())!["widgets"]!.AsArray();
        var shown = string.Join('\n', widgets.Select(widget => widget!["properties"]!["metrics"]?.ToJsonString(Readable)));

        Assert.All(
            (string[])
            [
                "EventsReceived", "AlertsDelivered", "Failures", "Latency", "ColdStarts", "ConfigurationErrors", "SecretRefreshFailures",
                "ApproximateNumberOfMessagesVisible", "p50", "p99", "Dim.Channel", "Dim.Code",
            ],
            expected => Assert.Contains(expected, shown, StringComparison.Ordinal));
        Assert.Equal(
            stack.OfType("AWS::CloudWatch::Alarm").Count,
            widgets.Single(widget => widget!["type"]!.ToString() == "alarm")!["properties"]!["alarms"]!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Widgets_of_the_dashboard_do_not_overlap(string name)
    {
        var cells = JsonNode.Parse(Stacks.Resolve(name).DashboardBody())!["widgets"]!.AsArray()
            .SelectMany(widget =>
                from x in Enumerable.Range(widget!["x"].Number(), widget["width"].Number())
                from y in Enumerable.Range(widget["y"].Number(), widget["height"].Number())
                select (x, y))
            .ToList();

        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.x, 0, 23));
    }

    [Theory]
    [InlineData("aws", "console.aws.amazon.com")]
    [InlineData("aws-cn", "console.amazonaws.cn")]
    [InlineData("aws-us-gov", "console.amazonaws-us-gov.com")]
    [InlineData("aws-eusc", "console.amazonaws-eusc.eu")]
    [InlineData("aws-iso-b", "console.aws.amazon.com")]
    public void The_dashboards_link_leads_to_its_partitions_console(string partition, string domain)
    {
        var stack = Stacks.Resolve(Stacks.In("Queue"), ("AWS::Partition", partition));

        var link = stack["Outputs"]!["DashboardUrl"]!["Value"].Substituted();

        Assert.StartsWith("https://${AWS::Region}." + domain + "/cloudwatch/", link, StringComparison.Ordinal);
    }

    /// <summary>A partition that a mapping does not know fails the whole stack, whatever uses the mapping.</summary>
    [Fact]
    public void No_mapping_depends_on_the_partition_or_the_region() => Assert.Null(Stacks.Template()["Mappings"]);
}
