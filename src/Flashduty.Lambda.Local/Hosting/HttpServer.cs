namespace Flashduty.Lambda.Local.Hosting;

/// <summary>A web server that is only a server: it reads no configuration, writes no log and leaves Ctrl+C alone.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Where it listens, with the port it got.</summary>
    public Uri Address { get; }

    /// <param name="url">Port 0 is any free one.</param>
    /// <param name="maxBodyBytes">Reading a longer body throws a <see cref="BadHttpRequestException"/> with status 413.</param>
    /// <exception cref="IOException">It cannot listen there; the message says why.</exception>
    public static Task<HttpServer> StartAsync(string url, long maxBodyBytes, RequestDelegate handle) =>
        StartAsync(url, maxBodyBytes, app => app.Run(handle));

    /// <inheritdoc cref="StartAsync(string, long, RequestDelegate)"/>
    /// <param name="configure">Adds middleware and endpoints.</param>
    public static async Task<HttpServer> StartAsync(string url, long maxBodyBytes, Action<WebApplication> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
        });

        var app = builder.Build();
        configure(app);
        try
        {
            app.Urls.Add(url);
            await app.StartAsync();
            return new HttpServer(app);
        }
        catch (Exception exception)
        {
            await app.DisposeAsync();

            // Kestrel has an exception of its own for each way in which an address may be bad.
            throw exception is IOException ? exception : new IOException(exception.Message, exception);
        }
    }

    /// <summary>Stops it: open streams end, other requests are completed first.</summary>
    public async ValueTask DisposeAsync()
    {
        _app.Lifetime.StopApplication();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
