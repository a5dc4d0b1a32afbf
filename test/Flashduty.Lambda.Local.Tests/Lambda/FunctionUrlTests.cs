using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Local.Commands;
using Flashduty.Lambda.Local.Lambda;
using Microsoft.AspNetCore.Http;

namespace Flashduty.Lambda.Local.Tests.Lambda;

/// <summary>HTTP to the payload and back, as a Function URL does it.</summary>
public sealed class FunctionUrlTests
{
    private static Task<APIGatewayHttpApiV2ProxyRequest> TranslateAsync(
        byte[]? body = null, string? contentType = null, string query = "", params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Path = "/event/push/alert/aws-eventbridge";
        http.Request.QueryString = new QueryString(query);
        http.Request.ContentType = contentType;
        http.Request.Body = new MemoryStream(body ?? []);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers.Append(name, value);
        }

        return PayloadFormat.ReadAsync(http, "id", DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json; charset=utf-8", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/octet-stream", true)]
    [InlineData(null, true)]
    public async Task A_body_that_is_no_text_is_base64(string? contentType, bool isBase64)
    {
        var request = await TranslateAsync("é"u8.ToArray(), contentType);

        Assert.Equal(isBase64, request.IsBase64Encoded);
        Assert.Equal("é", isBase64 ? Encoding.UTF8.GetString(Convert.FromBase64String(request.Body)) : request.Body);
    }

    [Fact]
    public async Task Header_names_are_in_lower_case_and_values_joined()
    {
        var request = await TranslateAsync(headers: [("FlashDuty", "k"), ("X-Two", "1"), ("X-Two", "2"), ("Cookie", "a=1; b=2")]);

        Assert.Equal("k", request.Headers["flashduty"]);
        Assert.Equal("1,2", request.Headers["x-two"]);
        Assert.Equal(["a=1", "b=2"], request.Cookies);
        Assert.DoesNotContain("cookie", request.Headers.Keys);
    }

    [Fact]
    public async Task Query_parameters_are_decoded_and_joined()
    {
        var request = await TranslateAsync(query: "?a=1&a=2&b=%C3%A9+x");

        Assert.Equal("a=1&a=2&b=%C3%A9+x", request.RawQueryString);
        Assert.Equal("1,2", request.QueryStringParameters["a"]);
        Assert.Equal("é x", request.QueryStringParameters["b"]);
    }

    [Fact]
    public async Task The_request_context_has_what_the_function_looks_at()
    {
        var request = await TranslateAsync();

        Assert.Equal("POST", request.RequestContext.Http.Method);
        Assert.Equal("/event/push/alert/aws-eventbridge", request.RawPath);
        Assert.Equal("01/Jan/1970:00:00:00 +0000", request.RequestContext.Time);
        Assert.Null(request.Body);
    }

    [Fact]
    public async Task The_served_url_takes_an_event_and_shows_the_alert()
    {
        using var stop = new CancellationTokenSource();
        var output = new StringWriter();
        var welcome = new Welcome(output);
        var serving = CommandLine.RunAsync(
            ["--urls", "http://127.0.0.1:0"],
            new CommandContext(welcome, TextWriter.Null, _ => null, () => Stream.Null),
            stop.Token);
        using var http = new HttpClient();
        var url = await welcome.PushUrl.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using var body = new StringContent("""{"id":"1","source":"com.example.orders","detail-type":"OrderFailed","detail":{"orderId":"A-1009"}}""");
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var good = await http.PostAsync(url, body, TestContext.Current.CancellationToken);
        using var bad = await http.GetAsync(new Uri(url, "/elsewhere"), TestContext.Current.CancellationToken);
        var envelope = JsonDocument.Parse(await good.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        await stop.CancelAsync();

        Assert.Equal(0, await serving);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.StartsWith("eventbridge:", envelope.GetProperty("data").GetProperty("alert_key").GetString());
        Assert.Equal(HttpStatusCode.NotFound, bad.StatusCode);
        Assert.Contains("OrderFailed: A-1009", welcome.Text);
    }

    /// <summary>Takes what is printed, and finds the push URL in it.</summary>
    private sealed class Welcome(StringWriter text) : TextWriter
    {
        private readonly Lock _lock = new();

        public TaskCompletionSource<Uri> PushUrl { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return text.ToString();
                }
            }
        }

        public override void Write(char value)
        {
            lock (_lock)
            {
                text.Write(value);
                if (value == '\n' && text.ToString().Split('\n').FirstOrDefault(line => line.StartsWith("Push URL", StringComparison.Ordinal)) is { } line)
                {
                    PushUrl.TrySetResult(new Uri(line["Push URL".Length..].Trim()));
                }
            }
        }
    }
}
