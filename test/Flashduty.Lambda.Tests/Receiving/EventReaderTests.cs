using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Receiving;

public sealed class EventReaderTests
{
    private static EventBridgeEvent Read(string json) => EventReader.Read(Encoding.UTF8.GetBytes(json)).OrThrow();

    private static string Reason(string json) => Reason(Encoding.UTF8.GetBytes(json));

    private static string Reason(byte[] utf8)
    {
        var failure = EventReader.Read(utf8).Failure!;
        Assert.Equal(ErrorCode.InvalidParameter, failure.Code);
        return failure.Message;
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
    [InlineData("true", "a JSON boolean")]
    [InlineData("{}", "no \"source\"")]
    [InlineData("""{"id":"i","detail-type":"t"}""", "no \"source\"")]
    [InlineData("""{"id":"i","source":"s"}""", "no \"detail-type\"")]
    [InlineData("""{"id":"i","source":"s","Detail-Type":"t"}""", "no \"detail-type\"")]
    [InlineData("""{"id":"i","source":["s"],"detail-type":"t"}""", "\"source\" is not a string")]
    [InlineData("""{"id":"i","source":" ","detail-type":"t"}""", "\"source\" is not a string")]
    [InlineData("""{"id":"i","source":"s","detail-type":{}}""", "\"detail-type\" is not a string")]
    [InlineData("""{"id":"i","source":"s","detail-type":true}""", "\"detail-type\" is not a string")]
    public void Invalid_event_is_refused_with_the_reason(string json, string why) =>
        Assert.Contains(why, Reason(json), StringComparison.Ordinal);

    [Fact]
    public void A_refusal_does_not_quote_the_text() =>
        Assert.DoesNotContain("s3cr3t", Reason("{\"id\": s3cr3t}"), StringComparison.Ordinal);

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
    public void Duplicate_member_counts_once_and_the_first_wins() =>
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
        Assert.Contains("UTF-8", Reason([(byte)'"', 0xFF, (byte)'"']), StringComparison.Ordinal);

    [Fact]
    public void Event_of_the_maximum_size_is_read_and_a_byte_more_is_not()
    {
        Assert.Equal(Events.Id, Read(Events.OfSize(SizeLimits.EventBytes)).Id);
        Assert.Contains($"is {SizeLimits.EventBytes + 1} bytes; the limit is {SizeLimits.EventBytes}", Reason(Events.OfSize(SizeLimits.EventBytes + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_64_is_read_and_65_is_not()
    {
        Assert.Equal(Events.Id, Read(Events.OfDepth(64)).Id);
        Assert.Contains("more than 64 deep", Reason(Events.OfDepth(65)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    [InlineData("""{"a":"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    [InlineData("""{"a":"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["  oops}""")]
    public void Brackets_in_a_string_are_not_depth(string json) =>
        Assert.Contains("not JSON", Reason(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":9007199254740993,"source":"s","detail-type":"t"}""", "9007199254740993")]
    [InlineData("""{"id":1.50,"source":"s","detail-type":"t"}""", "1.50")]
    public void Numeric_id_counts_as_its_text(string json, string id) => Assert.Equal(id, Read(json).Id);

    [Theory]
    [InlineData("""{"source":"s","detail-type":"t","detail":{"a":1,"b":[2,"é"]}}""")]
    [InlineData("""{"id":null,"source":"s","detail-type":"t"}""")]
    [InlineData("""{"id":"","source":"s","detail-type":"t"}""")]
    [InlineData("""{"id":" \u200b","source":"s","detail-type":"t"}""")]
    [InlineData("""{"id":{"a":1},"source":"s","detail-type":"t"}""")]
    public void Missing_id_is_made_of_the_content(string json)
    {
        var id = Read(json).Id;
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, Read(json).Id);
        Assert.NotEqual(id, Read(json.Replace("\"t\"", "\"u\"", StringComparison.Ordinal)).Id);
    }

    [Fact]
    public void Order_and_white_space_do_not_change_an_id_made_of_the_content() =>
        Assert.Equal(
            Read("""{"source":"s","detail-type":"t","detail":{"a":"é","b":2}}""").Id,
            Read("""{ "detail" : {"b":2, "a":"\u00e9"}, "detail-type":"t","source":"s" }""").Id);

    [Theory]
    [InlineData("\"{\\\"orderId\\\":\\\"A-1\\\"}\"", "A-1")]
    [InlineData("\"  {\\\"orderId\\\":\\\"A-1\\\"}\"", "A-1")]
    public void Detail_as_a_JSON_text_is_the_object_it_holds(string detail, string order) =>
        Assert.Equal(order, Read(Events.WithDetail(detail)).Detail.GetProperty("orderId").GetString());

    [Theory]
    [InlineData("\"{not json\"")]
    [InlineData("\"[1]\"")]
    [InlineData("\"7\"")]
    public void Detail_as_any_other_text_stays_a_text(string detail) =>
        Assert.Equal(JsonValueKind.String, Read(Events.WithDetail(detail)).Detail.ValueKind);

    [Theory]
    [InlineData("""{"id":"1","source":"\u200b","detail-type":"t"}""")]
    [InlineData("""{"id":"1","source":"s","detail-type":"\u202e \u2060"}""")]
    public void Invisible_text_is_not_a_source_or_detail_type(string json) =>
        Assert.Contains("not a string with visible text", Reason(json), StringComparison.Ordinal);

    [Fact]
    public void Byte_order_mark_is_ignored() => Assert.Equal(Events.Id, Read("\uFEFF" + Events.With()).Id);

    [Fact]
    public void Replay_name_is_read() => Assert.Equal("week-46", Read(Events.With(""","replay-name":"week-46" """)).ReplayName);

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
        if (EventUnwrapper.Read(bytes).Failure is { } failure)
        {
            Assert.Equal(ErrorCode.InvalidParameter, failure.Code);
        }
    }
}
