using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Presets;

/// <summary>Which events the rules of a stack send to the function.</summary>
public sealed class PresetTests
{
    /// <summary>The samples that a rule matches when every switch is on; it matches no other.</summary>
    private static readonly Dictionary<string, string> Matched = new()
    {
        ["access-analyzer--access-analyzer-finding"] = "AccessAnalyzerRule",
        ["acm--acm-certificate-expired"] = "CertificatesRule",
        ["autoscaling--ec2-auto-scaling-instance-refresh-failed"] = "AutoScalingRule",
        ["autoscaling--ec2-instance-terminate-unsuccessful"] = "AutoScalingRule",
        ["backup--copy-job-state-change"] = "BackupRule",
        ["backup--restore-job-state-change"] = "BackupRule",
        ["backup-job-state-change"] = "BackupRule",
        ["batch--batch-job-queue-blocked"] = "JobsRule",
        ["batch--batch-job-state-change"] = "JobsRule",
        ["ce--anomaly-detected"] = "CostsRule",
        ["cloudformation--cloudformation-stack-status-change"] = "PipelinesRule",
        ["cloudwatch--composite-alarm-state-change"] = "AlarmsRule",
        ["cloudwatch-alarm-state-change"] = "AlarmsRule",
        ["ecs--ecs-deployment-state-change"] = "EcsRule",
        ["glue--glue-job-failed"] = "JobsRule",
        ["health-event"] = "HealthPlannedRule",
        ["kms--kms-cmk-deletion"] = "KeysRule",
        ["kms--kms-imported-key-material-expiration"] = "KeysRule",
        ["rds--rds-db-cluster-event"] = "DatabaseRule",
        ["secretsmanager--rotation-failed"] = "KeysRule",
        ["signin--root-console-sign-in"] = "RootRule",
        ["states--step-functions-execution-status-change"] = "JobsRule",
        ["states--step-functions-execution-timed-out"] = "JobsRule",
    };

    private static readonly JsonObject Presets = JsonNode.Parse(Repository.Read("organization", "presets.json"))!.AsObject();

    public static TheoryData<string> EverySwitch => new(Presets.Select(preset => preset.Value!["switch"]!.ToString()).Distinct());

    [Fact]
    public void Samples_page_exactly_where_they_should()
    {
        var rules = Rules(Stacks.Whole("Queue", ("CustomEventSources", "none")));

        var matched = Samples.Names.Select(name => (name, Rule: string.Join(", ", Matching(rules, Samples.Read(name)))))
            .Where(each => each.Rule.Length > 0).ToDictionary(each => each.name, each => each.Rule);

        Assert.Equal(Matched.OrderBy(each => each.Key), matched.OrderBy(each => each.Key));
    }

