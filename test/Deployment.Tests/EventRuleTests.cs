using System.Text.Json.Nodes;

namespace Deployment.Tests;

/// <summary>Which of the sample events the rules of a stack send to the function.</summary>
public sealed class EventRuleTests
{
    [Theory]
    [InlineData("cloudwatch-alarm-state-change", true)]
    [InlineData("health-event", true)]
    [InlineData("guardduty-finding", true)]
    [InlineData("autoscaling--ec2-instance-launch-unsuccessful", true)]
    [InlineData("autoscaling--ec2-instance-terminate-unsuccessful", true)]
    [InlineData("autoscaling--ec2-instance-launch-successful", false)]
    [InlineData("ec2-instance-state-change", false)]
    [InlineData("custom-order-failed", false)]
    [InlineData("s3--object-created", false)]
    public void By_default_what_AWS_says_is_wrong_becomes_an_alert(string sample, bool sent) =>
        Assert.Equal(sent ? 1 : 0, Matches(Stacks.Of(Stacks.In("Queue")), Sample(sample)));

    [Theory]
    [InlineData("ALARM", 1)]
    [InlineData("OK", 0)]
    [InlineData("INSUFFICIENT_DATA", 0)]
    public void An_alarm_becomes_an_alert_only_when_it_goes_to_ALARM(string state, int sent)
    {
        var alarm = Sample("cloudwatch-alarm-state-change");
        alarm["detail"]!["state"]!["value"] = state;

        Assert.Equal(sent, Matches(Stacks.Of(Stacks.In("Queue")), alarm));
    }

    [Fact]
    public void A_team_names_sources_and_detail_types_of_its_own()
    {
        var order = Sample("custom-order-failed");
        var source = order["source"]!.ToString();
        var detailType = order["detail-type"]!.ToString();

        Assert.Equal(1, Matches(Stacks.Of(Stacks.In("Queue"), ("EventSources", $"aws.health, {source}"), ("EventDetailTypes", $"AWS Health Event, {detailType}")), order));
        Assert.Equal(0, Matches(Stacks.Of(Stacks.In("Queue"), ("EventSources", $"aws.health, {source}")), order));
    }

    [Fact]
    public void Without_detail_types_every_event_of_the_sources_is_sent()
    {
        var stack = Stacks.Of(Stacks.In("Queue"), ("EventSources", "aws.autoscaling"), ("EventDetailTypes", ""));

        Assert.Equal(1, Matches(stack, Sample("autoscaling--ec2-instance-launch-successful")));
        Assert.Equal(0, Matches(stack, Sample("health-event")));
    }

    [Fact]
    public void A_stack_can_do_without_either_rule()
    {
        Assert.Equal(["EventRule"], Stacks.Of(Stacks.In("Queue"), ("CloudWatchAlarms", "false")).OfType("AWS::Events::Rule").Keys);
        Assert.Equal(["AlarmRule"], Stacks.Of(Stacks.In("Queue"), ("EventSources", "")).OfType("AWS::Events::Rule").Keys);
    }

    [Fact]
    public void Both_rules_listen_on_the_bus_that_the_parameter_names() =>
        Assert.All(
            Stacks.Of(Stacks.In("Queue"), ("EventBusName", "orders")).OfType("AWS::Events::Rule").Values,
            rule => Assert.Equal("orders", rule["EventBusName"]!.ToString()));

    private static int Matches(JsonObject stack, JsonNode sample) =>
        stack.OfType("AWS::Events::Rule").Values.Count(rule => Matches(rule["EventPattern"]!, sample));

    /// <summary>EventBridge's pattern language, as far as the template uses it: lists of exact texts, nested as the event is.</summary>
    private static bool Matches(JsonNode pattern, JsonNode? value) => pattern switch
    {
        JsonObject fields => fields.All(field => Matches(field.Value!, value?[field.Key])),
        JsonArray texts => texts.All(text => text is JsonValue)
            ? texts.Any(text => text!.ToString() == value?.ToString())
            : throw new NotSupportedException("Content filters."),
        _ => throw new NotSupportedException("A pattern is a map or a list."),
    };

    private static JsonNode Sample(string name) => JsonNode.Parse(Repository.Read("test", "events", name + ".json"))!;
}
