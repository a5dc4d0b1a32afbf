using System.Security.Cryptography;
using System.Text;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization;

public sealed class AlertKeyTests
{
    private const string Instance = """{"instance-id":"i-1","state":"stopped"}""";
    private const string Arn = "arn:aws:ec2:us-east-1:123456789012:instance/i-1";

    private static EventBridgeEvent Event(
        string id = "e-1", string time = "2025-03-16T15:07:00Z", string detail = Instance, string source = "aws.ec2",
        string type = "EC2 Instance State-change Notification", string account = "1", string region = "us-east-1", params string[] resources) =>
        SampleEvents.Of(source, type, detail, resources, id, time, account, region);

    private static string Key(EventBridgeEvent e, AlertKeyScope scope, int minutes = 60) =>
        new Normalizer(new AlertKeyOptions(scope, TimeSpan.FromMinutes(minutes))).Normalize(e).Key;

    /// <summary>Each row: what differs, whether the two are one alert by event, and by resource.</summary>
    private static readonly (string What, EventBridgeEvent A, EventBridgeEvent B, bool ByEvent, bool ByResource)[] Pairs =
    [
        ("delivered again", Event(resources: Arn), Event(resources: Arn), true, true),
        ("another event about the thing", Event(resources: Arn), Event(id: "e-2", resources: Arn), false, true),
        ("another state of the thing", Event(resources: Arn), Event(id: "e-2", detail: """{"instance-id":"i-1","state":"running"}""", resources: Arn), false, true),
        ("another thing", Event(resources: Arn), Event(id: "e-2", resources: Arn + "2"), false, false),
        ("another account", Event(resources: Arn), Event(account: "2", resources: Arn), false, false),
        ("another region", Event(resources: Arn), Event(region: "eu-west-1", resources: Arn), false, false),
        ("another type", Event(resources: Arn), Event(id: "e-2", type: "EC2 Instance Rebalance Recommendation", resources: Arn), false, false),
        ("another source", Event(resources: Arn), Event(id: "e-2", source: "acme", resources: Arn), false, false),
        ("resources in another order", Event(resources: ["a", "b"]), Event(id: "e-2", resources: ["b", "a"]), false, true),
        ("text shifted between resources", Event(resources: ["a", "b c"]), Event(id: "e-2", resources: ["a b", "c"]), false, false),
        ("text shifted between parts", Event(account: "1|", region: "x", resources: Arn), Event(account: "1", region: "|x", resources: Arn), false, false),
        ("the same slot", Event(resources: Arn), Event(id: "e-2", time: "2025-03-16T15:59:59Z", resources: Arn), false, true),
        ("the same slot, elsewhere on earth", Event(resources: Arn), Event(id: "e-2", time: "2025-03-16T17:30:00+02:00", resources: Arn), false, true),
        ("the same slot, with fractions", Event(resources: Arn), Event(id: "e-2", time: "2025-03-16T15:00:00.000Z", resources: Arn), false, true),
        ("the next slot", Event(resources: Arn), Event(id: "e-2", time: "2025-03-16T16:00:00Z", resources: Arn), false, false),
        ("no time", Event(time: "", resources: Arn), Event(id: "e-2", time: "", resources: Arn), false, false),
        ("no time, delivered again", Event(time: "", resources: Arn), Event(time: "", resources: Arn), true, true),
        ("a time that is none", Event(time: "10:00", resources: Arn), Event(id: "e-2", time: "10:00", resources: Arn), false, false),
        ("nothing that tells what it is about", Event(source: "acme", detail: "{}"), Event(id: "e-2", source: "acme", detail: "{}"), false, false),
        ("a field that tells", Event(source: "acme", type: "OrderFailed", detail: """{"orderId":"A-1","n":1}"""), Event(id: "e-2", source: "acme", type: "OrderFailed", detail: """{"orderId":"A-1","n":2}"""), false, true),
        ("a field that tells them apart", Event(source: "acme", type: "OrderFailed", detail: """{"orderId":"A-1"}"""), Event(id: "e-2", source: "acme", type: "OrderFailed", detail: """{"orderId":"A-2"}"""), false, false),
        ("a finding, updated", Finding("f-1", "e-1"), Finding("f-1", "e-2"), false, true),
        ("a service's task, in another cluster", Task("prod"), Task("test"), false, false),
        ("another task of the service", Task("prod"), Task("prod", "e-2"), false, true),
        ("a run of the same job", Acme("Job Run Finished", """{"jobName":"nightly","jobRunId":"r-1","status":"FAILED"}"""), Acme("Job Run Finished", """{"jobName":"nightly","jobRunId":"r-2","status":"OK"}""", "e-2"), false, true),
        ("a job in another data store", Acme("Import Job Failed", """{"datastoreId":"d-1","jobId":"j-1"}"""), Acme("Import Job Failed", """{"datastoreId":"d-2","jobId":"j-1"}""", "e-2"), false, false),
        ("another file of the server", Acme("File Upload Failed", """{"server-id":"s-1","session-id":"x","file-path":"/a"}"""), Acme("File Upload Failed", """{"server-id":"s-1","session-id":"y","file-path":"/b"}""", "e-2"), false, false),
        ("the same file in another session", Acme("File Upload Failed", """{"server-id":"s-1","session-id":"x","file-path":"/a","bytes":1}"""), Acme("File Upload Failed", """{"server-id":"s-1","session-id":"y","file-path":"/a","bytes":2}""", "e-2"), false, true),
        ("a pull request of another number", Acme("Pull Request Merged", """{"repository":"web","pullRequestId":"1"}"""), Acme("Pull Request Merged", """{"repository":"web","pullRequestId":"2"}""", "e-2"), false, false),
        ("a device of another tracker", Acme("Device Position Event", """{"TrackerName":"t-1","DeviceId":"d"}"""), Acme("Device Position Event", """{"TrackerName":"t-2","DeviceId":"d"}""", "e-2"), false, false),
        ("the same task in another execution", Acme("Investigation Failed", """{"metadata":{"agent_space_id":"s","task_id":"t","execution_id":"1"}}"""), Acme("Investigation Failed", """{"metadata":{"agent_space_id":"s","task_id":"t","execution_id":"2"}}""", "e-2"), false, true),
        ("a task of another space", Acme("Investigation Failed", """{"metadata":{"agent_space_id":"s","task_id":"t"}}"""), Acme("Investigation Failed", """{"metadata":{"agent_space_id":"u","task_id":"t"}}""", "e-2"), false, false),
        ("a sentence about one incident", Acme("Alert", """{"title":"p99 is 4.1 s","incident":{"id":"I-1"}}"""), Acme("Alert", """{"title":"p99 is 4.7 s","incident":{"id":"I-1"}}""", "e-2"), false, true),
        ("worse, later, in another state", Acme("Order Stuck", """{"orderId":"1","severity":"low","status":"A","updatedAt":"1"}"""), Acme("Order Stuck", """{"orderId":"1","severity":"high","status":"B","updatedAt":"2"}""", "e-2"), false, true),
        ("a partner's event source", Acme("Trigger", """{"documentKey":{"_id":"1"}}""", "e-1", EventSource), Acme("Trigger", """{"documentKey":{"_id":"2"}}""", "e-2", EventSource), false, false),
        ("an execution's ARN", Acme("Step Failed", """{"stepName":"s"}""", "e-1", "arn:aws:states:us-east-1:1:execution:m:1"), Acme("Step Failed", """{"stepName":"s"}""", "e-2", "arn:aws:states:us-east-1:1:execution:m:2"), false, true),
        ("an account that the event names, delivered elsewhere", Acme("Policy Violation", """{"policyName":"p","account_id":"111122223333"}"""), Acme("Policy Violation", """{"policyName":"p","account_id":"111122223333"}""", "e-2", account: "2"), false, true),
        ("findings in another order", Findings("f-1", "f-2"), Findings("f-2", "f-1"), false, true),
        ("a finding delivered to the administrator", Finding("f-1", "e-1", "111122223333"), Finding("f-1", "e-2", "111122223333", "999988887777"), false, true),
        ("a communication of AWS Health in the backup region", Health("c-1"), Health("c-1", "e-2", region: "us-west-2"), true, true),
        ("the next communication about the event", Health("c-1"), Health("c-2", "e-2"), false, true),
        ("a communication to another account", Health("c-1"), Health("c-1", "e-2", "444455556666"), false, false),
        ("another finding", Finding("f-1", "e-1"), Finding("f-2", "e-2"), false, false),
    ];