    [Theory]
    [InlineData("cloudwatch-alarm-state-change", """{"detail.state.value":"OK"}""", null)]
    [InlineData("cloudwatch-alarm-state-change", """{"detail.state.value":"INSUFFICIENT_DATA"}""", null)]
    [InlineData("cloudwatch-alarm-state-change", """{"detail.alarmName":"TargetTracking-service/web-AlarmLow-1"}""", null)]
    [InlineData("guardduty-finding", """{"detail.severity":7}""", "GuardDutyRule")]
    [InlineData("guardduty-finding", """{"detail.severity":6.9}""", null)]
    [InlineData("guardduty-finding", """{"detail.severity":8,"detail.service.archived":true}""", null)]
    [InlineData("securityhub--security-hub-findings-imported", """{"detail.findings.0.Severity.Label":"CRITICAL"}""", "SecurityHubRule")]
    [InlineData(
        "securityhub--security-hub-findings-imported",
        """{"detail.findings.0.Severity.Label":"CRITICAL","detail.findings.0.ProductName":"GuardDuty"}""",
        null)]
    [InlineData(
        "securityhub--security-hub-findings-imported",
        """{"detail.findings.0.Severity.Label":"CRITICAL","detail.findings.0.Workflow.Status":"SUPPRESSED"}""",
        null)]
    [InlineData(
        "securityhub--security-hub-findings-imported",
        """{"detail.findings.0.Severity.Label":"CRITICAL","detail.findings.0.RecordState":"ARCHIVED"}""",
        null)]
    [InlineData("inspector2--inspector2-finding", """{"detail.exploitAvailable":"YES"}""", "InspectorRule")]
    [InlineData("inspector2--inspector2-finding", """{"detail.exploitAvailable":"YES","detail.status":"CLOSED"}""", null)]
    [InlineData("macie--macie-finding", """{"detail.severity.description":"High"}""", "MacieRule")]
    [InlineData("macie--macie-finding", """{"detail.severity.description":"High","detail.archived":true}""", null)]
    [InlineData("access-analyzer--access-analyzer-finding", """{"detail.status":"RESOLVED"}""", null)]
    [InlineData("access-analyzer--access-analyzer-finding", """{"detail.isPublic":false}""", null)]
    [InlineData("health-event", """{"detail.eventTypeCategory":"issue"}""", "HealthRule")]
    [InlineData(
        "health-event",
        """{"detail.eventTypeCategory":"issue","detail.statusCode":null,"detail.eventScopeCode":null}""",
        "HealthRule")]
    [InlineData("health-event", """{"detail.eventTypeCategory":"investigation","detail.statusCode":"open"}""", "HealthRule")]
    [InlineData("health-event", """{"detail.eventTypeCategory":"issue","detail.statusCode":"closed"}""", null)]
    [InlineData("health-event", """{"detail.eventTypeCategory":"issue","detail.eventScopeCode":"PUBLIC"}""", null)]
    [InlineData("health-event", """{"detail.eventTypeCategory":"issue","detail.backupEvent":"true"}""", null)]
    [InlineData("health-event", """{"detail.eventTypeCategory":"accountNotification"}""", null)]
    [InlineData("health-event", """{"detail.statusCode":"closed"}""", null)]
    [InlineData("acm--acm-certificate-approaching-expiration", """{"detail.DaysToExpiry":14}""", "CertificatesRule")]
    [InlineData("acm--acm-certificate-approaching-expiration", """{"detail.DaysToExpiry":15}""", null)]
    [InlineData("rds-db-instance-event", """{"detail.EventCategories":["availability","failover"]}""", "DatabaseRule")]
    [InlineData("backup-job-state-change", """{"detail.state":"COMPLETED"}""", null)]
    [InlineData("secretsmanager--rotation-failed", """{"detail.eventName":"RotationSucceeded"}""", null)]
    [InlineData("ecs-service-action", """{"detail.eventType":"ERROR"}""", "EcsRule")]
    [InlineData("glue--glue-job-state-change", """{"detail.state":"TIMEOUT"}""", "JobsRule")]
    [InlineData("states--step-functions-execution-timed-out", """{"detail.status":"SUCCEEDED"}""", null)]
    [InlineData(
        "cloudformation--cloudformation-stack-status-change",
        """{"detail.status-details.status":"UPDATE_ROLLBACK_COMPLETE"}""",
        "PipelinesRule")]
    [InlineData("cloudformation--cloudformation-stack-status-change", """{"detail.status-details.status":"UPDATE_COMPLETE"}""", null)]
    [InlineData("signin--root-console-sign-in", """{"detail.userIdentity.type":"IAMUser"}""", null)]
    [InlineData("signin--root-console-sign-in", """{"detail.responseElements.ConsoleLogin":"Failure"}""", null)]
    [InlineData("ce--anomaly-detected", """{"detail.impact.totalImpact":99.99}""", null)]
    [InlineData("custom-order-failed", """{"source":"com.example.orders"}""", "CustomRule")]
    public void Altered_sample_pages_only_where_it_matters(string sample, string changes, string? rule) =>
        Assert.Equal(rule ?? "", string.Join(", ", Matching(Rules(Stacks.Whole("Queue")), Samples.Alter(sample, changes))));

    /// <remarks>
    /// The format is documented, the finding in it is OCSF:
    /// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
    /// Findings that Security Hub aggregates name their product; those of its own checks also come as <c>Security Hub Findings -
    /// Imported</c>.
    /// </remarks>
    [Theory]
    [InlineData("Security Hub Exposure Detection", "Detection Finding", "Critical", "New", true)]
    [InlineData("Prowler", "Detection Finding", "Fatal", "New", true)]
    [InlineData("Security Hub Exposure Detection", "Detection Finding", "High", "New", false)]
    [InlineData("Security Hub Exposure Detection", "Detection Finding", "Critical", "Suppressed", false)]
    [InlineData("GuardDuty", "Detection Finding", "Critical", "New", false)]
    [InlineData("Inspector", "Vulnerability Finding", "Critical", "New", false)]
    [InlineData("Security Hub", "Compliance Finding", "Critical", "New", false)]
    public void Finding_that_Security_Hub_aggregates_pages_once(string product, string kind, string severity, string status, bool pages)
    {
        var finding = new JsonObject
        {
            ["class_name"] = kind,
            ["severity"] = severity,
            ["status"] = status,
            ["metadata"] = new JsonObject { ["product"] = new JsonObject { ["name"] = product, ["vendor_name"] = "AWS" } },
        };
        var @event = new JsonObject
        {
            ["source"] = "aws.securityhub",
            ["detail-type"] = "Findings Imported V2",
            ["detail"] = new JsonObject { ["findings"] = new JsonArray(finding) },
        };

        Assert.Equal(pages ? ["SecurityHubV2Rule"] : [], Matching(Rules(Stacks.Whole("Queue")), @event));
    }

