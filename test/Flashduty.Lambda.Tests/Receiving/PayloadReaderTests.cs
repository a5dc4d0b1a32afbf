using System.Text;
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
    [InlineData("""{"source":"aws.ec2"}""")]
    [InlineData("""{"detail-type":"t"}""")]
    [InlineData("""{"source":"a","detail-type":"t","requestContext":"text","Records":[]}""")]
    [InlineData("""{"source":"a","detail-type":"t","requestContext":{"http":"text"}}""")]
    [InlineData("""{"source":"a","detail-type":"t","\ud83d":1}""")]
    public void What_has_a_source_or_a_detail_type_is_meant_as_an_event(string json) => Assert.IsType<Payload.Event>(Read(json));

    [Fact]
    public void A_batch_is_told_by_the_source_of_its_records()
    {
        var batch = Assert.IsType<Payload.Batch>(Read("""
            {"Records":[{"messageId":"m-1","body":"b-1","eventSource":"aws:sqs"},{"messageId":"m-2","eventSource":"aws:sqs"}]}
            """));
        Assert.Equal([new SqsMessage("m-1", "b-1"), new SqsMessage("m-2", "")], batch.Messages);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \r\n\t", "empty")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"a\":1}}", "not JSON")]
    [InlineData("null", "neither")]
    [InlineData("[]", "neither")]
    [InlineData("\"text\"", "neither")]
    [InlineData("{}", "neither")]
    [InlineData("""{"key1":"value1"}""", "neither")]
    [InlineData("""{"Records":[]}""", "neither")]
    [InlineData("""{"Records":"text"}""", "neither")]
    [InlineData("""{"Records":["text"]}""", "neither")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","messageId":"1"}]}""", "neither")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs"}]}""", "neither")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"1"},{"eventSource":"aws:sns"}]}""", "neither")]
    [InlineData("""{"requestContext":{}}""", "neither")]
    [InlineData("""{"\ud83d":1}""", "neither")]
    public void Anything_else_is_unreadable_and_told_why(string json, string why) =>
        Assert.Contains(why, Reason(json), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_unreadable() =>
        Assert.Contains("UTF-8", Assert.IsType<Payload.Unrecognized>(PayloadReader.Read(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' })).Reason.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(EventReader.MaxBytes, true)]
    [InlineData(EventReader.MaxBytes + 1, false)]
    public void An_event_may_have_a_mebibyte(int bytes, bool isEvent) =>
        Assert.Equal(isEvent, Read(Events.OfSize(bytes)) is Payload.Event);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void An_event_may_nest_64_deep(int depth, bool isEvent) =>
        Assert.Equal(isEvent, Read(Events.OfDepth(depth)) is Payload.Event);
}
