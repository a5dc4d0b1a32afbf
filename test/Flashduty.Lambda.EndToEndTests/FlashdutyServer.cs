using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>An alert as it arrived.</summary>
internal sealed record PushedAlert(string IntegrationKey, JsonElement Body)
{
    public string Key => Body.GetProperty("alert_key").GetString()!;
}

/// <summary>Flashduty's end of the wire.</summary>
internal sealed class FlashdutyServer : WebServer
{
    public ConcurrentQueue<PushedAlert> Alerts { get; } = new();

    /// <summary>In place of taking an alert: what to answer with, given how many came before.</summary>
    public Func<HttpContext, int, Task<bool>>? Misbehave { get; set; }

    public int Requests;

    protected override async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var before = Interlocked.Increment(ref Requests) - 1;
        if (Misbehave is { } misbehave && await misbehave(context, before))
        {
            return;
        }

        Assert.Equal("/event/push/alert/standard", context.Request.Path);
        var alert = new PushedAlert(context.Request.Query["integration_key"].ToString(), JsonDocument.Parse(body).RootElement);
        Alerts.Enqueue(alert);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"request_id":"r","data":{"alert_key":"{{alert.Key}}"} }""");
    }

    public static Func<HttpContext, int, Task<bool>> Answer(int status, string body = "", string? retryAfter = null) => async (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(body);
        return true;
    };
}
