using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>A real HTTP server on a port of its own.</summary>
internal abstract class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    protected WebServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public string Address => _app.Urls.Single();

    protected CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    protected abstract Task AnswerAsync(HttpContext context);

    public async ValueTask DisposeAsync()
    {
        _app.Lifetime.StopApplication();
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
