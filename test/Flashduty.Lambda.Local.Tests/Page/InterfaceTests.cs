using System.Net;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Page;
using Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The interface for programs, over HTTP.</summary>
public sealed class InterfaceTests : IAsyncLifetime
{
    private static readonly JsonElement Document = JsonDocument.Parse(Assets.ReadPage("openapi.json")).RootElement;

    private LocalServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LocalServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_program_can_assert_on_an_alert()
    {
        await _server.PostSampleAsync("custom-order-failed");

        var list = await _server.GetAsync("/api/alerts?query=OrderFailed");
        var id = list.GetProperty("alerts")[0].GetProperty("id").GetInt64();
        var alert = await _server.GetAsync($"/api/alerts/{id}");

        Assert.Equal(1, list.GetProperty("matched").GetInt32());
        Assert.Contains("A-1009", alert.GetProperty("summary").GetProperty("title").GetString());
        Assert.Contains(
            alert.GetProperty("uses").EnumerateArray(),
            use => use.GetProperty("pointer").GetString() == "/detail/orderId" && use.GetProperty("inTitle").GetBoolean());
        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Delete, "/api/alerts")).Status);
        Assert.Equal(0, (await _server.GetAsync("/api/alerts")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Alert_of_an_event_with_half_a_surrogate_pair_is_shown()
    {
        using var _ = await _server.PostEventAsync("""{"id":"s","source":"com.example","detail-type":"x","detail":{"value":"\ud800"}}""");

        var id = (await _server.GetAsync("/api/alerts")).GetProperty("alerts")[0].GetProperty("id").GetInt64();
        Assert.Equal(200, (await _server.SendAsync(HttpMethod.Get, $"/api/alerts/{id}")).Status);
    }

    [Fact]
    public async Task Body_that_is_not_UTF8_is_answered_as_the_function_answers_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/event/push/alert/aws-eventbridge");
        request.Headers.Add("FlashDuty", _server.Function.Secret.IntegrationKey);
        request.Content = new ByteArrayContent([.. "{\"source\":\"a"u8, 0xFF, 0xFE, .. "\",\"detail-type\":\"b\"}"u8]);
        request.Content.Headers.ContentType = new("application/json");
        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_stream_reports_an_alert_as_it_comes()
    {
        using var response = await _server.Http.GetAsync(
            "/api/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("retry: 1000", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        await _server.PostSampleAsync("custom-order-failed");

        Assert.Equal("event: alert", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Contains("A-1009", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("rule", "done", "alert_key")]
    [InlineData("queue", "done", "batchItemFailures")]
    [InlineData("url", "done", "alert_key")]
    public async Task An_event_is_sent_in_any_shape(string shape, string reaction, string answer)
    {
        var body = await File.ReadAllTextAsync(SampleFiles.EventPath("custom-order-failed"), TestContext.Current.CancellationToken);

        var (status, sent) = await _server.SendAsync(HttpMethod.Post, "/api/send", new { shape, body });

        Assert.Equal(200, status);
        Assert.Equal(reaction, sent.GetProperty("reaction").GetString());
        Assert.Contains(answer, sent.GetProperty("answer").GetString());
        Assert.Single(sent.GetProperty("alerts").EnumerateArray());
    }

    [Theory]
    [InlineData("rule", "lambdaRetries")]
    [InlineData("queue", "queueRetries")]
    [InlineData("url", "deadLetters")]
    public async Task Senders_reaction_to_a_failure_depends_on_the_shape(string shape, string reaction)
    {
        var (_, sent) = await _server.SendAsync(HttpMethod.Post, "/api/send", new { shape, body = """{"source":"x","detail-type":""}""" });

        Assert.Equal(reaction, sent.GetProperty("reaction").GetString());
        Assert.Equal("failed", sent.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_rotated_key_and_the_one_before_are_both_accepted()
    {
        var before = _server.Function.Secret.IntegrationKey;
        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Post, "/api/secret/rotate")).Status);
        Assert.NotEqual(before, _server.Function.Secret.IntegrationKey);
        Assert.Equal(204, (await _server.SendAsync(HttpMethod.Post, "/api/restart")).Status);

        await _server.PostSampleAsync("custom-order-failed");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/?integration_key={before}")
        {
            Content = new StringContent("""{"id":"2","source":"s","detail-type":"T"}""", Encoding.UTF8, "application/json"),
        };
        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/send", "POST", "not json")]
    [InlineData("/api/send", "POST", """{"shape":"pigeon","body":""}""")]
    [InlineData("/api/faults", "PUT", """{"flashduty":"earthquake","once":false,"retryAfterSeconds":1}""")]
    [InlineData("/api/routes", "PUT", """{"text":"{oops"}""")]
    [InlineData("/api/routes", "PUT", "null")]
    public async Task A_bad_request_is_answered_with_400_and_the_reason(string path, string method, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(answer.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Nothing_that_is_shown_has_a_key()
    {
        await _server.PostSampleAsync("custom-order-failed");
        await _server.SendAsync(HttpMethod.Post, "/api/send", new { shape = "url", body = "{}" });
        var secret = _server.Function.Secret;

        foreach (var path in (string[])["/", "/api/alerts", "/api/alerts/1", "/api/alerts/2", "/api/routes", "/api/faults"])
        {
            var text = await _server.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(secret.IntegrationKey, text);
            Assert.All(secret.ChannelNames, name => Assert.DoesNotContain(secret.ChannelKey(name)!, text));
        }
    }

    [Fact]
    public async Task The_document_lists_the_routes_that_there_are()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        await using var app = builder.Build();
        PageServer.Map(app, _server.Function);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)}"));
        var documented = Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(routes.Order(), documented.Order());
    }

    [Theory]
    [InlineData("/api/alerts", "AlertList")]
    [InlineData("/api/alerts/1", "AlertDetail")]
    [InlineData("/api/routes", "RulesFile")]
    [InlineData("/api/titles", "RulesFile")]
    [InlineData("/api/faults", "FaultState")]
    public async Task Responses_have_the_members_that_the_document_lists(string path, string schema)
    {
        await _server.SendAsync(HttpMethod.Put, "/api/routes", new { text = Repository.Read("routes.example.jsonc") });
        await _server.PostSampleAsync("guardduty-finding");

        Compare(await _server.GetAsync(path), Schema(schema), schema);
    }

    private static JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static void Compare(JsonElement value, JsonElement schema, string place)
    {
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            schema = choices[0];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = Schema(reference.GetString()!.Split('/')[^1]);
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            Assert.Equal(
                (place, string.Join(' ', properties.EnumerateObject().Select(property => property.Name).Order())),
                (place, string.Join(' ', value.EnumerateObject().Select(property => property.Name).Order())));
            foreach (var member in value.EnumerateObject())
            {
                Compare(member.Value, properties.GetProperty(member.Name), $"{place}.{member.Name}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Compare(item, schema.GetProperty("items"), place + "[]");
            }
        }
    }
}
