using System.Text.Json;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Page;

/// <summary>One server: the page, its interface under <c>/api</c>, and the Function URL on every other path.</summary>
internal static class PageServer
{
    /// <exception cref="IOException">It cannot listen there; the message says why.</exception>
    public static Task<HttpServer> StartAsync(string url, LocalFunction function, Terminal terminal) =>
        HttpServer.StartAsync(url, FunctionUrl.MaxPayloadBytes, app =>
        {
            LocalOnly.Use(app);
            app.UseRouting();
            Map(app, function);
            app.MapFallback(new FunctionUrl(function, terminal).HandleAsync);
        });

    public static void Map(IEndpointRouteBuilder app, LocalFunction function)
    {
        var api = app.MapGroup("/api").AddEndpointFilter(AnswerBadJsonAsync);
        AlertEndpoints.Map(api, function);
        SendEndpoints.Map(api, function);
        RulesEndpoints.Map(api, function);
        FaultEndpoints.Map(api, function);
        api.MapGet("/openapi.json", () => Results.Bytes(Assets.ReadPage("openapi.json"), "application/json"));

        app.MapGet("/", () => File("index.html"));
        foreach (var path in Assets.PageFiles.Where(path => path != "index.html" && path != "openapi.json"))
        {
            app.MapGet("/page/" + path, () => File(path));
        }
    }

    private static IResult File(string path) => Results.Bytes(Assets.ReadPage(path), Assets.ContentType(path));

    private static async ValueTask<object?> AnswerBadJsonAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (JsonException exception)
        {
            return PageJson.Error(StatusCodes.Status400BadRequest, $"The body is not what is expected: {exception.Message}");
        }
        catch (BadHttpRequestException exception)
        {
            return PageJson.Error(exception.StatusCode, exception.Message);
        }
    }
}
