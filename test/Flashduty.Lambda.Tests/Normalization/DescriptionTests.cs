using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization;

public sealed class DescriptionTests
{
    private static string DescriptionOf(string source, string detailType, string detail, params string[] resources) =>
        new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Of(source, detailType, detail, resources)).Description;

    [Fact]
    public void The_message_comes_first_then_the_facts_then_where() =>
        Assert.Equal(
            """
            Threshold Crossed
            configuration.description: CPU is high
            previousState.value: OK
            account: 123456789012
            region: us-east-1
            time: 2025-03-16T15:07:00Z
            resource: arn:aws:cloudwatch:us-east-1:1:alarm:HighCPU
            https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:alarm/HighCPU
            """.ReplaceLineEndings("\n"),
            DescriptionOf(
                "aws.cloudwatch", "CloudWatch Alarm State Change",
                """{"alarmName":"HighCPU","state":{"value":"ALARM","reason":"Threshold Crossed"},"previousState":{"value":"OK"},"configuration":{"description":"CPU is high"}}""",
                "arn:aws:cloudwatch:us-east-1:1:alarm:HighCPU"));

    [Fact]
    public void Healths_description_is_the_English_one() =>
        Assert.StartsWith(
            "We are investigating increased API error rates.\nWe will give an update in an hour.\nservice: EC2\n",
            new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Read("health--operational-issue-govcloud")).Description.Replace("\n\n", "\n", StringComparison.Ordinal),
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_events_fields_are_its_facts() =>
        Assert.Equal(
            "payment declined\norderId: A-1\ntotal: 129.5\naccount: 123456789012\nregion: us-east-1\ntime: 2025-03-16T15:07:00Z",
            DescriptionOf("com.example.orders", "OrderFailed", """{"orderId":"A-1","reason":"payment declined","total":129.5}"""));

    [Fact]
    public void A_long_message_is_cut_and_the_end_stays()
    {
        var description = DescriptionOf("acme", "Failed", $$"""{"message":"{{string.Concat(Enumerable.Repeat("a long line\\n", 400))}}","name":"x"}""", "arn:aws:ec2:us-east-1:1:instance/i-1");
        Assert.InRange(description.Length, 1900, 2048);
        Assert.Contains("a long line\n…\naccount: ", description, StringComparison.Ordinal);
        Assert.EndsWith("instanceId=i-1", description, StringComparison.Ordinal);
    }

    [Fact]
    public void One_endless_line_is_cut_within()
    {
        var description = DescriptionOf("acme", "Failed", $$"""{"message":"{{new string('x', 5000)}}"}""");
        Assert.Contains("xxx…\naccount: ", description, StringComparison.Ordinal);
        Assert.InRange(description.Length, 2000, 2048);
    }
}