    public static TheoryData<string> Whats() => new(Pairs.Select(pair => pair.What));

    private const string EventSource = "arn:aws:events:us-east-1::event-source/aws.partner/mongodb.com/x";

    private static EventBridgeEvent Acme(string type, string detail, string id = "e-1", string? resource = null, string account = "1") =>
        Event(id: id, source: "acme", type: type, detail: detail, account: account, resources: resource is null ? [] : [resource]);

    private static EventBridgeEvent Finding(string finding, string id, string owner = "1", string account = "1") =>
        Event(
            id: id, source: "aws.guardduty", type: "GuardDuty Finding", account: account,
            detail: $$"""{"id":"{{finding}}","title":"t","updatedAt":"{{id}}","accountId":"{{owner}}"}""");

    private static EventBridgeEvent Findings(string first, string second) =>
        Event(
            id: first, source: "aws.securityhub", type: "Security Hub Findings - Custom Action", resources: "arn:aws:securityhub:us-east-1:1:action/custom/x",
            detail: $$"""{"findings":[{"Id":"{{first}}","Title":"a"},{"Id":"{{second}}","Title":"b"}]}""");

    private static EventBridgeEvent Health(string communication, string id = "e-1", string account = "333344445555", string region = "us-east-1") =>
        Event(
            id: id, source: "aws.health", type: "AWS Health Event", region: region,
            detail: $$"""{"eventArn":"arn:aws:health:eu-west-1::event/RDS/X/X_1","communicationId":"{{communication}}","affectedAccount":"{{account}}","eventRegion":"eu-west-1"}""");

