using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

/// <summary>In which regions a stack can be made, by what cfn-lint knows of each region's resource types.</summary>
public sealed class RegionTests
{
    /// <summary>EventBridge has no API destinations in China, whatever cfn-lint's schemas say.</summary>
    private static readonly string[] China = ["cn-north-1", "cn-northwest-1"];

    private static readonly string[] Switches = ["Alarms", "Security", "Health", "Certificates", "Data", "Workloads", "Access"];

    private static readonly Lazy<IReadOnlyList<string>> Regions =
        new(() => [.. PythonTools.Run("lint.py", []).Select(region => region!.ToString())]);

    /// <summary>What cfn-lint finds, by the stack's name and the region; one run, since most of its time is reading its schemas.</summary>
    private static readonly Lazy<Dictionary<string, IReadOnlyList<string>>> Findings = new(Lint);

    public static TheoryData<string> Linted => new(Jobs().Keys.Where(name => !name.StartsWith("only URL", StringComparison.Ordinal)));

    /// <summary>The template, stacks with everything on in every region that the template accepts them in, and stacks with much
    /// off.</summary>
    [Theory]
    [MemberData(nameof(Linted))]
    public void Stack_passes_cfn_lint_in_every_region_that_accepts_it(string name)
    {
        PythonTools.Require();

        Assert.Empty(Findings.Value[name]);
    }

    [Theory]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Every_region_accepts_a_stack_without_an_API_destination(string mode)
    {
        PythonTools.Require();

        Assert.Equal(46, Regions.Value.Count);
        Assert.All(Regions.Value, region => Assert.Empty(Refused(mode, region)));
    }

    [Fact]
    public void No_region_is_refused_that_has_API_destinations_and_Function_URLs()
    {
        PythonTools.Require();
        var refused = Regions.Value.Where(region => Refused("ApiDestination", region).Count > 0).ToList();

        Assert.Equal(16, refused.Count);
        Assert.Equal(China, China.Intersect(refused));
        Assert.All(
            refused.Except(China),
            region => Assert.Contains(
                Findings.Value["only URL and API destination, " + region],
                finding => finding.StartsWith("E3006", StringComparison.Ordinal)));
    }

    [Fact]
    public void Templates_pass_cfn_lint() =>
        Assert.All(PythonTools.LintFiles("template.yaml", "organization/forwarder.yaml"), Assert.Empty);

    [Theory]
    [InlineData("cn-north-1")]
    [InlineData("us-gov-west-1")]
    [InlineData("ca-west-1")]
    public void Refusal_says_which_mode_to_use(string region) =>
        Assert.Contains(
            "Set DeliveryMode to Queue, or to Lambda.",
            Assert.Single(Refused("ApiDestination", region)),
            StringComparison.Ordinal);

    private static IReadOnlyList<string> Refused(string mode, string region) => CloudFormation.FailedAssertions(
        Stacks.Template(Stacks.In(mode)),
        new Dictionary<string, string>(Stacks.Parameters(Stacks.In(mode))) { ["AWS::Region"] = region });

    private static Dictionary<string, (JsonObject Stack, IReadOnlyList<string> Regions)> Jobs()
    {
        if (!PythonTools.AreAvailable)
        {
            return [];
        }

        string[] one = ["us-east-1"];
        var jobs = new Dictionary<string, (JsonObject, IReadOnlyList<string>)>
        {
            ["every switch off"] = (Stacks.Resolve(Stacks.In("ApiDestination"),
                [.. Switches.Select(name => ("Sends" + name, "false"))]), one),
        };
        jobs["forwarder"] = (CloudFormation.Resolve(
            Stacks.Translate(Repository.PathOf("organization", "forwarder.yaml"), new Dictionary<string, string>()).Single(),
            new Dictionary<string, string>
            {
                ["HubEventBusArn"] = "arn:aws:events:us-east-1:123456789012:event-bus/flashduty-eventbridge-hub",
                ["AlarmTopicArn"] = Stacks.Topic,
                ["SendsHealthPlanned"] = "true",
                ["SendsDelivery"] = "true",
            }), Regions.Value);
        foreach (var mode in Stacks.Modes)
        {
            jobs[mode + " with everything"] = (Stacks.Whole(mode), [.. Regions.Value.Where(region => Refused(mode, region).Count == 0)]);
            jobs[mode] = (Stacks.Resolve($"{mode}, x86_64, existing secret, without topic"), one);
        }

        foreach (var region in Regions.Value.Where(region => Refused("ApiDestination", region).Count > 0))
        {
            jobs["only URL and API destination, " + region] = (new JsonObject
            {
                ["Resources"] = new JsonObject
                {
                    ["Url"] = new JsonObject { ["Type"] = "AWS::Lambda::Url" },
                    ["ApiDestination"] = new JsonObject { ["Type"] = "AWS::Events::ApiDestination" },
                },
            }, [region]);
        }

        return jobs;
    }

    private static Dictionary<string, IReadOnlyList<string>> Lint()
    {
        var jobs = Jobs();
        var findings = PythonTools.Lint(jobs.Values);
        return jobs.Keys.Zip(findings, KeyValuePair.Create).ToDictionary();
    }
}
