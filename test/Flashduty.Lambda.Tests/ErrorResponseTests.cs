using System.Text;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Tests.Receiving;
using Microsoft.Extensions.Time.Testing;

namespace Flashduty.Lambda.Tests;

/// <summary>The design's error table, row by row, through the Function URL; and every bad input there is.</summary>
public sealed class ErrorResponseTests
{
    private static async Task<UrlAnswer> PostAsync(string? body)
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostAsync(body);
        Assert.Equal(answer.Status == 200 ? 1 : 0, host.Flashduty.Pushes.Count);
        Assert.All(host.Flashduty.Pushes, push => StandardAlert.Check(push.Alert));
        return answer;
    }

    [Fact]
    public async Task Delivered_is_200()
    {
        var answer = await PostAsync(Events.With());
        Assert.Equal(200, answer.Status);
        Assert.Matches("^eventbridge:[0-9a-f]{32}$", answer.AlertKey);
    }

    public static TheoryData<string?, string?, int> Keys() => new()
    {
        { FunctionHost.Key, null, 200 },
        { null, FunctionHost.Key, 200 },
        { FunctionHost.Key, "wrong", 200 },
        { "", FunctionHost.Key, 200 },
        { "wrong", FunctionHost.Key, 401 },
        { null, null, 401 },
        { "", "", 401 },
        { "wrong", null, 401 },
        { null, "wrong", 401 },
        { FunctionHost.Key[..^1], null, 401 },
        { FunctionHost.Key[..^1] + "1", null, 401 },
        { FunctionHost.Key.ToUpperInvariant(), null, 401 },
        { new string('k', 10 * 1024), null, 401 },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_that_is_missing_or_wrong_is_401(string? header, string? parameter, int status)
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostAsync(Events.With(), header, parameter);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 401 ? "Unauthorized" : null, answer.Code);
        Assert.Equal(status == 200 ? 1 : 0, host.Flashduty.Pushes.Count);
    }

    [Theory]
    [InlineData("POST", "/other", "application/json", 404, "RouteNotFound")]
    [InlineData("GET", "/favicon.ico", null, 404, "RouteNotFound")]
    [InlineData("GET", "/", "application/json", 400, "MethodNotAllowed")]
    [InlineData("PUT", UrlRequestReader.PushPath, "application/json", 400, "MethodNotAllowed")]
    [InlineData("POST", "/", "text/plain", 400, "InvalidContentType")]
    [InlineData("POST", "/", null, 400, "InvalidContentType")]
    [InlineData("POST", UrlRequestReader.PushPath, "application/json", 200, null)]
    public async Task A_request_that_is_no_push_is_told_so(string method, string path, string? contentType, int status, string? code)
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostAsync(Events.With(), method: method, path: path, contentType: contentType);
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"id":"1","source":"s","detail-type":"t"},7]""")]
    [InlineData("{}")]
    [InlineData("""{"id":"1","detail-type":"t"}""")]
    [InlineData("""{"id":"1","source":"s"}""")]
    [InlineData("""{"id":"1","source":{},"detail-type":"t"}""")]
    [InlineData("""{"id":"1","source":"s","detail-type":["t"]}""")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("\ud83d")]
    public async Task A_body_that_is_no_event_is_400(string? body)
    {
        var answer = await PostAsync(body);
        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Code));
        Assert.NotEmpty(answer.Message);
    }

    [Theory]
    [InlineData(",\"id\":7,\"source\":null")] // said before, and the first counts
    [InlineData(",\"detail\":null")]
    [InlineData(",\"detail\":\"text\"")]
    [InlineData(",\"detail\":3.14")]
    [InlineData(",\"detail\":[1,[2],{\"a\":3}]")]
    [InlineData(",\"detail\":{}")]
    [InlineData(",\"resources\":null")]
    [InlineData(",\"resources\":{}")]
    [InlineData(",\"resources\":[null,7,\"\"]")]
    [InlineData(",\"account\":123456789012,\"region\":null,\"time\":\"yesterday\"")]
    [InlineData(",\"source\":\"aws.ec2\",\"detail\":{\"a\":1,\"a\":2,\"A\":3}")]
    [InlineData(",\"detail\":{\"\\ud83d\":\"\\ud83d\",\"x\\ude00y\":{\"\\ud83d\":[\"\\ude00\"]}}")]
    [InlineData(",\"\\ud83d\":\"\\ud83d\"")]
    [InlineData(",\"resources\":[\"\\ud83d\"],\"account\":\"\\ud83d\"")]
    [InlineData(",\"detail\":{\"\":\"\",\" \":\"\\u0000\\u202e\",\"1\":1}")]
    public async Task An_odd_event_is_an_alert_all_the_same(string more) => Assert.Equal(200, (await PostAsync(Events.With(more))).Status);

    [Fact]
    public async Task Two_hundred_labels_worth_of_detail_is_an_alert()
    {
        var detail = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"field {i}\":\"{new string('é', 2100)}\""));
        Assert.Equal(200, (await PostAsync(Events.WithDetail("{" + detail + "}"))).Status);
    }

    [Theory]
    [InlineData(SizeLimits.EventBytes, 200)]
    [InlineData(SizeLimits.EventBytes + 1, 400)]
    public async Task A_mebibyte_is_taken_and_a_byte_more_is_not(int bytes, int status)
    {
        Assert.Equal(status, (await PostAsync(Events.OfSize(bytes))).Status);
        await using var host = await FunctionHost.StartAsync();
        Assert.Equal(status, (await host.PostBytesAsync(Encoding.UTF8.GetBytes(Events.OfSize(bytes)))).Status);
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 400)]
    [InlineData(100_000, 400)]
    public async Task Depth_64_is_taken_and_65_is_not(int depth, int status) => Assert.Equal(status, (await PostAsync(Events.OfDepth(depth))).Status);

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_400()
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostBytesAsync([.. Encoding.UTF8.GetBytes(Events.With()[..^1]), (byte)',', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Base64_that_is_none_is_400()
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.PostAsync(Events.With(), isBase64: true);
        Assert.Equal((400, "InvalidParameter"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Flashdutys_429_is_passed_on_with_its_wait()
    {
        await using var host = await FunctionHost.StartAsync();
        host.Flashduty.Answer = _ => Reply.Error(429, "RequestTooFrequently") with { RetryAfter = "17" };
        var answer = await host.PostAsync(Events.With());
        Assert.Equal((429, "RequestTooFrequently"), (answer.Status, answer.Code));
        Assert.Equal("17", answer.Headers.GetProperty("Retry-After").GetString());
    }

    public static TheoryData<string, string> Failures() => new()
    {
        { "slow", "in time" },
        { "dropped", "Flashduty at 127.0.0.1" },
        { "500", "status 500" },
        { "401", "refused the integration key" },
        { "400", "refused the alert" },
        { "200", "refused the alert" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Any_other_failure_of_Flashdutys_is_500(string name, string says)
    {
        await using var host = await FunctionHost.StartAsync();
        host.RemainingTime = name is "slow" or "dropped" ? TimeSpan.FromMilliseconds(650) : host.RemainingTime;
        host.Flashduty.Answer = _ => name switch
        {
            "slow" => Reply.Silence,
            "dropped" => Reply.Dropped,
            "500" => new Reply(500, "") { RetryAfter = "3600" }, // not tried again, which would take all the time
            "401" => Reply.Error(401, "Unauthorized", $"key {FunctionHost.Key} unknown"),
            "400" => Reply.Error(400, "InvalidParameter"),
            _ => Reply.Error(200, "InvalidParameter"),
        };
        var answer = await host.PostAsync(Events.With());
        Assert.Equal((500, "InternalError"), (answer.Status, answer.Code));
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flashduty_that_is_not_there_is_500()
    {
        await using var host = await FunctionHost.StartAsync();
        await host.Flashduty.DisposeAsync();
        host.RemainingTime = TimeSpan.FromMilliseconds(650);
        Assert.Equal(500, (await host.PostAsync(Events.With())).Status);
    }

    [Theory]
    [InlineData("down", "Secrets Manager at 127.0.0.1")]
    [InlineData("denied", "AccessDeniedException")]
    [InlineData("empty", "is empty")]
    [InlineData("binary", "is binary")]
    [InlineData("no JSON", "not the JSON")]
    [InlineData("no key", "no \"integration_key\"")]
    public async Task Unavailable_secret_is_answered_with_500_until_it_is_available(string state, string says)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var secretsManager = new SecretsManagerServer();
        secretsManager.IsDown = state == "down";
        secretsManager.Refusal = state == "denied" ? "AccessDeniedException" : null;
        secretsManager.Current = state switch
        {
            "empty" => "",
            "binary" => null,
            "no JSON" => $"{{\"integration_key\":\"{FunctionHost.Key}\"",
            "no key" => $"{{\"payments\":\"{FunctionHost.Key}\"}}",
            _ => FunctionHost.Key,
        };
        await using var host = await FunctionHost.StartAsync(new Settings { SecretId = "flashduty/eventbridge" }, secretsManager.Url, time);

        var answer = await host.PostAsync(Events.With());
        Assert.Equal((500, "InternalError"), (answer.Status, answer.Code));
        Assert.DoesNotContain(says, answer.Message, StringComparison.Ordinal);
        Assert.Contains(host.LogLines, line => line.GetProperty("message").GetString()!.Contains(says, StringComparison.Ordinal));
        await Assert.ThrowsAsync<IntegrationException>(() => host.InvokeAsync(Events.With()));
        Assert.Equal(["m-0"], await host.BatchAsync(Events.With()));
        Assert.Empty(host.Flashduty.Pushes);

        (secretsManager.IsDown, secretsManager.Refusal, secretsManager.Current) = (false, null, $"{{\"integration_key\":\"{FunctionHost.Key}\"}}");
        time.Advance(TimeLimits.SecretCooldown);
        Assert.Equal(200, (await host.PostAsync(Events.With())).Status);
    }
}
