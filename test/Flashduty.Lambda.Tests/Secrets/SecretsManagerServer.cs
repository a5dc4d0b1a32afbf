using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.SecretsManager;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flashduty.Lambda.Tests.Secrets;

/// <summary>Secrets Manager over HTTP with one secret, whose state a test decides; on a port of its own.</summary>
internal sealed class SecretsManagerServer : IAsyncDisposable
{
    private static readonly Lock EnvironmentLock = new();

    private readonly WebApplication _app;

    private SecretsManagerServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>The text of the version AWSCURRENT; null for a binary one.</summary>
    public string? Current { get; set; } = "current-key";

    /// <summary>The text of the version AWSPREVIOUS; null for none.</summary>
    public string? Previous { get; set; }

    /// <summary>Connections are closed in place of an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>The service's name for why it refuses; null for it does not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The version stages that were asked for, in their order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    public static async Task<SecretsManagerServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new SecretsManagerServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public AmazonSecretsManagerClient CreateClient() => CreateClient(Url);

    public static AmazonSecretsManagerClient CreateClient(Uri url, TimeSpan? timeout = null) =>
        WithEndpoint(url, () => new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig { Timeout = timeout ?? TimeSpan.FromSeconds(20), MaxErrorRetry = 0 }));

    /// <summary>Has the server's address in the environment for as long as a new client looks there.</summary>
    public static T WithEndpoint<T>(Uri url, Func<T> create)
    {
        lock (EnvironmentLock)
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SECRETS_MANAGER", url.ToString());
            return create();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var stage = document.RootElement.TryGetProperty("VersionStage", out var named) ? named.GetString()! : "AWSCURRENT";
        Reads.Enqueue(stage);
        await Gate;
        if (IsDown)
        {
            context.Abort();
            return;
        }

        context.Response.ContentType = "application/x-amz-json-1.1";
        var refusal = Refusal ?? (stage == "AWSPREVIOUS" && Previous is null ? "ResourceNotFoundException" : null);
        if (refusal is not null)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($$"""{"__type":"{{refusal}}","Message":"No."}""", context.RequestAborted);
            return;
        }

        var text = stage == "AWSPREVIOUS" ? Previous : Current;
        var content = text is null ? "\"SecretBinary\":\"AAEC\"" : $"\"SecretString\":{JsonSerializer.Serialize(text)}";
        await context.Response.WriteAsync($$"""{"ARN":"arn","Name":"secret","VersionId":"v",{{content}}}""", context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
