using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization;

public sealed class TitleTests
{
    private static string TitleOf(string source, string detailType, string detail, params string[] resources) =>
        new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Of(source, detailType, detail, resources)).Title;

    [Theory]
    [InlineData("cloudwatch-alarm-state-change", "CloudWatch Alarm State Change: HighCPUAlarm ALARM")]
    [InlineData("cloudwatch--composite-alarm-state-change", "CloudWatch Alarm State Change: ServiceAggregatedAlarm ALARM")]
    [InlineData("ec2-instance-state-change", "EC2 Instance State-change Notification: i-1234567890abcdef0 terminated")]
    [InlineData("ecs-service-action", "ECS Service Action: service/default/servicetest SERVICE_TASK_START_IMPAIRED")]
    [InlineData("rds-db-instance-event", "RDS DB Instance Event: testdb DB instance stopped")]
    [InlineData("guardduty-finding", "MEDIUM: 198.51.100.0 is performing SSH brute force attacks against i-99999999")]
    [InlineData("securityhub--security-hub-findings-imported", "HIGH: 4.1 Ensure no security groups allow ingress from 0.0.0.0/0 to port 22: sg-0abc")]
    [InlineData("inspector2--inspector2-finding", "CRITICAL: CVE-2022-37434 - zlib: i-0abc123")]
    [InlineData("s3--aws-api-call-via-cloudtrail", "AWS API Call via CloudTrail: CreateBucket bucket-test-iad by root")]
    [InlineData("ec2--aws-api-call-via-cloudtrail", "AWS API Call via CloudTrail: StopInstances i-0abc123 Client.UnauthorizedOperation by jane")]
    [InlineData("kafka--aws-api-call-via-cloudtrail", "AWS API Call via CloudTrail: DeleteCluster orders by assumed-role/Admin/jane")]
    [InlineData("signin--root-console-sign-in", "AWS Console Sign In via CloudTrail: ConsoleLogin root Success from 198.51.100.7")]
    [InlineData("codebuild--codebuild-build-state-change", "CodeBuild Build State Change: shop-web #55 FAILED")]
    [InlineData("cloudformation--cloudformation-stack-status-change", "CloudFormation Stack Status Change: shop-prod UPDATE_ROLLBACK_COMPLETE")]
    [InlineData("custom-order-failed", "OrderFailed: A-1009 payment declined")]
    [InlineData("events--scheduled-event", "Scheduled Event: my-scheduled-rule")]
    public void A_known_event_is_titled_by_the_catalog(string name, string title) =>
        Assert.Equal(title, new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Read(name)).Title);

    [Fact]
    public void A_replay_is_not_taken_for_now()
    {
        var alert = new Normalizer(AlertKeyOptions.Default)
            .Normalize(SampleEvents.Of("acme", "OrderFailed", """{"orderId":"A-1","severity":"high"}""") with { ReplayName = "week-46" });
        Assert.Equal("Replay: HIGH: OrderFailed: A-1", alert.Title);
        Assert.Equal("week-46", alert.Label("replay_name"));
    }

    [Theory]
    [InlineData("""{"incidentId":"I-1","severity":"SEV1","fromState":"OPEN","toState":"RESOLVED"}""", "RESOLVED: SEV1: Incident State Changed: I-1")]
    [InlineData("""{"incidentId":"I-1","status":"closed"}""", "CLOSED: Incident State Changed: I-1")]
    [InlineData("""{"incidentId":"I-1","status":"closed","resultStatus":"FAILED"}""", "Incident State Changed: I-1 closed, result FAILED")]
    [InlineData("""{"incidentId":"I-1","severity":"high","status":"high"}""", "Incident State Changed: I-1 high")]
    [InlineData("""{"incidentId":"I-1","severity":"info","status":"open"}""", "Incident State Changed: I-1 open")]
    public void Resolution_and_severity_come_first(string detail, string title) =>
        Assert.Equal(title, TitleOf("acme", "Incident State Changed", detail));

    [Theory]
    [MemberData(nameof(SampleEvents.All), MemberType = typeof(SampleEvents))]
    public void No_title_is_the_bare_detail_type(string name)
    {
        var e = SampleEvents.Read(name);
        Assert.NotEqual(e.DetailType, new Normalizer(AlertKeyOptions.Default).Normalize(e).Title);
    }

    [Theory]
    [InlineData("""{"instance-id":"i-1","status":"failed"}""")]
    [InlineData("""{"instanceId":"i-1","status":"failed"}""")]
    [InlineData("""{"InstanceId":"i-1","Status":"failed"}""")]
    [InlineData("""{"InstanceID":"i-1","STATUS":"failed"}""")]
    [InlineData("""{"instance_id":"i-1","current_status":"failed"}""")]
    [InlineData("""{"Instance Id":"i-1","Instance Status":"failed"}""")]
    [InlineData("""{"instance":{"id":"i-1","status":"failed"}}""")]
    [InlineData("""{"data":{"Instance":{"Id":"i-1"},"newState":{"status":"failed"},"oldState":{"status":"ok"}}}""")]
    public void Fields_are_found_in_any_casing(string detail) =>
        Assert.Equal("Instance Changed: i-1 failed", TitleOf("acme.fleet", "Instance Changed", detail));

    [Theory]
    [InlineData("""{"orderId":"A-1","reason":"payment declined"}""", "OrderFailed: A-1 payment declined")]
    [InlineData("""{"requestId":"r-1","customerId":"c-1","orderId":"A-1","status":"stuck","reason":"no stock"}""", "OrderFailed: A-1 stuck (no stock)")]
    [InlineData("""{"orderId":"A-1","errorCode":"card_declined","errorMessage":"Your card was declined."}""", "OrderFailed: A-1 card_declined (Your card was declined.)")]
    [InlineData("""{"orderId":"A-1","amount":129.5,"attempts":3}""", "OrderFailed: A-1 amount 129.5, attempts 3")]
    [InlineData("""{"deep":{"orderId":"A-2"},"orderId":"A-1"}""", "OrderFailed: A-1")]
    [InlineData("""{"title":"Disk 95% full on db-1","severity":"critical"}""", "CRITICAL: OrderFailed: Disk 95% full on db-1")]
    [InlineData("\"no stock left\"", "OrderFailed: no stock left")]
    [InlineData("42", "OrderFailed: 42")]
    [InlineData("""["A-1","A-2"]""", "OrderFailed: A-1,A-2")]
    [InlineData("""[{"orderId":"A-1","state":"stuck"}]""", "OrderFailed: A-1 stuck")]
    [InlineData("{}", "OrderFailed: com.example.orders")]
    [InlineData("null", "OrderFailed: com.example.orders")]
    [InlineData("""{"a":"b"}""", "OrderFailed: a b")]
    public void A_teams_own_event_reads_as_a_person_would_write_it(string detail, string title) =>
        Assert.Equal(title, TitleOf("com.example.orders", "OrderFailed", detail));

    [Theory]
    [InlineData("arn:aws:ec2:us-east-1:1:instance/i-1", "i-1")]
    [InlineData("arn:aws:cloudwatch:us-east-1:1:alarm:High:CPU", "High:CPU")]
    [InlineData("arn:aws:ecs:us-east-1:1:service/default/web", "service/default/web")]
    [InlineData("arn:aws:s3:::bucket/key", "bucket/key")]
    [InlineData("arn:aws:sns:us-east-1:1:topic", "topic")]
    [InlineData("arn:aws-cn:lambda:cn-north-1:1:function:resize:$LATEST", "resize")]
    [InlineData("arn:aws:logs:us-east-1:1:log-group:/aws/lambda/x:*", "aws/lambda/x")]
    [InlineData("arn:aws:autoscaling:us-east-1:1:autoScalingGroup:063c3a80-9c2a-4b9c-8e3b-1f5d6c7e8f90:autoScalingGroupName/web", "web")]
    [InlineData("arn:aws:cloudformation:us-east-1:1:stack/shop/a1b2c3d4-5678-90ab-cdef-111122223333", "shop")]
    [InlineData("arn:aws:apigateway:us-east-1::/restapis/abc", "restapis/abc")]
    [InlineData("arn:aws:kms:us-east-1:1:key/", "key/")]
    [InlineData("arn:aws:x", "arn:aws:x")]
    [InlineData("not an arn", "not an arn")]
    public void An_ARN_is_called_by_its_last_meaningful_part(string arn, string name) =>
        Assert.Equal($"Checked: {name}".Replace("$", "＄", StringComparison.Ordinal), TitleOf("acme", "Checked", "{}", arn));

    [Fact]
    public void A_long_subject_leaves_room_for_the_state()
    {
        var title = TitleOf("acme", "Failed", $$"""{"name":"{{new string('x', 190)}}","status":"down"}""", new string('r', 4000));
        Assert.EndsWith(" down", title, StringComparison.Ordinal);
        Assert.InRange(title.Length, 1, 512);
    }

    [Fact]
    public void A_cut_title_ends_with_an_ellipsis_and_whole_characters()
    {
        var title = new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Of("aws.guardduty", "GuardDuty Finding", $$"""{"title":"{{string.Concat(Enumerable.Repeat("🔥", 600))}}"}""")).Title;
        Assert.EndsWith("🔥…", title, StringComparison.Ordinal);
        Assert.Equal(511, title.Length);
    }
}
