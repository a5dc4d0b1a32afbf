using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Kit.Servers;

namespace Flashduty.Lambda.Benchmarks.Wire;

/// <summary>Secrets Manager and Flashduty behind one TLS port on loopback, which answer at once.</summary>
/// <remarks>A thread for each connection and no allocation for a request, so that the function's own cost is what is measured.</remarks>
internal sealed class LoopbackServices : IDisposable
{
    public const string IntegrationKey = "benchmark-key";

    private static readonly byte[] Accepted = Response("200 OK", """{"request_id":"r","data":{"alert_key":"k"}}""");
    private static readonly byte[] NotFound = Response("404 Not Found", "");
    private static readonly byte[] Secret = Response(
        "200 OK", $$"""{"ARN":"arn:aws:secretsmanager:us-east-1:111122223333:secret:x","Name":"x","VersionId":"v","SecretString":"{{IntegrationKey}}"}""");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ServerCertificate _certificate;

    public LoopbackServices(ServerCertificate certificate)
    {
        _certificate = certificate;
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Url => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    private static byte[] Response(string status, string body) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // Disposed of.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                using var tls = new SslStream(client.GetStream());
                tls.AuthenticateAsServer(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate.Context });
                var requests = new RequestReader(tls);
                while (requests.Read())
                {
                    tls.Write(requests.StartsWith("HEAD "u8) ? NotFound : requests.StartsWith("POST / "u8) ? Secret : Accepted);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The function was ended.
        }
    }

    public void Dispose() => _listener.Dispose();
}

/// <summary>Reads HTTP requests one after the other, their bodies included.</summary>
internal sealed class RequestReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;

    public bool StartsWith(ReadOnlySpan<byte> beginning) => _buffer.AsSpan(0, _filled).StartsWith(beginning);

    public bool Contains(ReadOnlySpan<byte> text) => _buffer.AsSpan(0, _filled).IndexOf(text) >= 0;

    /// <returns>False at the end of the stream.</returns>
    public bool Read()
    {
        _filled = 0;
        while (true)
        {
            var count = stream.Read(_buffer, _filled, _buffer.Length - _filled);
            _filled += count;
            var head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (count == 0)
            {
                return false;
            }

            if (head >= 0 && _filled >= head + 4 + ContentLength(_buffer.AsSpan(0, head)))
            {
                return true;
            }
        }
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return 0;
        }

        var value = head[(at + "Content-Length: "u8.Length)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
