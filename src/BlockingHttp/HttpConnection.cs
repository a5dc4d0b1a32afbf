using System.Buffers;
using System.Globalization;
using System.Net.Security;
using System.Text;

namespace BlockingHttp;

/// <summary>One HTTP/1.1 connection, kept alive between requests; one request at a time.</summary>
/// <remarks>
/// Not thread-safe but for <see cref="Abort"/>. After any exception the connection is unusable: dispose of it.
/// </remarks>
public sealed class HttpConnection : IDisposable
{
    private const int MaxHeadBytes = 64 * 1024;

    private readonly SocketStream _socket;
    private readonly Stream _stream;
    private readonly string _host;
    private readonly int _maxBodyBytes;
    private byte[] _buffer = new byte[8 * 1024];
    private int _read;
    private int _filled;

    private HttpConnection(SocketStream socket, Stream stream, string host, int maxBodyBytes)
    {
        _socket = socket;
        _stream = stream;
        _host = host;
        _maxBodyBytes = maxBodyBytes;
    }

    /// <summary>Whether the peer lets the connection carry another request.</summary>
    public bool CanBeReused { get; private set; } = true;

    /// <summary>Connects, and with <c>https</c> checks the certificate against the machine's trusted authorities.</summary>
    /// <param name="origin">Scheme, host and port; the rest is not looked at.</param>
    /// <param name="deadline">For name, connection and TLS handshake together.</param>
    /// <param name="maxBodyBytes">A longer response body is an <see cref="IOException"/>.</param>
    /// <exception cref="System.Net.Sockets.SocketException">Nobody is there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">TLS failed: who is there cannot be trusted.</exception>
    /// <exception cref="IOException">The peer ended the connection.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public static HttpConnection Open(Uri origin, Deadline deadline, int maxBodyBytes)
    {
        var socket = SocketStream.Connect(origin.IdnHost, origin.Port, deadline);
        try
        {
            socket.Deadline = deadline;
            Stream stream = socket;
            if (origin.Scheme == Uri.UriSchemeHttps)
            {
                var tls = new SslStream(socket);
                tls.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = origin.IdnHost });
                stream = tls;
            }

            return new HttpConnection(socket, stream, origin.Authority, maxBodyBytes);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an idle connection was closed by its peer: asked before it is used again.</summary>
    public bool IsSpent() => _socket.IsSpent();

    /// <summary>Ends, from another thread, the request that waits here: it throws <see cref="IOException"/>.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Sends a request and waits for the whole response.</summary>
    /// <exception cref="IOException">The connection broke, or what came back is no HTTP response.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public HttpResponse Send(in HttpRequest request, Deadline deadline)
    {
        _socket.Deadline = deadline;
        Write(request);
        while (true)
        {
            var (status, head) = ReadHead();
            if (status >= 200)
            {
                return new HttpResponse(status, head, ReadBody(status, head));
            }
        }
    }

    private void Write(in HttpRequest request)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Target} HTTP/1.1\r\nHost: {_host}\r\n{request.Headers}Content-Length: {request.Body.Length}\r\n\r\n");

        // Head and body leave in one write: one system call, one TLS record, one packet where they fit.
        var message = ArrayPool<byte>.Shared.Rent(head.Length + request.Body.Length);
        try
        {
            var length = Encoding.Latin1.GetBytes(head, message);
            request.Body.Span.CopyTo(message.AsSpan(length));
            _stream.Write(message, 0, length + request.Body.Length);
            _stream.Flush();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    private (int Status, string Head) ReadHead()
    {
        while (true)
        {
            var end = _buffer.AsSpan(_read, _filled - _read).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                if (_filled - _read >= MaxHeadBytes)
                {
                    throw new IOException("The response's headers are too long.");
                }

                Fill();
                continue;
            }

            var head = Encoding.Latin1.GetString(_buffer, _read, end);
            _read += end + 4;

            // "HTTP/1.1 200 OK"
            if (head.Length < 12 || !head.StartsWith("HTTP/1.", StringComparison.Ordinal)
                || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                throw new IOException("The response is not HTTP/1.1.");
            }

            var connection = HttpResponse.FindHeader(head, "Connection");
            CanBeReused = head[7] == '1'
                ? !string.Equals(connection, "close", StringComparison.OrdinalIgnoreCase)
                : string.Equals(connection, "keep-alive", StringComparison.OrdinalIgnoreCase);
            return (status, head);
        }
    }

    private ReadOnlyMemory<byte> ReadBody(int status, string head)
    {
        if (status is 204 or 304)
        {
            return default;
        }

        if (HttpResponse.FindHeader(head, "Transfer-Encoding") is { } encoding)
        {
            return encoding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase)
                ? ReadChunks()
                : throw new IOException("The response's transfer encoding is not chunked.");
        }

        if (HttpResponse.FindHeader(head, "Content-Length") is { } text)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= _maxBodyBytes
                ? Take(length)
                : throw new IOException("The response's body is too long, or its Content-Length is not a number.");
        }

        CanBeReused = false;
        return ReadToEnd();
    }

    private byte[] ReadChunks()
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var line = ReadLine();
            var size = line.AsSpan(0, line.IndexOf(';') is var semicolon and >= 0 ? semicolon : line.Length).Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)
                || length < 0 || length > _maxBodyBytes - body.WrittenCount)
            {
                throw new IOException("The response's body is too long, or a chunk's size is not a number.");
            }

            if (length == 0)
            {
                while (ReadLine().Length > 0)
                {
                    // Trailers say nothing we need.
                }

                return body.WrittenSpan.ToArray();
            }

            body.Write(Take(length).Span);
            if (ReadLine().Length > 0)
            {
                throw new IOException("A chunk of the response is longer than its size says.");
            }
        }
    }

    private ReadOnlyMemory<byte> ReadToEnd()
    {
        while (_filled - _read <= _maxBodyBytes)
        {
            MakeRoom();
            var count = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
            if (count == 0)
            {
                return Take(_filled - _read);
            }

            _filled += count;
        }

        throw new IOException("The response's body is too long.");
    }

    private string ReadLine()
    {
        while (true)
        {
            var end = _buffer.AsSpan(_read, _filled - _read).IndexOf("\r\n"u8);
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _read, end);
                _read += end + 2;
                return line;
            }

            if (_filled - _read >= MaxHeadBytes)
            {
                throw new IOException("A line of the response is too long.");
            }

            Fill();
        }
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

    private void Fill(int wanted = 1)
    {
        MakeRoom(wanted);
        var count = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += count > 0 ? count : throw new IOException("The peer closed the connection.");
    }

    private void MakeRoom(int wanted = 1)
    {
        if (_read == _filled)
        {
            _read = _filled = 0;
        }

        if (_buffer.Length - _filled >= wanted)
        {
            return;
        }

        var unread = _filled - _read;
        var target = unread + wanted <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, unread + wanted)];
        _buffer.AsSpan(_read, unread).CopyTo(target);
        (_buffer, _read, _filled) = (target, 0, unread);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
