using System.Net;

namespace Flashduty.Lambda.Http;

/// <summary>The way to one service: .NET's own HTTP/1.1 client, with what matters in Lambda set.</summary>
/// <remarks>
/// Answers come with their body read. A request whose kept connection died is sent again on another without being counted as failed, so
/// it must be one that may arrive twice. What else goes wrong is a <see cref="TransportException"/>.
/// </remarks>
internal sealed class ServiceHandler : DelegatingHandler
{
    /// <summary>A connection is replaced after this time, so that a change in DNS is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    private const int MaxHeaderKilobytes = 64;

    private readonly int _maxBodyBytes;

    /// <param name="connectTimeout">For name, connection and TLS handshake together.</param>
    /// <param name="maxConnections">Requests beyond it wait for a connection.</param>
    /// <param name="maxBodyBytes">A longer body is a failure.</param>
    public ServiceHandler(SystemTrust trust, TimeProvider time, TimeSpan connectTimeout, int maxConnections, int maxBodyBytes)
        : base(CreateClient(trust, time, connectTimeout, maxConnections)) => _maxBodyBytes = maxBodyBytes;

    /// <exception cref="TransportException">There was no complete answer.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            HttpResponseMessage? response = null;
            try
            {
                response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(_maxBodyBytes, cancellationToken);
                return response;
            }
            catch (HttpRequestException exception) when (exception.InnerException is ConnectionLostException && response is null)
            {
                // The pool has others, or opens one.
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                response?.Dispose();
                throw TransportException.From(exception, request);
            }
        }
    }

    /// <summary>Lets what waits for a socket continue on the thread that watches the sockets. Call it before the first connection.</summary>
    /// <remarks>
    /// Otherwise that thread wakes one of the pool, and that one a second in case there is more work: a fifth of an event's processor
    /// time, for an environment that handles one event at a time. What continues there must not block for long.
    /// </remarks>
    public static void ContinueInline()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
    }

    private static SocketsHttpHandler CreateClient(SystemTrust trust, TimeProvider time, TimeSpan connectTimeout, int maxConnections)
    {
        var health = new ConnectionHealth(time);
        var client = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (context, cancellationToken) => Connector.ConnectAsync(context, connectTimeout, cancellationToken),
            ConnectTimeout = connectTimeout,
            MaxConnectionsPerServer = maxConnections,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            PlaintextStreamFilter = (context, _) =>
            {
                context.InitialRequestMessage.Options.Set(Connector.Stage, ConnectionStage.Connected);
                return new ValueTask<Stream>(new PooledConnection(context.PlaintextStream, health));
            },
            PooledConnectionIdleTimeout = ConnectionHealth.MaxIdleTime,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };
        if (OperatingSystem.IsLinux())
        {
            client.SslOptions = new CertificateValidator(trust).CreateOptions();
        }

        return client;
    }
}
