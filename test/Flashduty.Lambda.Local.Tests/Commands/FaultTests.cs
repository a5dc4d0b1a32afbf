using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Local.Commands;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Local.Page;
using Microsoft.AspNetCore.Http;

namespace Flashduty.Lambda.Local.Tests.Commands;

/// <summary>What goes wrong on one's own machine, and Flashduty itself in place of its stand-in.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Event = """{"id":"1","source":"com.example.orders","detail-type":"OrderFailed"}""";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static string Sample(string name, [CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "events", name));

    private Task<int> InvokeAsync(string[] args, byte[] input, params (string Name, string Value)[] variables) =>
        CommandLine.RunAsync(["invoke", .. args], Context(Variables(variables), input), Cancellation);

    private Task<int> ServeAsync(string url, params (string Name, string Value)[] variables) =>
        CommandLine.RunAsync(["--urls", url], Context(Variables(variables), []), Cancellation);

    private CommandContext Context(Func<string, string?> variable, byte[] input) => new(_output, _error, variable, () => new MemoryStream(input));

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    [Fact]
    public async Task An_address_in_use_is_told_with_the_option_that_helps()
    {
        await using var other = await HttpServer.StartAsync("http://127.0.0.1:0", 1, _ => Task.CompletedTask);
        var address = other.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(1, await ServeAsync(address));
        Assert.Equal($"{address} is in use: choose another address with --urls http://127.0.0.1:9001", _error.ToString().Trim());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("9001")]
    [InlineData("127.0.0.1:9001")]
    [InlineData("http://127.0.0.1:90x1")]
    [InlineData("http://*:9001")]
    [InlineData("https://127.0.0.1:9001")]
    [InlineData("http://127.0.0.1:9001/path")]
    public async Task Invalid_address_is_an_error_of_the_command_line(string urls)
    {
        Assert.Equal(2, await ServeAsync(urls));
        Assert.Contains("--urls needs an address", _error.ToString());
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told()
    {
        Assert.Equal(1, await ServeAsync("http://192.0.2.1:9001"));
        Assert.Contains("http://192.0.2.1:9001 cannot be listened on", _error.ToString());
    }

    [Theory]
    [InlineData("FLASHDUTY_DRY_RUN", "perhaps")]
    [InlineData("FLASHDUTY_ALERT_KEY_SCOPE", "galaxy")]
    [InlineData("FLASHDUTY_INTEGRATION_KEY", """{"payments":"k"}""")]
    public async Task A_bad_setting_is_told_by_its_name(string name, string value)
    {
        Assert.Equal(1, await InvokeAsync(["-"], [], (name, value)));
        Assert.Equal(1, await ServeAsync("http://127.0.0.1:0", (name, value)));
        Assert.Equal(2, _error.ToString().Split('\n').Count(line => line.StartsWith(name, StringComparison.Ordinal)));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task The_sample_of_a_Function_URL_request_has_the_key_that_is_built_in()
    {
        Assert.Equal(0, await InvokeAsync([Sample("invoke/function-url.json")], []));
        Assert.Contains("[Warning]", _output.ToString());
        Assert.Contains("\"statusCode\":200", _output.ToString());
    }

    [Fact]
    public async Task A_Function_URL_request_with_another_key_fails()
    {
        Assert.Equal(1, await InvokeAsync([Sample("invoke/function-url.json")], [], ("FLASHDUTY_INTEGRATION_KEY", "another")));
        Assert.Contains("\"statusCode\":401", _output.ToString());
    }

    [Fact]
    public async Task A_batch_with_one_bad_message_fails_and_the_others_are_delivered()
    {
        var good = Event.Replace("\"", "\\\"", StringComparison.Ordinal);
        var batch = $$"""{"Records":[{"messageId":"m1","eventSource":"aws:sqs","body":"{{good}}"},{"messageId":"m2","eventSource":"aws:sqs","body":"nope"}]}""";

        Assert.Equal(1, await InvokeAsync(["-"], Encoding.UTF8.GetBytes(batch)));
        Assert.Contains("""{"batchItemFailures":[{"itemIdentifier":"m2"}]}""", _output.ToString());
        Assert.Single(_output.ToString().Split('\n'), line => line.StartsWith("[Warning]", StringComparison.Ordinal));
        Assert.Contains("ERROR InvalidParameter", _error.ToString());
    }

    [Fact]
    public async Task An_editors_byte_order_mark_is_no_part_of_the_event() =>
        Assert.Equal(0, await InvokeAsync(["-"], [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Event)]));

    [Fact]
    public async Task A_folder_is_told_from_a_file()
    {
        Assert.Equal(1, await InvokeAsync([Path.GetTempPath()], []));
        Assert.Contains("It is a folder: name the files in it.", _error.ToString());
    }

    [Fact]
    public async Task A_dry_run_shows_the_alert_and_sends_nothing()
    {
        await using var flashduty = await HttpServer.StartAsync("http://127.0.0.1:0", 1024, _ => throw new InvalidOperationException("sent"));

        var exitCode = await InvokeAsync(
            ["-", "--real"],
            Encoding.UTF8.GetBytes(Event),
            ("FLASHDUTY_DRY_RUN", "true"),
            ("FLASHDUTY_INTEGRATION_KEY", "mine"),
            ("FLASHDUTY_API_BASE_URL", flashduty.Address.OriginalString));

        Assert.Equal(0, exitCode);
        Assert.Contains("not sent", _output.ToString());
        Assert.DoesNotContain("has accepted it", _output.ToString());
    }

    [Theory]
    [InlineData(200, """{"request_id":"r","data":{"alert_key":"k"}}""", 0)]
    [InlineData(401, """{"request_id":"r","error":{"code":"Unauthorized","message":"no integration has s3cret"}}""", 1)]
    public async Task For_real_Flashduty_itself_gets_the_alert_and_decides(int status, string answer, int exitCode)
    {
        var requests = new List<string>();
        await using var flashduty = await HttpServer.StartAsync("http://127.0.0.1:0", 1 << 20, async http =>
        {
            if (HttpMethods.IsPost(http.Request.Method))
            {
                requests.Add(http.Request.Path + http.Request.QueryString);
            }

            http.Response.StatusCode = status;
            await http.Response.WriteAsync(answer);
        });

        var ended = await InvokeAsync(
            ["--real", "-"],
            Encoding.UTF8.GetBytes(Event),
            ("FLASHDUTY_INTEGRATION_KEY", "s3cret"),
            ("FLASHDUTY_API_BASE_URL", flashduty.Address.OriginalString));

        Assert.Equal(exitCode, ended);
        Assert.Equal(["/event/push/alert/standard?integration_key=s3cret"], requests);
        Assert.Equal(exitCode == 0, _output.ToString().Contains("Flashduty has accepted it.", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", _output.ToString() + _error);
    }

    [Theory]
    [InlineData(FunctionUrl.MaxPayloadBytes + 1, 413, "Request Entity Too Large")]
    [InlineData((FunctionUrl.MaxPayloadBytes / 4 * 3) + 1, 413, "Request Entity Too Large")] // Within the limit, but not as base64.
    [InlineData(1024, 400, "InvalidContentType")]
    public async Task A_body_beyond_Lambdas_limit_does_not_reach_the_function(int bytes, int status, string said)
    {
        var terminal = new Terminal(_output, _error);
        await using var function = await LocalFunction.StartAsync(LocalSettings.FromEnvironment(isReal: false, Variables()), terminal);
        await using var server = await PageServer.StartAsync("http://127.0.0.1:0", function, terminal);
        using var http = new HttpClient { DefaultRequestHeaders = { ExpectContinue = true } };
        using var body = new ByteArrayContent(new byte[bytes]);

        using var response = await http.PostAsync(server.Address, body, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(said, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_reaches_the_function_as_it_is()
    {
        var terminal = new Terminal(_output, _error);
        await using var function = await LocalFunction.StartAsync(LocalSettings.FromEnvironment(isReal: false, Variables()), terminal);
        await using var server = await PageServer.StartAsync("http://127.0.0.1:0", function, terminal);
        using var http = new HttpClient { DefaultRequestHeaders = { { "FlashDuty", function.Secret.IntegrationKey } } };
        using var body = new ByteArrayContent([.. "{\"id\":\""u8, 0xff, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        using var response = await http.PostAsync(server.Address, body, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not UTF-8", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Requests_that_come_at_once_are_all_served()
    {
        var terminal = new Terminal(_output, _error);
        await using var function = await LocalFunction.StartAsync(LocalSettings.FromEnvironment(isReal: false, Variables()), terminal);
        await using var server = await PageServer.StartAsync("http://127.0.0.1:0", function, terminal);
        using var http = new HttpClient { DefaultRequestHeaders = { { "FlashDuty", function.Secret.IntegrationKey } } };

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var body = new StringContent(Event.Replace("\"1\"", $"\"{i}\"", StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(server.Address, body, Cancellation);
            return response.StatusCode;
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(20, _output.ToString().Split('\n').Count(line => line.StartsWith("[Warning]", StringComparison.Ordinal)));
        Assert.DoesNotContain("merged", _output.ToString());
    }

    [Theory]
    [InlineData("plain", false, "plain")]
    [InlineData("w6k=", true, "é")]
    [InlineData(null, false, "")]
    public async Task The_functions_response_becomes_HTTP(string? body, bool isBase64, string sent)
    {
        var http = new DefaultHttpContext();
        using var received = new MemoryStream();
        http.Response.Body = received;

        await PayloadFormat.WriteAsync(
            new APIGatewayHttpApiV2ProxyResponse
            {
                StatusCode = 429,
                Headers = new Dictionary<string, string> { ["Retry-After"] = "7", ["Content-Type"] = "text/plain" },
                Body = body!,
                IsBase64Encoded = isBase64,
            },
            http.Response);

        Assert.Equal(429, http.Response.StatusCode);
        Assert.Equal("7", http.Response.Headers.RetryAfter);
        Assert.Equal("text/plain", http.Response.ContentType);
        Assert.Equal(sent, Encoding.UTF8.GetString(received.ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(600)]
    public Task A_response_without_a_status_is_none(int status) => Assert.ThrowsAsync<FormatException>(() =>
        PayloadFormat.WriteAsync(new APIGatewayHttpApiV2ProxyResponse { StatusCode = status }, new DefaultHttpContext().Response));
}
