using System.Text;
using System.Text.Json;
using Amazon.Lambda.TestUtilities;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Logging;
using Kit.Processes;

namespace Flashduty.Lambda.Tests;

/// <summary>What the Function URL answered.</summary>
internal sealed record UrlAnswer(int Status, JsonElement Headers, JsonElement Envelope)
{
    public string? Code => Envelope.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    public string Message => Envelope.GetProperty("error").GetProperty("message").GetString()!;

    public string AlertKey => Envelope.GetProperty("data").GetProperty("alert_key").GetString()!;
}

/// <summary>The whole function, as Lambda runs it, with Flashduty beside it.</summary>
/// <remarks>When it is disposed of, it fails if a key was in anything that came out.</remarks>
internal sealed class FunctionHost : IAsyncDisposable
{
    public const string Key = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    public const string RequestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private readonly MemoryStream _log = new();
    private readonly StringBuilder _output = new();
    private readonly Function _function;

    private FunctionHost(FlashdutyServer flashduty, Settings settings, Uri? secretsManager, TimeProvider time)
    {
        Flashduty = flashduty;
        Settings = settings with { ApiBaseUrl = flashduty.Url };
        var log = new Log(_log, time);
        _function = secretsManager is null
            ? FunctionFactory.Create(Settings, log, time)
            : AwsEnvironment.WithSecretsManager(secretsManager, () => FunctionFactory.Create(Settings, log, time));
    }

    public FlashdutyServer Flashduty { get; }

    public Settings Settings { get; }

    /// <summary>Until Lambda would end an invocation.</summary>
    public TimeSpan RemainingTime { get; set; } = TimeSpan.FromSeconds(30);

    public static async Task<FunctionHost> StartAsync(Settings? settings = null, Uri? secretsManager = null, TimeProvider? time = null)
    {
        var host = new FunctionHost(new FlashdutyServer(), settings ?? new Settings { IntegrationKey = Key }, secretsManager, time ?? TimeProvider.System);
        await host._function.InitializeAsync();
        return host;
    }

    public IReadOnlyList<JsonElement> LogLines =>
        [.. Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        })];

    /// <summary>Posts as EventBridge's API destination does; what a parameter says is different.</summary>
    public async Task<UrlAnswer> PostAsync(
        string? body, string? header = Key, string? parameter = null, string method = "POST", string path = "/", string? contentType = "application/json; charset=utf-8",
        bool isBase64 = false)
    {
        var request = new Dictionary<string, object?>
        {
            ["version"] = "2.0",
            ["rawPath"] = path,
            ["rawQueryString"] = "",
            ["headers"] = Present(("content-type", contentType), ("flashduty", header), ("user-agent", "Amazon/EventBridge/ApiDestinations")),
            ["requestContext"] = new { http = new { method, path, protocol = "HTTP/1.1", sourceIp = "127.0.0.1" } },
            ["isBase64Encoded"] = isBase64,
        };
        if (body is not null)
        {
            request["body"] = body;
        }

        if (parameter is not null)
        {
            request["queryStringParameters"] = Present(("integration_key", parameter));
        }

        var answer = await InvokeAsync(JsonSerializer.SerializeToUtf8Bytes(request));
        using var envelope = JsonDocument.Parse(answer.GetProperty("body").GetString()!);
        var url = new UrlAnswer(answer.GetProperty("statusCode").GetInt32(), answer.GetProperty("headers"), envelope.RootElement.Clone());
        Assert.Equal("application/json", url.Headers.GetProperty("Content-Type").GetString());
        Assert.Equal(RequestId, url.Headers.GetProperty("Flashcat-Request-Id").GetString());
        Assert.Equal(RequestId, url.Envelope.GetProperty("request_id").GetString());
        return url;
    }

    public Task<UrlAnswer> PostBytesAsync(byte[] body) => PostAsync(Convert.ToBase64String(body), isBase64: true);

    /// <summary>Invokes with a queue's messages, and gives the ids of those that failed.</summary>
    public async Task<string[]> BatchAsync(params string[] bodies)
    {
        var records = bodies.Select((body, i) => new { messageId = $"m-{i}", eventSource = "aws:sqs", body });
        var answer = await InvokeAsync(JsonSerializer.SerializeToUtf8Bytes(new { Records = records }));
        return [.. answer.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];
    }

    public Task<JsonElement> InvokeAsync(string payload) => InvokeAsync(Encoding.UTF8.GetBytes(payload));

    public async Task<JsonElement> InvokeAsync(byte[] payload)
    {
        try
        {
            using var input = new MemoryStream(payload);
            var context = new TestLambdaContext { AwsRequestId = RequestId, FunctionName = "flashduty", RemainingTime = RemainingTime };
            using var output = new StreamReader(await _function.HandleAsync(input, context));
            var text = await output.ReadToEndAsync();
            _output.AppendLine(text);
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (IntegrationException exception)
        {
            _output.Append(exception).AppendLine();
            throw;
        }
    }

    private static Dictionary<string, string> Present(params (string Name, string? Value)[] members) =>
        members.Where(member => member.Value is not null).ToDictionary(member => member.Name, member => member.Value!);

    public async ValueTask DisposeAsync()
    {
        await Flashduty.DisposeAsync();
        Assert.DoesNotContain(Key, Encoding.UTF8.GetString(_log.ToArray()), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Key, _output.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
