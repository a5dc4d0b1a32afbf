using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flashduty.Lambda.Tests.Http;

/// <summary>An alert as it was pushed.</summary>
/// <param name="Number">1 for the server's first.</param>
internal sealed record Push(int Number, string Method, string Path, string IntegrationKey, string? ContentType, JsonElement Alert);

/// <summary>What a push is answered with.</summary>
internal sealed record Reply(int Status, string Body)
{
    public static Reply Taken { get; } = new(200, """{"request_id":"r-1","data":{"alert_key":"k"}}""");

    /// <summary>The connection is closed in place of an answer.</summary>
    public static Reply Dropped { get; } = new(0, "");

    /// <summary>No answer comes for as long as the client waits.</summary>
    public static Reply Silence { get; } = new(-1, "");

    public static Reply Error(int status, string code, string message = "no") =>
        new(status, $$$"""{"request_id":"r-1","error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    public string? RetryAfter { get; init; }
}

/// <summary>Flashduty over HTTP, as its standard alert endpoint is documented, on a port of its own.</summary>
internal sealed class FlashdutyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _number;

    private FlashdutyServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Decides the answer to a push; it is taken where a test says nothing else.</summary>
    public Func<Push, Reply> Answer { get; set; } = _ => Reply.Taken;

    public ConcurrentQueue<Push> Pushes { get; } = new();

    public static async Task<FlashdutyServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FlashdutyServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsHead(request.Method))
        {
            // The function opens its connection ahead of the first alert.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: context.RequestAborted);
        var push = new Push(
            Interlocked.Increment(ref _number),
            request.Method,
            request.Path,
            request.Query["integration_key"].ToString(),
            request.ContentType,
            document.RootElement.Clone());
        Pushes.Enqueue(push);

        var reply = Answer(push);
        if (reply == Reply.Dropped)
        {
            context.Abort();
            return;
        }

        if (reply == Reply.Silence)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        if (reply.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = reply.RetryAfter;
        }

        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
