using System.Text;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Receiving;

public sealed class PayloadReaderTests
{
    private static Payload Read(string json) => PayloadReader.Read(Encoding.UTF8.GetBytes(json));

    private static string Reason(string json) => Assert.IsType<Payload.Unrecognized>(Read(json)).Reason.Message;

    [Fact]
    public void A_request_to_the_function_url_is_told_by_its_http_context()
    {
        var payload = Read("""
            {"version":"2.0","rawPath":"/a","headers":{"flashduty":"k","content-type":"application/json"},
             "queryStringParameters":{"integration_key":"q"},"requestContext":{"http":{"method":"POST","path":"/b"}},
             "body":"e30=","isBase64Encoded":true}
            """);

        var request = Assert.IsType<Payload.UrlRequest>(payload).Request;
        Assert.Equal("/a", request.RawPath);
        Assert.Equal("POST", request.RequestContext.Http.Method);
        Assert.Equal("/b", request.RequestContext.Http.Path);
        Assert.Equal("k", request.Headers["FlashDuty"]);
        Assert.Equal("application/json", request.Headers["CONTENT-TYPE"]);
        Assert.Equal("q", request.QueryStringParameters["integration_key"]);
        Assert.Equal("e30=", request.Body);
        Assert.True(request.IsBase64Encoded);
    }

    [Fact]
    public void A_bare_request_has_no_headers_no_query_and_no_body()
    {
        var request = Assert.IsType<Payload.UrlRequest>(Read("""{"requestContext":{"http":{}}}""")).Request;
        Assert.Empty(request.Headers);
        Assert.Empty(request.QueryStringParameters);
        Assert.Empty(request.Body);
        Assert.False(request.IsBase64Encoded);
    }

    [Theory]
    [InlineData("""{"id":"1","source":"aws.ec2","detail-type":"t"}""")]
    [InlineData("""{"source":"a","detail-type":"t","requestContext":"text","Records":[]}""")]
    [InlineData("""{"source":"a","detail-type":"t","requestContext":{"http":"text"}}""")]
    [InlineData("""{"source":"a","detail-type":"t","\ud83d":1}""")]
    [InlineData("""[{"source":"a","detail-type":"t"}]""")]
    public void An_event_is_recognized_by_its_members(string json) => Assert.Single(Assert.IsType<Payload.Events>(Read(json)).Items);

    [Fact]
    public void A_batch_is_recognized_by_the_source_of_its_records()
    {
        var batch = Assert.IsType<Payload.Batch>(Read("""
            {"Records":[{"messageId":"m-1","body":"b-1","eventSource":"aws:sqs"},{"messageId":"m-2","eventSource":"aws:sqs"}]}
            """));
        Assert.Equal([("m-1", "b-1"), ("m-2", "")], batch.Messages.Select(message => (message.Id, JsonText.Of(message.Body))));
    }

    [Fact]
    public void Empty_records_are_an_empty_batch() => Assert.Empty(Assert.IsType<Payload.Batch>(Read("""{"Records":[]}""")).Messages);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \r\n\t", "empty")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"a\":1}}", "not JSON")]
    [InlineData("null", "a JSON null")]
    [InlineData("[]", "without an event")]
    [InlineData("\"text\"", "a JSON string")]
    [InlineData("{}", "no members")]
    [InlineData("""{"key1":"value1"}""", "the Lambda console's sample event")]
    [InlineData("""{"source":"aws.ec2"}""", "no \"detail-type\"")]
    [InlineData("""{"detail-type":"t"}""", "no \"source\"")]
    [InlineData("""{"title":"x","severity":"high"}""", "the members title, severity, not an EventBridge event")]
    [InlineData("""{"title":"x","severity":"high"}""", "an input transformer reshapes the event, it has to keep id, source, detail-type and detail")]
    [InlineData("""{"Records":"text"}""", "the members Records")]
    [InlineData("""{"Records":["text"]}""", "Element 0 of the array: The body is a JSON string")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","messageId":"1"}]}""", "a record of aws:s3")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs"}]}""", "has no \"messageId\"")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"1"},{"eventSource":"aws:sqs"}]}""", "record 1 has no \"messageId\"")]
    [InlineData("""{"Records":[{"eventSource":"aws:kinesis"}]}""", "neither SQS nor SNS")]
    [InlineData("""{"requestContext":{}}""", "the members requestContext")]
    [InlineData("""{"requestContext":{"elb":{}},"httpMethod":"POST","body":"{}"}""", "API Gateway's payload version 1.0")]
    [InlineData("""{"Type":"SubscriptionConfirmation","Message":"x","TopicArn":"t"}""", "SNS confirmation")]
    [InlineData("""{"\ud83d":1}""", "the members ?")]
    public void Anything_else_is_refused_with_the_reason(string json, string why) =>
        Assert.Contains(why, Reason(json), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_unreadable() =>
        Assert.Contains("UTF-8", Assert.IsType<Payload.Unrecognized>(PayloadReader.Read(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' })).Reason.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(SizeLimits.EventBytes, true)]
    [InlineData(SizeLimits.EventBytes + 1, false)]
    public void An_event_may_have_a_mebibyte(int bytes, bool isEvent) =>
        Assert.Equal(isEvent, Read(Events.OfSize(bytes)) is Payload.Events);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void An_event_may_nest_64_deep(int depth, bool isEvent) =>
        Assert.Equal(isEvent, Read(Events.OfDepth(depth)) is Payload.Events);
}
