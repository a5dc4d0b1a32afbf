using System.Net;
using System.Net.Sockets;

namespace Flashduty.Lambda.Http;

/// <summary>How far a request's connection has come.</summary>
internal enum ConnectionStage
{
    Resolving,
    Connecting,
    Handshaking,
    Connected,
}

/// <summary>Opens TCP connections, and keeps on each request how far the connection for it has come.</summary>
internal static class Connector
{
    public static readonly HttpRequestOptionsKey<ConnectionStage> Stage = new("Flashduty.ConnectionStage");

    /// <summary>Connects to the first address of a host that accepts.</summary>
    /// <exception cref="SocketException">The name has no address, or none accepts.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var options = context.InitialRequestMessage.Options;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        options.Set(Stage, ConnectionStage.Resolving);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        options.Set(Stage, ConnectionStage.Connecting);
        for (var i = 0; ; i++)
        {
            try
            {
                // An address that does not answer leaves time for the ones after it.
                var stream = await ConnectAsync(new IPEndPoint(addresses[i], port), timeout / addresses.Length, cancellationToken);
                options.Set(Stage, ConnectionStage.Handshaking);
                return stream;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException
                && i < addresses.Length - 1 && !cancellationToken.IsCancellationRequested)
            {
                // The next address may accept; the last one's failure is the caller's.
            }
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            await socket.ConnectAsync(address, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
