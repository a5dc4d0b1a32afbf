using System.Collections.Concurrent;
using System.Text.Json;
using Kit.Servers;
using Microsoft.AspNetCore.Http;

namespace Kit.Services;

/// <summary>Flashduty's standard alert endpoint as it is documented, with answers that a test scripts.</summary>
public sealed class FlashdutyServer(ServerCertificate? certificate = null) : HttpServer(certificate)
{
    private int _number;

    /// <summary>Decides the answer to a push; without it, every push is accepted.</summary>
    public Func<Push, Reply> Answer { get; set; } = _ => Reply.Accepted;

    /// <summary>Every answer waits for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Every push, accepted or not.</summary>
    public ConcurrentQueue<Push> Pushes { get; } = new();

    /// <summary>The pushes that were answered with <see cref="Reply.Accepted"/>.</summary>
    public ConcurrentQueue<Push> Accepted { get; } = new();

    protected override async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsHead(request.Method))
        {
            // A client that opens its connection ahead of the first alert.
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
        await Gate;
        if (reply == Reply.Accepted)
        {
            Accepted.Enqueue(push);
        }

        await SendAsync(context, reply);
    }

    private static async Task SendAsync(HttpContext context, Reply reply)
    {
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
}
