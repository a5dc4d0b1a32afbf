using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Receiving;

public sealed class UrlRequestReaderTests
{
    private static APIGatewayHttpApiV2ProxyRequest Request(
        string path = "/", string method = "POST", string? contentType = "application/json", string? header = null, string? parameter = null,
        string body = "", bool isBase64 = false)
    {
        var request = new APIGatewayHttpApiV2ProxyRequest
        {
            RawPath = path,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            QueryStringParameters = new Dictionary<string, string>(),
            RequestContext = new() { Http = new() { Method = method, Path = path } },
            Body = body,
            IsBase64Encoded = isBase64,
        };
        Add(request.Headers, "content-type", contentType);
        Add(request.Headers, "flashduty", header);
        Add(request.QueryStringParameters, "integration_key", parameter);
        return request;
    }

    private static void Add(IDictionary<string, string> map, string name, string? value)
    {
        if (value is not null)
        {
            map[name] = value;
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/event/push/alert/aws-eventbridge")]
    public void Two_paths_take_events(string path) => Assert.Null(UrlRequestReader.Validate(Request(path)));

    [Fact]
    public void Without_a_raw_path_the_contexts_path_counts()
    {
        var request = Request(UrlRequestReader.PushPath);
        request.RawPath = "";
        Assert.Null(UrlRequestReader.Validate(request));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"ISO-8859-1\"")]
    [InlineData(" application/json ")]
    public void A_content_type_is_JSON_with_any_parameter(string contentType) =>
        Assert.Null(UrlRequestReader.Validate(Request(contentType: contentType)));

    [Theory]
    [InlineData("/favicon.ico", "POST", "application/json", "RouteNotFound")]
    [InlineData("/event/push/alert/aws-eventbridge/", "POST", "application/json", "RouteNotFound")]
    [InlineData("/EVENT/push/alert/aws-eventbridge", "POST", "application/json", "RouteNotFound")]
    [InlineData("/other", "GET", "text/html", "RouteNotFound")]
    [InlineData("", "POST", "application/json", "RouteNotFound")]
    [InlineData("/", "GET", "application/json", "MethodNotAllowed")]
    [InlineData("/", "PUT", "text/plain", "MethodNotAllowed")]
    [InlineData("/", "post", "application/json", "MethodNotAllowed")]
    [InlineData("/", "POST", null, "InvalidContentType")]
    [InlineData("/", "POST", "", "InvalidContentType")]
    [InlineData("/", "POST", "text/plain", "InvalidContentType")]
    [InlineData("/", "POST", "text/plain; application/json", "InvalidContentType")]
    [InlineData("/", "POST", "application/jsonl", "InvalidContentType")]
    [InlineData("/", "POST", "application/x-www-form-urlencoded", "InvalidContentType")]
    public void Other_requests_are_refused(string path, string method, string? contentType, string code) =>
        Assert.Equal(code, UrlRequestReader.Validate(Request(path, method, contentType))!.Code.ToString());

    [Theory]
    [InlineData("GET", "application/json", null, "Found GET: events are sent with POST")]
    [InlineData("POST", "text/plain", null, "The Content-Type is text/plain: it has to be application/json")]
    [InlineData("POST", null, null, "There is no Content-Type")]
    [InlineData("POST", "text/plain; charset=UTF-8", "Notification", "SNS cannot send the integration key over HTTPS")]
    [InlineData("POST", "text/plain; charset=UTF-8", "SubscriptionConfirmation", "subscribe the function itself, or its SQS queue")]
    public void Refusal_says_what_was_found_and_what_to_change(string method, string? contentType, string? sns, string says)
    {
        var request = Request(method: method, contentType: contentType);
        Add(request.Headers, "x-amz-sns-message-type", sns);
        Assert.Contains(says, UrlRequestReader.Validate(request)!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("h", null, "h")]
    [InlineData(null, "q", "q")]
    [InlineData("h", "q", "h")]
    [InlineData("", "q", "q")]
    [InlineData("", null, null)]
    public void The_header_comes_before_the_query(string? header, string? parameter, string? key) =>
        Assert.Equal(key, UrlRequestReader.Key(Request(header: header, parameter: parameter)));

    [Fact]
    public void A_body_may_be_base64()
    {
        var body = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Events.With()));
        Assert.Equal(Events.Id, UrlRequestReader.ReadEvents(Request(body: body, isBase64: true)).OrThrow().Single().Id);
        Assert.Equal(Events.Id, UrlRequestReader.ReadEvents(Request(body: Events.With())).OrThrow().Single().Id);
    }

    [Theory]
    [InlineData("{}", "marked as base64 but is not valid base64")]
    [InlineData("e30", "marked as base64 but is not valid base64")]
    [InlineData("", "empty")]
    [InlineData("/////w==", "UTF-8")]
    public void A_base64_body_that_is_none_is_refused(string body, string why)
    {
        var refusal = UrlRequestReader.ReadEvents(Request(body: body, isBase64: true)).Failure!;
        Assert.Equal(ErrorCode.InvalidParameter, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }
}
