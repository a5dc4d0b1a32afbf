using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization;

public sealed class LabelTests
{
    private static readonly string[] Envelope = ["source", "detail_type", "account", "region", "event_id", "event_time", "service", "check", "affected_account", "affected_region"];

    private static Alert AlertOf(EventBridgeEvent e) => new Normalizer(AlertKeyOptions.Default).Normalize(e);

    private static string[] Detail(string detail) =>
        [.. AlertOf(SampleEvents.Of("acme", "Changed", detail)).Labels.Skip(Envelope.Length).Select(label => $"{label.Key}={label.Value}")];

    [Fact]
    public void The_envelope_comes_first()
    {
        var alert = AlertOf(SampleEvents.Of("aws.ec2", "Changed", """{"a":1}""", ["arn:aws:ec2:us-east-1:1:thing/a", "arn:aws:ec2:us-east-1:1:thing/b"]));
        Assert.Equal(
            [
                "source=aws.ec2", "detail_type=Changed", "account=123456789012", "region=us-east-1", "event_id=7bf73129-1428-4cd3-a780-95db273d1602",
                "event_time=2025-03-16T15:07:00Z", "resource=arn:aws:ec2:us-east-1:1:thing/a",
                "resources=arn:aws:ec2:us-east-1:1:thing/a,arn:aws:ec2:us-east-1:1:thing/b", "service=ec2", "check=Changed", "affected_account=123456789012",
                "affected_region=us-east-1", "detail_a=1",
            ],
            alert.Labels.Select(label => $"{label.Key}={label.Value}"));
    }

    [Fact]
    public void Missing_envelope_members_make_no_label()
    {
        var alert = AlertOf(SampleEvents.Of("acme", "Changed", "{}", account: "", region: "", time: ""));
        Assert.Equal(["source", "detail_type", "event_id", "service", "check"], alert.Labels.Select(label => label.Key));
    }

    /// <summary>In Flashduty a label of such a name redirects pages.</summary>
    [Fact]
    public void No_text_of_an_event_makes_a_label_that_steers_flashduty()
    {
        var labels = AlertOf(SampleEvents.Of(
            "layer_person_reset_1", "layer_webhook_reset_1",
            """{"layer_person_reset_1":"mallory","":{"layer_webhook_reset_1":"https://evil.example"},"name":"layer_team_reset","value":"x"}""",
            ["layer_person_reset_1"])).Labels;
        Assert.DoesNotContain(labels, static label => label.Key.StartsWith("layer_", StringComparison.Ordinal));
    }

    [Fact]
    public void The_affected_place_is_the_events_own_else_the_envelopes()
    {
        var own = AlertOf(SampleEvents.Of("acme.custodian", "Policy Violation", """{"policy":{"name":"p"},"account_id":"333344445555","region":"eu-west-1"}"""));
        Assert.Equal(("333344445555", "eu-west-1", "123456789012", "us-east-1"), (own.Label("affected_account"), own.Label("affected_region"), own.Label("account"), own.Label("region")));
        Assert.EndsWith("[333344445555 eu-west-1]", own.Title, StringComparison.Ordinal);
        Assert.Contains("\naccount: 333344445555\nregion: eu-west-1\ndelivered to: 123456789012 us-east-1\n", own.Description, StringComparison.Ordinal);

        var envelopes = AlertOf(SampleEvents.Of("acme", "Changed", """{"account":"shop-prod","region":"EMEA"}"""));
        Assert.Equal(("123456789012", "us-east-1"), (envelopes.Label("affected_account"), envelopes.Label("affected_region")));
    }

    [Theory]
    [InlineData("""{"severity":"CRITICAL"}""", "critical")]
    [InlineData("""{"priority":"P1"}""", "p1")]
    [InlineData("""{"urgency":"high"}""", "high")]
    [InlineData("""{"level":"error"}""", "error")]
    [InlineData("""{"severity":"purple"}""", null)]
    [InlineData("""{"previousSeverity":"high"}""", null)]
    public void An_events_own_severity_is_a_label(string detail, string? severity) =>
        Assert.Equal(severity, AlertOf(SampleEvents.Of("acme", "Changed", detail)).Label("event_severity"));

    [Fact]
    public void Deliverys_own_arn_is_not_the_resource()
    {
        var alert = AlertOf(SampleEvents.Of(
            "aws.partner/mongodb.com/x", "Trigger", "{}", ["arn:aws:events:us-east-1::event-source/aws.partner/mongodb.com/x", "arn:aws:s3:::b"]));
        Assert.Equal("arn:aws:s3:::b", alert.Label("resource"));
    }

