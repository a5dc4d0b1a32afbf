using System.Text.Json;
using System.Text.Json.Nodes;
using Deployment.Tests.Presets;
using Deployment.Tests.Templates;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Deployment.Tests.Organization;

/// <summary>The hub, two members of its organization and a stranger of another one, in moto.</summary>
public sealed class OrganizationTests
{
    private const string HubBus = "arn:aws:events:us-east-1:111111111111:event-bus/flashduty-eventbridge-hub";

    [Fact]
    public void Event_of_a_member_arrives_at_the_hub_as_it_was()
    {
        var result = Play([Event("payments", "cloudwatch-alarm-state-change")]);

        var arrived = Assert.Single(result["hub"]!.AsArray())!;
        Assert.Equal(result["accounts"]!["payments"]!.ToString(), arrived["account"]!.ToString());
        Assert.Equal(
            Samples.Read("cloudwatch-alarm-state-change")["detail"]!["alarmName"]!.ToString(),
            arrived["detail"]!["alarmName"]!.ToString());
        Assert.Empty(result["dead"]!["payments"]!.AsArray());
    }

    [Fact]
    public void Event_that_no_preset_matches_stays_with_the_member()
    {
        var result = Play([Event("payments", "ec2-instance-state-change")]);

        Assert.Empty(result["hub"]!.AsArray());
        Assert.Empty(result["dead"]!["payments"]!.AsArray());
    }

    [Fact]
    public void Event_of_another_organization_is_refused()
    {
        var result = Play([Event("stranger", "cloudwatch-alarm-state-change")]);

        Assert.Empty(result["hub"]!.AsArray());
        Assert.Single(result["dead"]!["stranger"]!.AsArray());
    }

    [Fact]
    public void Event_whose_hub_is_gone_waits_in_the_members_queue()
    {
        var result = Play([Event("payments", "cloudwatch-alarm-state-change")], hubIsGone: true);

        Assert.Empty(result["hub"]!.AsArray());
        Assert.Single(result["dead"]!["payments"]!.AsArray());
    }

    [Fact]
    public void Two_accounts_copies_of_one_finding_are_one_alert()
    {
        var copies = Play([Finding("payments"), Finding("security")])["hub"]!.AsArray();
        var normalizer = new Normalizer(new AlertKeyOptions(AlertKeyScope.Resource, TimeSpan.Zero));

        Assert.Equal(2, copies.Select(copy => copy!["account"]!.ToString()).Distinct().Count());
        Assert.Single(copies
            .Select(copy => normalizer.Normalize(EventReader.Read(JsonSerializer.SerializeToUtf8Bytes(copy)).OrThrow()).Key).Distinct());
    }

    /// <summary>A finding about one account, which the account and the administrator both get.</summary>
    private static JsonObject Finding(string account)
    {
        var finding = Samples.Alter("guardduty-finding", """{"detail.severity":8}""");
        finding["account"] = account;
        return finding;
    }

    private static JsonObject Event(string account, string sample)
    {
        var @event = Samples.Read(sample);
        @event["account"] = account;
        return @event;
    }

    private static JsonNode Play(JsonArray events, bool hubIsGone = false)
    {
        ExternalTool.RequireOrSkip("moto_server", "pip install 'moto[server]'");
        var hub = Stacks.Resolve(Stacks.In("Queue"), ("OrganizationId", "o-0rganizat10n"));
        string[] parts = ["HubEventBus", "HubEventBusPolicy", "HubRule", "EventQueue", "DeadLetterQueue"];
        var forwarder = CloudFormation.Resolve(
            Stacks.Translate(Repository.PathOf("organization", "forwarder.yaml"), new Dictionary<string, string>()).Single(),
            new Dictionary<string, string> { ["HubEventBusArn"] = HubBus });
        forwarder["Outputs"]!.AsObject().Clear();
        var job = new JsonObject
        {
            ["hub"] = new JsonObject
            {
                ["Resources"] = new JsonObject(parts.Select(part => KeyValuePair.Create(part, hub["Resources"]![part]?.DeepClone()))),
            },
            ["forwarders"] = new JsonObject(((string[])["payments", "security", "stranger"])
                .Select(account => KeyValuePair.Create(account, (JsonNode?)forwarder.DeepClone()))),
            ["members"] = new JsonArray("payments", "security"),
            ["gone"] = hubIsGone,
            ["events"] = events,
        };

        var result = ExternalTool.RunAsync(
            "python3",
            [Repository.PathOf("test", "Deployment.Tests", "Organization", "organization.py")],
            job.ToJsonString().Replace("o-0rganizat10n", "ORGANIZATION", StringComparison.Ordinal)).GetAwaiter().GetResult();
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonNode.Parse(result.Output)!;
    }
}
