using System.Net;
using System.Net.Sockets;

namespace Kit.Servers;

/// <summary>Addresses where nobody accepts a connection.</summary>
public sealed class DeadEnd : IDisposable
{
    private readonly Socket _listener;
    private readonly List<Socket> _waiting = [];

    private DeadEnd(Socket listener) => _listener = listener;

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public Uri Url(string scheme = "http") => new($"{scheme}://{EndPoint}");

    /// <summary>Refuses connections. The port stays bound, so that no other program can take it.</summary>
    public static DeadEnd Refusing() => new(Bind());

    /// <summary>Leaves connections without an answer: its queue of one is full.</summary>
    public static DeadEnd Silent()
    {
        var end = new DeadEnd(Bind());
        end._listener.Listen(1);
        for (var i = 0; i < 8; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            end._waiting.Add(socket);
            try
            {
                socket.Connect(end.EndPoint);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // The system connects in the background.
            }
        }

        return end;
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