    [Theory]
    [InlineData("aws.ec2", "ec2")]
    [InlineData("aws.partner/datadog.com/team", "datadog.com")]
    [InlineData("com.example.orders", "com.example.orders")]
    [InlineData("aws.", "aws.")]
    public void The_service_is_named_by_the_source(string source, string service) =>
        Assert.Equal(service, AlertOf(SampleEvents.Of(source, "Changed", "{}")).Label("service"));

    [Theory]
    [InlineData("""{"a":{"b":1},"c":2}""", "detail_c=2", "detail_a_b=1")]
    [InlineData("""{"n":129.5,"e":1e3,"t":true,"f":false,"s":"x"}""", "detail_n=129.5", "detail_e=1e3", "detail_t=true", "detail_f=false", "detail_s=x")]
    [InlineData("""{"a":[1,"x",true,null]}""", "detail_a=1,x,true")]
    [InlineData("""{"a":[{"b":1},{"b":2}]}""", "detail_a_0_b=1", "detail_a_1_b=2")]
    [InlineData("""{"a":[1,{"b":2}]}""", "detail_a_0=1", "detail_a_1_b=2")]
    [InlineData("""{"a":null,"b":"","c":[],"d":{},"e":[null],"f":" "}""")]
    [InlineData("""{"a-b":1,"a b":2,"a_b":3}""", "detail_a_b=1")]
    [InlineData("""{"a":1,"a":2}""", "detail_a=1")]
    [InlineData("""{"é🔥":1}""", "detail___=1")]
    [InlineData("""{"a":"x\ny\u0000\u202Ez"}""", "detail_a=x yz")]
    [InlineData("""{"\ud83d":"\ud83d"}""", "detail__=\uFFFD")]
    [InlineData("\"text\"", "detail=text")]
    [InlineData("[1,2]", "detail=1,2")]
    [InlineData("""[{"a":1}]""", "detail_0_a=1")]
    [InlineData("null")]
    public void The_detail_is_flattened_shallow_fields_first(string detail, params string[] labels) => Assert.Equal(labels, Detail(detail));

    [Fact]
    public void There_are_at_most_fifty_in_the_events_order()
    {
        var detail = "{" + string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"f{i}\":{i}")) + "}";
        Assert.Equal(Enumerable.Range(0, 50 - Envelope.Length).Select(i => $"detail_f{i}={i}"), Detail(detail));
    }

    [Fact]
    public void The_catalogs_fields_are_never_squeezed_out()
    {
        var many = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"f{i}\":{i}"));
        var alert = AlertOf(SampleEvents.Of("aws.guardduty", "GuardDuty Finding", "{" + many + ""","title":"t","severity":8,"resource":{"instanceDetails":{"instanceId":"i-1"}}}"""));
        Assert.Equal(50, alert.Labels.Count);
        Assert.Equal("8", alert.Label("detail_severity"));
        Assert.Equal("i-1", alert.Label("detail_resource_instanceDetails_instanceId"));
        Assert.Equal("0", alert.Label("detail_f0"));
    }

    [Fact]
    public void A_chosen_element_of_an_array_is_kept_under_its_index()
    {
        var many = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"f{i}\":{i}"));
        var alert = AlertOf(SampleEvents.Of("aws.securityhub", "Security Hub Findings - Imported", "{" + many + ""","findings":[{"Severity":{"Label":"HIGH"}}]}"""));
        Assert.Equal("HIGH", alert.Label("detail_findings_0_Severity_Label"));
    }

    [Fact]
    public void A_long_name_and_a_long_value_are_cut()
    {
        var labels = AlertOf(SampleEvents.Of("acme", "Changed", $$"""{"{{new string('n', 300)}}":"{{new string('v', 5000)}}"}""")).Labels;
        var (name, value) = labels[^1];
        Assert.Equal(128, name.Length);
        Assert.Equal(2048, value.Length);
        Assert.EndsWith("v…", value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1", "https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#InstanceDetails:instanceId=i-1")]
    [InlineData("cn-north-1", "https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1#InstanceDetails:instanceId=i-1")]
    [InlineData("us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#InstanceDetails:instanceId=i-1")]
    [InlineData("evil.com/x#", null)]
    [InlineData("", null)]
    public void The_console_link_is_a_label_and_the_descriptions_last_line(string region, string? link)
    {
        var alert = AlertOf(SampleEvents.Of("aws.ec2", "EC2 Instance State-change Notification", """{"instance-id":"i-1","state":"stopped"}""", [$"arn:aws:ec2:{region}:1:instance/i-1"], region: region));
        Assert.Equal(link, alert.Label("console_url"));
        Assert.Equal(link is not null, alert.Description.Split('\n')[^1] == link);
    }
}