    [Theory]
    [MemberData(nameof(EverySwitch))]
    public void Switch_turns_its_rules_on_and_off_and_no_others(string name)
    {
        var own = Presets.Where(preset => preset.Value!["switch"]!.ToString() == name).Select(preset => preset.Key + "Rule");

        var on = Rules(Stacks.Resolve(Stacks.In("Queue"), (name, "true"))).Keys;
        var off = Rules(Stacks.Resolve(Stacks.In("Queue"), (name, "false"))).Keys;

        Assert.Equal(own.Order(StringComparer.Ordinal), on.Except(off).Order(StringComparer.Ordinal));
        Assert.Empty(off.Except(on));
    }

    [Fact]
    public void By_default_scheduled_changes_and_deployments_do_not_page()
    {
        var rules = Rules(Stacks.Resolve(Stacks.In("Queue"))).Keys;

        Assert.Equal(Presets.Select(preset => preset.Key + "Rule").Except(["HealthPlannedRule", "PipelinesRule"]), rules);
    }

    [Theory]
    [InlineData("com.example.orders", "none", "custom-order-failed", true)]
    [InlineData("com.example.orders,com.example.billing", "OrderFailed", "custom-order-failed", true)]
    [InlineData("com.example.orders", "OrderShipped", "custom-order-failed", false)]
    [InlineData("com.example.orders", "*", "custom-order-failed", true)]
    [InlineData("*", "none", "custom-order-failed", true)]
    [InlineData("none", "OrderFailed", "custom-order-failed", true)]
    [InlineData("none", "none", "custom-order-failed", false)]
    [InlineData("*", "none", "ec2-instance-state-change", false)]
    [InlineData("none", "GuardDuty Finding", "guardduty-finding", false)]
    public void Own_events_are_named_by_source_and_detail_type(string sources, string detailTypes, string sample, bool sent)
    {
        var @event = sample == "custom-order-failed"
            ? Samples.Alter(sample, """{"source":"com.example.orders","detail-type":"OrderFailed"}""")
            : Samples.Read(sample);
        var rules = Rules(Stacks.Resolve(Stacks.In("Queue"), ("CustomEventSources", sources), ("CustomEventDetailTypes", detailTypes)));

        Assert.Equal(sent ? ["CustomRule"] : [], Matching(rules, @event));
    }

    [Fact]
    public void Own_events_come_from_the_bus_that_the_parameter_names_and_those_of_AWS_from_the_default_bus()
    {
        var buses = Stacks.Whole("Queue", ("EventBusName", "orders")).OfType("AWS::Events::Rule")
            .ToDictionary(rule => rule.Key, rule => rule.Value["EventBusName"]?.Target());

        Assert.Equal("orders", buses["CustomRule"]);
        Assert.Equal("HubEventBus", buses["HubRule"]);
        Assert.All(buses.Where(bus => bus.Key is not ("CustomRule" or "HubRule")), bus => Assert.Null(bus.Value));
    }

    [Fact]
    public void No_event_matches_two_rules_even_when_own_events_are_all_events()
    {
        var rules = Rules(Stacks.Whole("Queue", ("CustomEventSources", "*"), ("EventBusName", "default")));

        Assert.All(Samples.Names, name => Assert.True(Matching(rules, Samples.Read(name)).Count() <= 1, name));
    }

    [Fact]
    public async Task Templates_have_the_rules_of_presets_json()
    {
        PythonTools.Require();

        var result = await ExternalTool.RunAsync("python3", [Repository.PathOf("organization", "generate.py"), "--check"]);

        Assert.True(result.ExitCode == 0, result.Errors);
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: 2,048 characters, as compact JSON.</summary>
    [Fact]
    public void No_pattern_is_longer_than_EventBridge_allows() =>
        Assert.All(Presets, preset => Assert.InRange(preset.Value!["pattern"]!.ToJsonString().Length, 1, 2048));

    private static Dictionary<string, JsonNode> Rules(JsonObject stack) => stack.OfType("AWS::Events::Rule")
        .Where(rule => rule.Key != "HubRule")
        .ToDictionary(rule => rule.Key, rule => rule.Value["EventPattern"]!);

    private static IEnumerable<string> Matching(Dictionary<string, JsonNode> rules, JsonNode @event) =>
        rules.Where(rule => EventPattern.Matches(rule.Value, @event)).Select(rule => rule.Key);
}
