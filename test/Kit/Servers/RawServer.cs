using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Kit.Servers;

/// <summary>A TCP server whose every byte a test decides, on a loopback port that the system chooses.</summary>
/// <remarks>For answers that Kestrel cannot give: malformed, cut, reset, half-closed, dripping, stalled.</remarks>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ServerCertificate? _certificate;
    private readonly Task _accepting;

    /// <param name="serve">Serves a connection from its acceptance (after the TLS handshake, with a certificate) to its end.</param>
    /// <param name="certificate">Null for plain TCP.</param>
    public RawServer(Func<RawConnection, Task> serve, ServerCertificate? certificate = null)
    {
        _certificate = certificate;
        _listener.Start(backlog: 512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Url = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}");
        _accepting = AcceptAsync(serve);
    }

    /// <summary>Gives every request the same response.</summary>
    public static RawServer Answering(string response, ServerCertificate? certificate = null) => new(
        async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync(response);
            }
        },
        certificate);

    public int Port { get; }

    public Uri Url { get; }

    /// <summary>The number of connections accepted so far.</summary>
    public int Connections => _connections.Count;

    private async Task AcceptAsync(Func<RawConnection, Task> serve)
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                _connections.Add(ServeAsync(new RawConnection(number, client, _end.Token), serve));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(RawConnection connection, Func<RawConnection, Task> serve)
    {
        await Task.Yield();
        try
        {
            if (_certificate is not null)
            {
                await connection.StartTlsAsync(_certificate);
            }

            await serve(connection);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The peer has gone or did not accept the certificate, the script has closed the connection, or the test is over.
        }
        finally
        {
            connection.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _end.Dispose();
    }
}
