using System.Text.Json.Nodes;
using Deployment.Tests.Presets;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Organization;

/// <summary>organization/forwarder.yaml, which a StackSet puts into every account and region.</summary>
public sealed class ForwarderTests
{
    private const string Hub = "arn:aws:events:us-east-1:111111111111:event-bus/flashduty-eventbridge-hub";
    private const string Administrator = "222222222222";
    private const string Member = "333333333333";

    private static readonly Lazy<JsonObject> Template =
        new(() => Stacks.Translate(Repository.PathOf("organization", "forwarder.yaml"), new Dictionary<string, string>()).Single());

    [Fact]
    public void Template_is_plain_CloudFormation() => Assert.Null(Template.Value["Transform"]);

    [Fact]
    public void Member_has_at_most_thirty_resources_with_everything_on() =>
        Assert.InRange(Resolve(Administrator, "us-east-1").LogicalIds().Count(), 23, 30);

    [Fact]
    public void Findings_come_from_the_security_account_only()
    {
        string[] findings = ["GuardDutyRule", "SecurityHubRule", "SecurityHubV2Rule", "InspectorRule", "MacieRule", "AccessAnalyzerRule"];

        Assert.Empty(findings.Except(Rules(Administrator, "eu-west-1")));
        Assert.Empty(Rules(Member, "eu-west-1").Intersect(findings));
    }

    [Fact]
    public void Health_comes_from_the_Health_account_only()
    {
        Assert.Empty(((string[])["HealthRule", "HealthPlannedRule"]).Except(Rules(Administrator, "eu-west-1")));
        Assert.DoesNotContain(Rules(Member, "eu-west-1"), rule => rule.StartsWith("Health", StringComparison.Ordinal));
    }

    [Fact]
    public void Root_sign_ins_and_costs_come_from_one_region_only()
    {
        string[] global = ["RootRule", "CostsRule"];

        Assert.Empty(global.Except(Rules(Member, "us-east-1")));
        Assert.Empty(Rules(Member, "eu-west-1").Intersect(global));
    }

    [Fact]
    public void Without_administrators_every_account_forwards_its_own() =>
        Assert.Equal(
            19,
            Resolve(Member, "us-east-1", ("SecurityAccountId", "none"), ("HealthAccountId", "none")).OfType("AWS::Events::Rule").Count);

    [Fact]
    public void Rules_are_the_stacks_own_with_the_hub_as_their_target()
    {
        var forwarder = Resolve(Administrator, "us-east-1").OfType("AWS::Events::Rule");
        var stack = Stacks.Whole("Queue").OfType("AWS::Events::Rule");

        Assert.Equal(stack.Keys.Except(["CustomRule", "HubRule"]), forwarder.Keys);
        Assert.All(forwarder, rule =>
        {
            Assert.True(JsonNode.DeepEquals(stack[rule.Key]["EventPattern"], rule.Value["EventPattern"]), rule.Key);
            var target = Assert.Single(rule.Value["Targets"]!.AsArray())!;
            Assert.Equal(Hub, target["Arn"]!.ToString());
            Assert.Equal("ForwarderRole", target["RoleArn"].Target());
            Assert.Equal("DeadLetterQueue", target["DeadLetterConfig"]!["Arn"].Target());
        });
    }

    [Fact]
    public void Role_may_only_put_events_on_the_hub()
    {
        var statement = Assert.Single(Resolve(Member, "us-east-1").Properties("ForwarderRole").Statements());

        Assert.Equal("events:PutEvents", statement["Action"]!.ToString());
        Assert.Equal(Hub, statement["Resource"]!.ToString());
    }

    [Fact]
    public void Switches_have_the_same_defaults_in_both_templates()
    {
        var stack = Stacks.Template()["Parameters"]!.AsObject();

        Assert.All(
            Template.Value["Parameters"]!.AsObject().Where(parameter => parameter.Key.StartsWith("Sends", StringComparison.Ordinal)),
            parameter => Assert.True(JsonNode.DeepEquals(stack[parameter.Key], parameter.Value), parameter.Key));
    }

    /// <summary>Of one finding that a member and the administrator both have, one page: the administrator's.</summary>
    [Fact]
    public void Finding_is_forwarded_once_in_the_whole_organization()
    {
        var finding = Samples.Alter("guardduty-finding", """{"detail.severity":8}""");

        var forwarded = ((string[])[Administrator, Member, "444444444444"])
            .Count(account => Resolve(account, "eu-west-1").OfType("AWS::Events::Rule").Values
                .Any(rule => EventPattern.Matches(rule["EventPattern"]!, finding)));

        Assert.Equal(1, forwarded);
    }

    private static IEnumerable<string> Rules(string account, string region) => Resolve(account, region).OfType("AWS::Events::Rule").Keys;

    private static JsonObject Resolve(string account, string region, params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string>
        {
            ["AWS::AccountId"] = account,
            ["AWS::Region"] = region,
            ["HubEventBusArn"] = Hub,
            ["SecurityAccountId"] = Administrator,
            ["HealthAccountId"] = Administrator,
            ["SendsHealthPlanned"] = "true",
            ["SendsDelivery"] = "true",
        };
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        return CloudFormation.Resolve(Template.Value, parameters);
    }
}
