using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Recording;

namespace Flashduty.Lambda.Local.Page;

/// <summary>The alerts, for the page and for other programs' tests.</summary>
internal static class AlertEndpoints
{
    private const int DefaultLimit = 200;
    private const int MaxLimit = 1_000;

    public static void Map(IEndpointRouteBuilder api, LocalFunction function)
    {
        var alerts = function.Alerts;
        api.MapGet("/alerts", (string? query, int? limit, int? offset) => List(alerts, query, limit, offset));
        api.MapDelete("/alerts", () =>
        {
            alerts.Clear();
            return Results.NoContent();
        });
        api.MapGet("/alerts/{id:long}", (long id) => alerts.Find(id) is { } row
            ? PageJson.Result(AlertDetails.Explain(row, function.Rules, function.Secret))
            : NotFound(id));
        api.MapPost("/alerts/{id:long}/close", (long id) => alerts.Close(id) is { } row
            ? PageJson.Result(AlertSummary.From(row))
            : NotFound(id));
        api.MapGet("/stream", (HttpContext http) => StreamAsync(alerts, http));
    }

    private static IResult List(AlertStore alerts, string? query, int? limit, int? offset)
    {
        var words = (query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rows = alerts.List();
        var matched = words.Length == 0 ? rows : [.. rows.Where(row => row.Matches(words))];
        var page = matched.Skip(Math.Max(0, offset ?? 0)).Take(Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit));
        return PageJson.Result(new AlertList(rows.Count, matched.Count, [.. page.Select(AlertSummary.From)]));
    }

    private static IResult NotFound(long id) => PageJson.Error(StatusCodes.Status404NotFound, $"There is no alert {id}.");

    /// <summary>Server-sent events: <c>alert</c> with a summary for each new or changed row, <c>cleared</c> when all are gone.</summary>
    private static async Task StreamAsync(AlertStore alerts, HttpContext http)
    {
        // Before the first byte: a reader that sees the stream open, and then reads the list, misses nothing.
        using var subscription = alerts.Subscribe();
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("retry: 1000\n\n");
        await http.Response.Body.FlushAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await foreach (var change in subscription.ReadAllAsync(cancellation.Token))
            {
                var (name, data) = change.Row is { } row ? ("alert", PageJson.Text(AlertSummary.From(row))) : ("cleared", "{}");
                await http.Response.WriteAsync($"event: {name}\ndata: {data}\n\n", cancellation.Token);
                await http.Response.Body.FlushAsync(cancellation.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader went away, or the server stops.
        }
    }
}