    private static EventBridgeEvent Task(string cluster, string id = "e-1") =>
        Event(
            id: cluster + id, source: "aws.ecs", type: "ECS Task State Change", resources: $"arn:aws:ecs:us-east-1:1:task/{cluster}/{id}",
            detail: $$"""{"clusterArn":"arn:aws:ecs:us-east-1:1:cluster/{{cluster}}","group":"service:web","taskArn":"{{id}}","lastStatus":"STOPPED"}""");

    [Theory]
    [MemberData(nameof(Whats))]
    public void Which_events_are_one_alert(string what)
    {
        var (_, a, b, byEvent, byResource) = Pairs.Single(pair => pair.What == what);
        Assert.Equal(byEvent, Key(a, AlertKeyScope.Event) == Key(b, AlertKeyScope.Event));
        Assert.Equal(byResource, Key(a, AlertKeyScope.Resource) == Key(b, AlertKeyScope.Resource));
    }

    [Fact]
    public void Without_a_window_repeats_merge_without_end() =>
        Assert.Equal(
            Key(Event(resources: Arn), AlertKeyScope.Resource, minutes: 0),
            Key(Event(id: "e-2", time: "", resources: Arn), AlertKeyScope.Resource, minutes: 0));

    [Theory]
    [InlineData(5, "2025-03-16T15:04:59Z", false)]
    [InlineData(5, "2025-03-16T15:05:00Z", true)]
    [InlineData(1440, "2025-03-16T00:00:00Z", true)]
    [InlineData(1440, "2025-03-15T23:59:59Z", false)]
    public void Slots_are_counted_in_UTC(int minutes, string time, bool same) =>
        Assert.Equal(same, Key(Event(resources: Arn), AlertKeyScope.Resource, minutes) == Key(Event(id: "e-2", time: time, resources: Arn), AlertKeyScope.Resource, minutes));

    [Fact]
    public void A_key_is_the_hash_of_its_source()
    {
        var e = Event(resources: Arn);
        var options = AlertKeyOptions.Default with { Scope = AlertKeyScope.Resource };
        var source = AlertKey.Source(e, EventSummary.Create(e), options);

        Assert.Equal($"1|us-east-1|aws.ec2|EC2 Instance State-change Notification|{Arn}|2025-03-16T15:00Z", source);
        Assert.Equal("eventbridge:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..32], new Normalizer(options).Normalize(e).Key);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Any_time_has_a_slot(string time) =>
        Assert.Equal(Key(Event(time: time, resources: Arn), AlertKeyScope.Resource, 7), Key(Event(id: "e-2", time: time, resources: Arn), AlertKeyScope.Resource, 7));
}
