using System.Net;
using System.Net.Sockets;

namespace BlockingHttp;

/// <summary>A TCP connection as a stream whose every blocking call ends at <see cref="Deadline"/>.</summary>
/// <remarks>
/// The socket is non-blocking and <c>poll</c> does the waiting, so that a limit holds to the microsecond without a timer, a second
/// thread or the runtime's epoll engine: none of the three is paid for at a cold start. A connection opened without a deadline blocks
/// by itself, which saves the <c>poll</c>; a deadline it is given later holds for its reads only.
/// </remarks>
internal sealed class SocketStream : Stream
{
    private readonly Socket _socket;

    private SocketStream(Socket socket) => _socket = socket;

    /// <summary>When a call that still waits throws <see cref="TimeoutException"/>.</summary>
    public Deadline Deadline { get; set; } = Deadline.Never;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Connects to the first address of <paramref name="host"/> that accepts.</summary>
    /// <exception cref="SocketException">No address accepts, or the name has none.</exception>
    /// <exception cref="TimeoutException">The deadline passed first.</exception>
    public static SocketStream Connect(string host, int port, Deadline deadline)
    {
        var addresses = Resolve(host, deadline);
        for (var i = 0; ; i++)
        {
            try
            {
                // An address that does not answer leaves its fair share of the time to the ones after it.
                var share = deadline.IsNever ? deadline : deadline.ButAtMost(deadline.Remaining / (addresses.Length - i));
                return Connect(new IPEndPoint(addresses[i], port), share);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException && i < addresses.Length - 1)
            {
                // The next address may do better; the last one's failure is the caller's.
            }
        }
    }

    private static IPAddress[] Resolve(string host, Deadline deadline)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        // getaddrinfo knows no time limit, so it waits elsewhere and is left behind if it takes too long.
        var resolving = Dns.GetHostAddressesAsync(host);
        try
        {
            if (!(deadline.IsNever ? resolving.Wait(Timeout.InfiniteTimeSpan) : resolving.Wait(deadline.Remaining)))
            {
                throw new TimeoutException($"The name {host} was not resolved in time.");
            }
        }
        catch (AggregateException exception) when (exception.InnerException is SocketException)
        {
            throw exception.InnerException;
        }

        return resolving.Result.Length > 0 ? resolving.Result : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static SocketStream Connect(IPEndPoint endPoint, Deadline deadline)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (!deadline.IsNever)
        {
            // Only ever set to false: a socket that was non-blocking once blocks by way of the epoll engine from then on.
            socket.Blocking = false;
        }

        try
        {
            try
            {
                socket.Connect(endPoint);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                Wait(socket, SelectMode.SelectWrite, deadline);
                if ((int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! is var error and not 0)
                {
                    throw new SocketException(error);
                }
            }

            return new SocketStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the peer has closed an idle connection, or sent on it what nobody asked for.</summary>
    public bool IsSpent()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Ends the connection from another thread: a call that waits on it returns as if the peer had closed.</summary>
    public void Abort()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It had ended by itself.
        }
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (!Deadline.IsNever || !_socket.Blocking)
            {
                Wait(_socket, SelectMode.SelectRead, Deadline);
            }

            var count = _socket.Receive(buffer, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    return count;
                case SocketError.WouldBlock:
                    continue;
                default:
                    throw new IOException(new SocketException((int)error).Message);
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = _socket.Send(buffer, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    buffer = buffer[count..];
                    break;
                case SocketError.WouldBlock:
                    Wait(_socket, SelectMode.SelectWrite, Deadline);
                    break;
                default:
                    throw new IOException(new SocketException((int)error).Message);
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is buffered here.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Wait(Socket socket, SelectMode mode, Deadline deadline)
    {
        var ready = deadline.IsNever
            ? socket.Poll(Timeout.InfiniteTimeSpan, mode)
            : !deadline.HasPassed && socket.Poll(deadline.Remaining, mode);
        if (!ready)
        {
            throw new TimeoutException("The peer did not answer in time.");
        }
    }
}
