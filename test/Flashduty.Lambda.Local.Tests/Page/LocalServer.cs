using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Local.Page;
using Kit;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>The whole of it on a free port: page, interface, Function URL, simulated Flashduty and Secrets Manager.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpServer _server;

    private LocalServer(LocalFunction function, HttpServer server)
    {
        Function = function;
        _server = server;
        Http = new HttpClient { BaseAddress = server.Address };
    }

    public LocalFunction Function { get; }

    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    public static async Task<LocalServer> StartAsync(params (string Name, string Value)[] variables)
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null);
        var settings = LocalSettings.FromEnvironment(
            isReal: false, name => variables.FirstOrDefault(variable => variable.Name == name).Value, simulatesSecretsManager: true);
        var function = await LocalFunction.StartAsync(settings, terminal);
        return new LocalServer(function, await PageServer.StartAsync("http://127.0.0.1:0", function, terminal));
    }

    /// <summary>Posts an event to the Function URL, as an API destination does.</summary>
    public async Task<HttpResponseMessage> PostEventAsync(string e)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/event/push/alert/aws-eventbridge");
        request.Headers.Add("FlashDuty", Function.Secret.IntegrationKey);
        request.Content = new StringContent(e, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task PostSampleAsync(string name)
    {
        using var response = await PostEventAsync(await File.ReadAllTextAsync(SampleFiles.EventPath(name), TestContext.Current.CancellationToken));
        response.EnsureSuccessStatusCode();
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await Function.DisposeAsync();
    }
}
