using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

/// <summary>An update of a stack that the previous release made.</summary>
public sealed class UpgradeTests
{
    private static readonly Lazy<Dictionary<string, JsonObject>> Previous = new(() =>
    {
        var parameters = Stacks.Modes
            .Select(mode => new Dictionary<string, string> { ["DeliveryMode"] = mode, ["IntegrationKey"] = Stacks.Key }).ToList();
        return Stacks.Modes.Zip(
            Stacks.Translate(Repository.PathOf("test", "Deployment.Tests", "data", "previous-release.yaml"), parameters)
                .Zip(parameters, CloudFormation.Resolve)).ToDictionary(each => each.First, each => each.Second);
    });

    /// <summary>Properties whose change makes CloudFormation replace a resource, as far as the template sets them.</summary>
    private static readonly Dictionary<string, string[]> ReplacedBy = new()
    {
        ["AWS::CloudWatch::Alarm"] = ["AlarmName"],
        ["AWS::CloudWatch::Dashboard"] = ["DashboardName"],
        ["AWS::Events::ApiDestination"] = ["Name"],
        ["AWS::Events::Connection"] = ["Name"],
        ["AWS::Events::Rule"] = ["Name", "EventBusName"],
        ["AWS::IAM::Role"] = ["RoleName", "Path", "Description"],
        ["AWS::Lambda::EventInvokeConfig"] = ["FunctionName", "Qualifier"],
        ["AWS::Lambda::EventSourceMapping"] = ["EventSourceArn"],
        ["AWS::Lambda::Function"] = ["FunctionName", "PackageType"],
        ["AWS::Lambda::Permission"] = ["Action", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal", "SourceArn"],
        ["AWS::Lambda::Url"] = ["TargetFunctionArn", "Qualifier"],
        ["AWS::Logs::LogGroup"] = ["LogGroupName"],
        ["AWS::SQS::Queue"] = ["QueueName", "FifoQueue"],
        ["AWS::SQS::QueuePolicy"] = [],
        ["AWS::SecretsManager::Secret"] = ["Name"],
    };

    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Function_secret_queues_and_log_stay_as_they_are(string mode)
    {
        var (old, now) = (Previous.Value[mode], Stacks.Resolve(Stacks.In(mode)));
        string[] kept = ["EventBridgeFunction", "IntegrationSecret", "DeadLetterQueue", "FunctionLogGroup", "DeadLetterReplay",
            "FunctionRole"];

        Assert.All(kept, id => Assert.Equal(Type(old, id), Type(now, id)));
        Assert.Equal(old.OfType("AWS::SQS::Queue").Keys, now.OfType("AWS::SQS::Queue").Keys);
        Assert.Equal(old.Properties("IntegrationSecret").ToJsonString(), now.Properties("IntegrationSecret").ToJsonString());
    }

    [Fact]
    public void URL_and_its_permissions_are_the_three_resources_that_SAM_made()
    {
        var (old, now) = (Previous.Value["ApiDestination"], Stacks.Resolve(Stacks.In("ApiDestination")));
        string[] ids = ["EventBridgeFunctionUrl", "EventBridgeFunctionUrlPublicPermissions",
            "EventBridgeFunctionURLInvokeAllowPublicAccess"];

        Assert.All(ids, id => Assert.True(
            JsonNode.DeepEquals(old["Resources"]![id]!["Properties"], now["Resources"]![id]!["Properties"]),
            $"{old["Resources"]![id]} {now["Resources"]![id]}"));
    }

    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Nothing_is_replaced(string mode)
    {
        var (old, now) = (Previous.Value[mode], Stacks.Resolve(Stacks.In(mode)));

        Assert.All(old.LogicalIds().Intersect(now.LogicalIds()), id =>
        {
            Assert.Equal(Type(old, id), Type(now, id));
            Assert.All(ReplacedBy[Type(old, id)], property => Assert.True(
                JsonNode.DeepEquals(old.Properties(id)[property], now.Properties(id)[property]),
                $"{id}.{property}"));
        });
    }

    [Theory]
    [InlineData("ApiDestination", "AlarmRule, EventRule")]
    [InlineData(
        "Lambda",
        "AlarmRule, EventBridgeFunctionURLInvokeAllowPublicAccess, EventBridgeFunctionUrl, "
        + "EventBridgeFunctionUrlPublicPermissions, EventRule")]
    [InlineData(
        "Queue",
        "AlarmRule, EventBridgeFunctionURLInvokeAllowPublicAccess, EventBridgeFunctionUrl, "
        + "EventBridgeFunctionUrlPublicPermissions, EventRule")]
    public void Rules_and_a_URL_that_nothing_uses_are_all_that_goes(string mode, string gone) =>
        Assert.Equal(
            gone,
            string.Join(", ", Previous.Value[mode].LogicalIds().Except(Stacks.Resolve(Stacks.In(mode)).LogicalIds())
                .Order(StringComparer.Ordinal)));

    /// <summary>The guide lists each parameter that is gone or whose default has changed, since SAM keeps an existing stack's
    /// values.</summary>
    [Fact]
    public void Guide_lists_dropped_parameters_and_changed_defaults()
    {
        var old = Parameters("test", "Deployment.Tests", "data", "previous-release.yaml");
        var now = Parameters("template.yaml");
        var guide = Repository.Read("docs", "upgrade.md");

        var dropped = old.Keys.Except(now.Keys);
        var changed = old.Keys.Intersect(now.Keys).Where(name => old[name] != now[name]);

        Assert.Equal(
            ["CloudWatchAlarms", "EventDetailTypes", "EventSources", "InvocationRateLimit"],
            dropped.Order(StringComparer.Ordinal));
        Assert.All(
            dropped.Concat(changed).Concat(now.Keys.Except(old.Keys)),
            name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Parameters(params string[] path) =>
        Stacks.Translate(Repository.PathOf(path), new Dictionary<string, string>()).Single()["Parameters"]!.AsObject()
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value!["Default"]!.ToString());

    private static string Type(JsonObject stack, string id) => stack["Resources"]![id]!["Type"]!.ToString();
}
