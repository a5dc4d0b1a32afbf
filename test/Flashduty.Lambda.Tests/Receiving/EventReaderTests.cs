using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Receiving;

public sealed class EventReaderTests
{
    private static EventBridgeEvent Read(string json) => EventReader.Read(Encoding.UTF8.GetBytes(json));

    private static string Refusal(Func<object> read)
    {
        var refusal = Assert.Throws<IntegrationException>(read);
        Assert.Equal(ErrorCode.InvalidParameter, refusal.Code);
        return refusal.Message;
    }

    [Fact]
    public void Every_member_is_read()
    {
        var e = Read("""
            {"version":"0","id":"i","source":"s","detail-type":"t","account":"123456789012","region":"eu-west-1",
             "time":"2025-01-01T00:00:00Z","resources":["r1","r2"],"detail":{"a":1}}
            """);

        Assert.Equal(("i", "s", "t"), (e.Id, e.Source, e.DetailType));
        Assert.Equal(("123456789012", "eu-west-1", "2025-01-01T00:00:00Z"), (e.Account, e.Region, e.Time));
        Assert.Equal(["r1", "r2"], e.Resources);
        Assert.Equal(1, e.Detail.GetProperty("a").GetInt32());
    }

    [Fact]
    public void Three_members_are_enough()
    {
        var e = Read(Events.With());
        Assert.Equal(("", "", ""), (e.Account, e.Region, e.Time));
        Assert.Empty(e.Resources);
        Assert.Equal(JsonValueKind.Undefined, e.Detail.ValueKind);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" ", "empty")]
    [InlineData("not json", "not JSON (line 1, byte 2)")]
    [InlineData("{\n\"id\": }", "not JSON (line 2")]
    [InlineData("{\"id\":\"1\"", "not JSON")]
    [InlineData("[]", "a JSON array")]
    [InlineData("null", "a JSON null")]
    [InlineData("\"id\"", "a JSON string")]
    [InlineData("7", "a JSON number")]
    [InlineData("true", "a JSON true")]
    [InlineData("{}", "no \"id\"")]
    [InlineData("""{"source":"s","detail-type":"t"}""", "no \"id\"")]
    [InlineData("""{"id":"i","detail-type":"t"}""", "no \"source\"")]
    [InlineData("""{"id":"i","source":"s"}""", "no \"detail-type\"")]
    [InlineData("""{"id":"i","source":"s","Detail-Type":"t"}""", "no \"detail-type\"")]
    [InlineData("""{"id":1,"source":"s","detail-type":"t"}""", "\"id\" is not a string")]
    [InlineData("""{"id":"","source":"s","detail-type":"t"}""", "\"id\" is not a string")]
    [InlineData("""{"id":null,"source":"s","detail-type":"t"}""", "\"id\" is not a string")]
    [InlineData("""{"id":"i","source":["s"],"detail-type":"t"}""", "\"source\" is not a string")]
    [InlineData("""{"id":"i","source":" ","detail-type":"t"}""", "\"source\" is not a string")]
    [InlineData("""{"id":"i","source":"s","detail-type":{}}""", "\"detail-type\" is not a string")]
    [InlineData("""{"id":"i","source":"s","detail-type":true}""", "\"detail-type\" is not a string")]
    public void What_is_no_event_is_refused_and_told_why(string json, string why) =>
        Assert.Contains(why, Refusal(() => Read(json)), StringComparison.Ordinal);

    [Fact]
    public void A_refusal_does_not_quote_the_text() =>
        Assert.DoesNotContain("s3cr3t", Refusal(() => Read("{\"id\": s3cr3t}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("null", JsonValueKind.Null)]
    [InlineData("\"text\"", JsonValueKind.String)]
    [InlineData("3.14", JsonValueKind.Number)]
    [InlineData("[1,2]", JsonValueKind.Array)]
    [InlineData("false", JsonValueKind.False)]
    [InlineData("{}", JsonValueKind.Object)]
    public void A_detail_may_be_any_value(string detail, JsonValueKind kind) =>
        Assert.Equal(kind, Read(Events.WithDetail(detail)).Detail.ValueKind);

    [Theory]
    [InlineData(""","resources":[]""", "")]
    [InlineData(""","resources":null""", "")]
    [InlineData(""","resources":7""", "")]
    [InlineData(""","resources":""  """, "")]
    [InlineData(""","resources":"arn" """, "arn")]
    [InlineData(""","resources":["a",7,null,"",{"b":1},"c"]""", "a,c")]
    public void Odd_resources_are_taken_as_far_as_they_go(string more, string expected) =>
        Assert.Equal(expected, string.Join(',', Read(Events.With(more)).Resources));

    [Theory]
    [InlineData(""","account":123456789012""", "123456789012", "", "")]
    [InlineData(""","account":null,"region":["x"],"time":{}""", "", "", "")]
    [InlineData(""","region":"\u0065u-west-1","time":1735689600""", "", "eu-west-1", "1735689600")]
    public void Odd_envelopes_are_taken_as_far_as_they_go(string more, string account, string region, string time)
    {
        var e = Read(Events.With(more));
        Assert.Equal((account, region, time), (e.Account, e.Region, e.Time));
    }

    [Fact]
    public void Of_a_name_that_comes_twice_the_first_counts() =>
        Assert.Equal("acme.shop", Read(Events.With(""","source":"aws.ec2" """)).Source);

    [Theory]
    [InlineData(""","\ud83d":1""")]
    [InlineData(""","\ud83d":1,"id":"other" """)]
    [InlineData(""","i\ud83dd":1""")]
    [InlineData(""","detail":{"\ud83d":{"a":"\ude00"}}""")]
    public void A_lone_surrogate_in_a_name_harms_nothing(string more) => Assert.Equal("acme.shop", Read(Events.With(more)).Source);

    [Fact]
    public void A_lone_surrogate_in_a_value_is_replaced() =>
        Assert.Equal("a\uFFFDb", Read("""{"id":"a\ud83db","source":"s","detail-type":"t"}""").Id);

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() =>
        Assert.Contains("UTF-8", Refusal(() => EventReader.Read(new byte[] { (byte)'"', 0xFF, (byte)'"' })), StringComparison.Ordinal);

    [Fact]
    public void A_mebibyte_is_read_and_a_byte_more_is_not()
    {
        Assert.Equal(Events.Id, Read(Events.OfSize(EventReader.MaxBytes)).Id);
        Assert.Contains("1048577 bytes", Refusal(() => Read(Events.OfSize(EventReader.MaxBytes + 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_64_is_read_and_65_is_not()
    {
        Assert.Equal(Events.Id, Read(Events.OfDepth(64)).Id);
        Assert.Contains("more than 64 deep", Refusal(() => Read(Events.OfDepth(65))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    [InlineData("""{"a":"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    [InlineData("""{"a":"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    public void Brackets_in_a_string_are_not_depth(string json) =>
        Assert.Contains("not JSON", Refusal(() => Read(json)), StringComparison.Ordinal);

    [Fact]
    public void A_queued_body_is_an_event() => Assert.Equal(Events.Id, EventReader.ReadQueued(Events.With()).Id);

    [Fact]
    public void A_queued_body_may_be_what_a_failed_invocation_left() =>
        Assert.Equal(Events.Id, EventReader.ReadQueued(Record(Events.With())).Id);

    [Fact]
    public void An_event_as_deep_as_may_be_can_be_replayed() =>
        Assert.Equal(Events.Id, EventReader.ReadQueued(Record(Events.OfDepth(64))).Id);

    [Fact]
    public void An_event_with_a_requestPayload_of_its_own_is_not_unwrapped() =>
        Assert.Equal(Events.Id, EventReader.ReadQueued(Events.With(""","requestPayload":{"id":"inner"}""")).Id);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("text", "not JSON")]
    [InlineData("[]", "a JSON array")]
    [InlineData("""{"requestPayload":"text"}""", "a JSON string")]
    [InlineData("""{"requestPayload":{}}""", "no \"id\"")]
    [InlineData("""{"\ud83d":1}""", "no \"id\"")]
    public void A_queued_body_that_is_neither_is_refused(string body, string why) =>
        Assert.Contains(why, Refusal(() => EventReader.ReadQueued(body)), StringComparison.Ordinal);

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Byte.Array[0, 200].Sample(ReadOrRefuse);

    [Fact]
    public void Any_change_of_a_byte_is_read_or_refused()
    {
        var whole = Encoding.UTF8.GetBytes(Events.With(""","resources":["é"],"account":"1","detail":{"\ud83d\ude00":["\u00e9\\",1.5e3,null]}"""));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, to) =>
        {
            var changed = whole.ToArray();
            changed[at] = to;
            ReadOrRefuse(changed);
        });
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            EventReader.Read(bytes);
        }
        catch (IntegrationException refusal)
        {
            Assert.Equal(ErrorCode.InvalidParameter, refusal.Code);
        }
    }

    private static string Record(string e) =>
        $$$"""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{{{e}}},"responsePayload":{"errorType":"x"}}""";
}
