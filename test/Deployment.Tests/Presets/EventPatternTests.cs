using System.Text.Json.Nodes;

namespace Deployment.Tests.Presets;

/// <summary>The matcher against the cases of EventBridge's user guide and of event-ruler, which is EventBridge's own matcher.</summary>
public sealed class EventPatternTests
{
    private const string Instance =
        """
        {"version":"0","id":"ddddd4","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"012345679012",
         "time":"2017-10-02T16:24:49Z","region":"us-east-1","resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],
         "detail":{"c-count":5,"d-count":3,"x-limit":301.8,"source-ip":"10.0.0.33","instance-id":"i-000000aaaaaa00000","state":"running",
                   "nothing":null,"empty":"","flag":true,"tags":["blue","green"],"none":[],"inner":{"leaf":1}}}
        """;

    private const string Employees =
        """
        {"employees":[{"firstName":"John","lastName":"Doe"},{"firstName":"Anna","lastName":"Smith"},
                      {"firstName":"Peter","lastName":"Jones","phones":[{"kind":"home","number":1},{"kind":"work","number":2}]}]}
        """;

    [Theory]
    [InlineData("""{"source":["aws.ec2"]}""", true)]
    [InlineData("""{"source":["aws.ec2","aws.fargate"]}""", true)]
    [InlineData("""{"source":["aws.fargate"]}""", false)]
    [InlineData(
        """{"resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],"detail":{"state":["init","running"]}}""",
        true)]
    [InlineData("""{"detail":{"tags":["green","red"]}}""", true)]
    [InlineData("""{"detail":{"tags":["red"]}}""", false)]
    [InlineData("""{"detail":{"state":["running"],"c-count":[6]}}""", false)]
    [InlineData("""{"detail":{"nothing":[null]}}""", true)]
    [InlineData("""{"detail":{"state":[null]}}""", false)]
    [InlineData("""{"detail":{"empty":[""]}}""", true)]
    [InlineData("""{"detail":{"flag":[true]}}""", true)]
    [InlineData("""{"detail":{"flag":["true"]}}""", false)]
    [InlineData("""{"detail":{"c-count":[5.0]}}""", true)]
    [InlineData("""{"detail":{"c-count":["5"]}}""", false)]
    [InlineData("""{"time":[{"prefix":"2017-10-02"}]}""", true)]
    [InlineData("""{"detail":{"c-count":[{"prefix":"5"}]}}""", false)]
    [InlineData("""{"source":[{"suffix":"ec2"}]}""", true)]
    [InlineData("""{"source":[{"prefix":{"equals-ignore-case":"AWS."}}]}""", true)]
    [InlineData("""{"source":[{"suffix":{"equals-ignore-case":"EC2"}}]}""", true)]
    [InlineData("""{"source":[{"equals-ignore-case":"AWS.EC2"}]}""", true)]
    [InlineData("""{"source":[{"equals-ignore-case":"EC2"}]}""", false)]
    [InlineData("""{"source":[{"wildcard":"a*ec*"}]}""", true)]
    [InlineData("""{"source":[{"wildcard":"aws*rds"}]}""", false)]
    [InlineData("""{"source":[{"wildcard":"aws.ec2\\*"}]}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":"initializing"}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":"running"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":["stopped","overloaded"]}]}}""", true)]
    [InlineData("""{"detail":{"x-limit":[{"anything-but":[100,200,301.8]}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":"run"}}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"prefix":["init","stop"]}}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"suffix":"ing"}}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"equals-ignore-case":["RUNNING"]}}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":{"wildcard":"*nn*"}}]}}""", false)]
    [InlineData("""{"detail":{"absent":[{"anything-but":"running"}]}}""", false)]
    [InlineData("""{"detail":{"tags":[{"anything-but":"blue"}]}}""", true)]
    [InlineData("""{"detail":{"c-count":[{"numeric":[">",0,"<=",5]}]}}""", true)]
    [InlineData("""{"detail":{"d-count":[{"numeric":["<",3]}]}}""", false)]
    [InlineData("""{"detail":{"x-limit":[{"numeric":["=",3.018e2]}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"numeric":[">",0]}]}}""", false)]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.0.0/24"}]}}""", true)]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.0.1/8"}]}}""", true)]
    [InlineData("""{"detail":{"source-ip":[{"cidr":"10.0.1.0/24"}]}}""", false)]
    [InlineData("""{"detail":{"c-count":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"c-count":[{"exists":false}]}}""", false)]
    [InlineData("""{"detail":{"absent":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"nothing":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"inner":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"none":[{"exists":true}]}}""", false)]
    [InlineData("""{"detail":{"absent":{"deeper":[{"exists":false}]}}}""", true)]
    [InlineData("""{"detail":{"state":[{"anything-but":"running"},{"prefix":"run"}]}}""", true)]
    [InlineData("""{"source":["aws.ec2"],"$or":[{"detail":{"state":["stopped"]}},{"detail":{"c-count":[5]}}]}""", true)]
    [InlineData("""{"source":["aws.ec2"],"$or":[{"detail":{"state":["stopped"]}},{"detail":{"c-count":[6]}}]}""", false)]
    [InlineData("""{"detail":{"$or":[{"state":["stopped"]},{"c-count":[5],"d-count":[4]},{"flag":[true]}]}}""", true)]
    [InlineData(
        """{"$or":[{"source":["aws.rds"]},{"source":["aws.ec2"],"$or":[{"region":["eu-west-1"]},{"region":["us-east-1"]}]}]}""",
        true)]
    public void A_pattern_matches_as_EventBridge_does(string pattern, bool matches) =>
        Assert.Equal(matches, EventPattern.Matches(JsonNode.Parse(pattern)!, JsonNode.Parse(Instance)!));

    [Theory]
    [InlineData("""{"employees":{"firstName":["Anna"]}}""", true)]
    [InlineData("""{"employees":{"firstName":["Anna"],"lastName":["Smith"]}}""", true)]
    [InlineData("""{"employees":{"firstName":["Anna"],"lastName":["Jones"]}}""", false)]
    [InlineData("""{"employees":{"firstName":["Peter"],"phones":{"kind":["work"],"number":[2]}}}""", true)]
    [InlineData("""{"employees":{"firstName":["Peter"],"phones":{"kind":["home"],"number":[2]}}}""", false)]
    public void Fields_of_an_array_of_objects_match_within_one_element(string pattern, bool matches) =>
        Assert.Equal(matches, EventPattern.Matches(JsonNode.Parse(pattern)!, JsonNode.Parse(Employees)!));

    [Fact]
    public void Unknown_operator_is_an_error() => Assert.Throws<NotSupportedException>(() =>
        EventPattern.Matches(JsonNode.Parse("""{"source":[{"contains":"ec2"}]}""")!, JsonNode.Parse(Instance)!));
}
