using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Kit.Servers;

/// <summary>The server's side of a connection.</summary>
/// <param name="number">1 for the server's first connection.</param>
/// <param name="end">Cancelled when the server stops.</param>
public sealed class RawConnection(int number, TcpClient client, CancellationToken end) : IDisposable
{
    private Stream _stream = client.GetStream();

    public int Number => number;

    public CancellationToken End => end;

    /// <summary>Performs the handshake; everything after it goes through TLS.</summary>
    public async Task StartTlsAsync(ServerCertificate certificate)
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }, end);
        _stream = tls;
    }

    /// <summary>Reads one request, its head and its body as they came; null if the peer has closed.</summary>
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

    /// <summary>Reads as many bytes, or less if the peer closes before.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        return bytes[..await _stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, end)];
    }

    /// <param name="text">Its characters are bytes (Latin-1).</param>
    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes, end).AsTask();

    /// <summary>In as many packets as there are bytes.</summary>
    /// <param name="pause">Between two bytes.</param>
    public async Task DripAsync(string text, TimeSpan pause = default)
    {
        foreach (var c in text)
        {
            await WriteAsync(c.ToString());
            await (pause > TimeSpan.Zero ? Task.Delay(pause, end) : Task.Run(() => { }, end));
        }
    }

    /// <summary>Reads and discards until the peer has closed, or the test is over.</summary>
    public Task HoldAsync() => _stream.CopyToAsync(Stream.Null, end);

    /// <summary>Neither reads nor writes until the test is over.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, end);

    /// <summary>Closes this side for writing (FIN); the peer may still write.</summary>
    public void HalfClose() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Closes the connection with RST, as a crashed peer or a middlebox does.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Client.Close();
    }

    private static int BodyLength(string head)
    {
        const string Name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Closes the connection without a goodbye of TLS (a cut).</summary>
    public void Dispose()
    {
        client.Dispose();
        _stream.Dispose();
    }
}
