using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A response of the Runtime API.</summary>
/// <param name="StatusCode">100 to 599, never an interim one.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">Valid until the next request on the same connection.</param>
internal sealed record RuntimeApiResponse(int StatusCode, string Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>A header's value, without the white space around it; its name has no case.</summary>
    public string? Header(string name) => RuntimeApiConnection.FindHeader(Head, name);
}

/// <summary>One kept HTTP/1.1 connection to the Runtime API, on the loopback address: one request at a time, blocking.</summary>
/// <remarks>
/// An HTTP client would be paid for by each cold start and each event, while this peer is always Lambda's own and near. What is not
/// exactly one response to the request is an <see cref="IOException"/>, or ends the connection; after an exception, dispose of it. Not
/// thread-safe but for <see cref="Abort"/>.
/// </remarks>
internal sealed class RuntimeApiConnection : IDisposable
{
    private const int MaxHeadBytes = 64 * 1024;

    // An asynchronous payload is at most 1 MiB, a synchronous one 6 MiB, its envelope included; JSON in JSON grows.
    private const int MaxBodyBytes = 32 * 1024 * 1024;

    private readonly Socket _socket;
    private readonly string _address;
    private byte[] _buffer = new byte[8 * 1024];
    private int _read;
    private int _filled;

    private RuntimeApiConnection(Socket socket, string address)
    {
        _socket = socket;
        _address = address;
    }

    /// <summary>Whether the peer lets the connection carry another request.</summary>
    public bool CanBeReused { get; private set; } = true;

    /// <param name="address">Host and port.</param>
    /// <exception cref="SocketException">Nothing listens there.</exception>
    public static RuntimeApiConnection Open(string address)
    {
        var url = new Uri("http://" + address);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IPAddress.TryParse(url.IdnHost, out var literal))
            {
                socket.Dispose();
                socket = new Socket(literal.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(new IPEndPoint(literal, url.Port));
            }
            else
            {
                socket.Connect(url.IdnHost, url.Port);
            }

            return new RuntimeApiConnection(socket, address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends, from another thread, the request that waits here: it throws <see cref="IOException"/>.</summary>
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

    /// <summary>Sends a request and waits for the whole response.</summary>
    /// <param name="headers">Whole header lines, each ended by CR LF.</param>
    public RuntimeApiResponse Send(string method, string path, string headers, ReadOnlySpan<byte> body)
    {
        if (_filled > _read)
        {
            throw new IOException("The Runtime API sent more than its response.");
        }

        Write(method, path, headers, body);
        while (true)
        {
            var (status, head) = ReadHead();
            if (status >= 200)
            {
                var response = new RuntimeApiResponse(status, head, ReadBody(status, head));
                CanBeReused &= _filled == _read;
                return response;
            }
        }
    }

    internal static string? FindHeader(string head, string name)
    {
        foreach (var line in head.AsSpan().EnumerateLines())
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim().ToString();
            }
        }

        return null;
    }

    private void Write(string method, string path, string headers, ReadOnlySpan<byte> body)
    {
        var head = $"{method} {path} HTTP/1.1\r\nHost: {_address}\r\n{headers}Content-Length: {body.Length}\r\n\r\n";

        // Head and body leave in one write: one system call, one packet where they fit.
        var message = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        try
        {
            var length = Encoding.Latin1.GetBytes(head, message);
            body.CopyTo(message.AsSpan(length));
            var rest = message.AsSpan(0, length + body.Length);
            while (!rest.IsEmpty)
            {
                var count = _socket.Send(rest, SocketFlags.None, out var error);
                rest = error == SocketError.Success ? rest[count..] : throw new IOException(new SocketException((int)error).Message);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    private (int Status, string Head) ReadHead()
    {
        var head = ReadThrough("\r\n\r\n"u8);

        // "HTTP/1.1 200 OK"
        if (head.Length < 12 || !head.StartsWith("HTTP/1.", StringComparison.Ordinal) || head[7] is not ('0' or '1') || head[8] != ' '
            || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 100 or > 599)
        {
            throw new IOException("The Runtime API's response is not HTTP/1.1.");
        }

        var connection = FindHeader(head, "Connection");
        CanBeReused = head[7] == '1'
            ? !string.Equals(connection, "close", StringComparison.OrdinalIgnoreCase)
            : string.Equals(connection, "keep-alive", StringComparison.OrdinalIgnoreCase);
        return (status, head);
    }

    private ReadOnlyMemory<byte> ReadBody(int status, string head)
    {
        if (status is 204 or 304)
        {
            return default;
        }

        if (FindHeader(head, "Transfer-Encoding") is { } encoding)
        {
            return encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? ReadChunks()
                : throw new IOException("The Runtime API's transfer encoding is not chunked.");
        }

        return int.TryParse(FindHeader(head, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MaxBodyBytes
            ? Take(length)
            : throw new IOException("The Runtime API's Content-Length is missing, too large or not a number.");
    }

    private byte[] ReadChunks()
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var line = ReadThrough("\r\n"u8);
            var size = line.AsSpan(0, line.IndexOf(';') is var semicolon and >= 0 ? semicolon : line.Length).Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)
                || length < 0 || length > MaxBodyBytes - body.WrittenCount)
            {
                throw new IOException("A chunk's size is too large or not a number.");
            }

            if (length == 0)
            {
                while (ReadThrough("\r\n"u8).Length > 0)
                {
                    // Trailers are not needed.
                }

                return body.WrittenSpan.ToArray();
            }

            body.Write(Take(length).Span);
            if (ReadThrough("\r\n"u8).Length > 0)
            {
                throw new IOException("A chunk is longer than its size.");
            }
        }
    }

    /// <summary>Reads up to a delimiter, and past it.</summary>
    private string ReadThrough(ReadOnlySpan<byte> delimiter)
    {
        int length;
        while ((length = _buffer.AsSpan(_read, _filled - _read).IndexOf(delimiter)) < 0)
        {
            if (_filled - _read >= MaxHeadBytes)
            {
                throw new IOException("The head of the Runtime API's response is too long.");
            }

            Fill(1);
        }

        var text = Encoding.Latin1.GetString(_buffer, _read, length);
        _read += length + delimiter.Length;
        return text;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        while (_filled - _read < length)
        {
            Fill(length - (_filled - _read));
        }

        var taken = _buffer.AsMemory(_read, length);
        _read += length;
        return taken;
    }

    private void Fill(int wanted)
    {
        if (_read == _filled)
        {
            _read = _filled = 0;
        }

        if (_buffer.Length - _filled < wanted)
        {
            var unread = _filled - _read;
            var target = unread + wanted <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, unread + wanted)];
            _buffer.AsSpan(_read, unread).CopyTo(target);
            (_buffer, _read, _filled) = (target, 0, unread);
        }

        var count = _socket.Receive(_buffer.AsSpan(_filled), SocketFlags.None, out var error);
        _filled += error != SocketError.Success ? throw new IOException(new SocketException((int)error).Message)
            : count > 0 ? count
            : throw new IOException("The Runtime API closed the connection.");
    }

    public void Dispose() => _socket.Dispose();
}
