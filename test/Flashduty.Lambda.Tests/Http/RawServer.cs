using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flashduty.Lambda.Tests.Http;

/// <summary>A TCP server of which a test decides every byte, on a port of its own.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    /// <param name="serve">What happens on a connection, from its acceptance to its end.</param>
    public RawServer(Func<RawConnection, Task> serve)
    {
        _listener.Start();
        _accepting = AcceptAsync(serve);
    }

    /// <summary>Answers every request the same.</summary>
    public static RawServer Answering(string response) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.WriteAsync(response);
        }
    });

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How many have been accepted.</summary>
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

    private static async Task ServeAsync(RawConnection connection, Func<RawConnection, Task> serve)
    {
        await Task.Yield();
        try
        {
            await serve(connection);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The peer has gone, or the test is over.
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

/// <summary>The server's side of a connection.</summary>
/// <param name="number">1 for the server's first.</param>
internal sealed class RawConnection(int number, TcpClient client, CancellationToken end) : IDisposable
{
    private readonly NetworkStream _stream = client.GetStream();

    public int Number => number;

    public CancellationToken End => end;

    /// <summary>Head and body as they came; null when the peer has closed.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        var total = int.MaxValue;
        while (bytes.Count < total)
        {
            if (await _stream.ReadAsync(one, end) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
            if (total == int.MaxValue && bytes is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
            {
                total = bytes.Count + BodyLength(Encoding.Latin1.GetString([.. bytes]));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public Task WriteAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text), end).AsTask();

    /// <summary>In as many packets as there are bytes.</summary>
    public async Task WriteByteByByteAsync(string text)
    {
        foreach (var c in text)
        {
            await WriteAsync(c.ToString());
            await Task.Yield();
        }
    }

    /// <summary>Waits until the peer has closed, or the test is over.</summary>
    public Task HoldAsync() => _stream.CopyToAsync(Stream.Null, end);

    private static int BodyLength(string head)
    {
        const string Name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _stream.Dispose();
        client.Dispose();
    }
}
