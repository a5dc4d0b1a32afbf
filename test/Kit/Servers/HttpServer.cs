using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Kit.Servers;

/// <summary>Kestrel on a loopback port that the system chooses; over TLS if it is given a certificate.</summary>
public class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Task>? _handle;
    private int _connections;
    private int _disposals;

    public HttpServer(Func<HttpContext, Task> handle, ServerCertificate? certificate = null)
        : this(certificate) => _handle = handle;

    protected HttpServer(ServerCertificate? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Use(next => connection =>
                {
                    Interlocked.Increment(ref _connections);
                    return next(connection);
                });
                if (certificate is not null)
                {
                    listen.UseHttps(new HttpsConnectionAdapterOptions
                    {
                        ServerCertificate = certificate.Leaf,
                        ServerCertificateChain = certificate.Intermediates,
                    });
                }
            });
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
        _app.StartAsync().GetAwaiter().GetResult();
        Url = new Uri(_app.Urls.Single());
    }

    public Uri Url { get; }

    /// <summary>The number of connections accepted so far.</summary>
    public int Connections => _connections;

    protected CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    protected virtual Task HandleAsync(HttpContext context) => _handle!(context);

    /// <remarks>A test may stop a server before its end.</remarks>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Increment(ref _disposals) > 1)
        {
            return;
        }

        _app.Lifetime.StopApplication();
        await _app.DisposeAsync();
    }
}
