using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BlockingHttp;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flashduty.Lambda.Tests.Http;

public sealed class HttpConnectionTests
{
    private const int MaxBody = 1000;
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Tiny = TimeSpan.FromMilliseconds(60);

    private static readonly HttpRequest Get = new("GET", "/");

    private static HttpConnection Open(Uri url) => HttpConnection.Open(url, Deadline.After(Plenty), MaxBody);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-LENGTH:5\r\n\r\nhello", 200, "hello", true)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "", true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\nno", 503, "no", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", 200, "ok", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", 200, "ok", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=1\r\n world\r\n0\r\n\r\n", 200, "hello world", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", 200, "0123456789", true)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nto the end", 200, "to the end", false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok", true)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, "", true)]
    public async Task A_response_is_the_same_in_one_piece_and_byte_by_byte(string response, int status, string body, bool canBeReused)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await (connection.Number == 1 ? connection.WriteAsync(response) : connection.WriteByteByByteAsync(response));
        });

        for (var i = 0; i < 2; i++)
        {
            using var connection = Open(server.Url);
            var received = connection.Send(Get, Deadline.After(Plenty));
            Assert.Equal(status, received.StatusCode);
            Assert.Equal(body, received.Text);
            Assert.Equal(canBeReused, connection.CanBeReused);
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 two\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task A_broken_response_is_an_error(string response)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(response);
        });

        using var connection = Open(server.Url);
        Assert.Throws<IOException>(() => connection.Send(Get, Deadline.After(Plenty)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n", "Name: value\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0")]
    public async Task A_response_without_end_is_given_up(string beginning, string repeated)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(beginning);
            while (true)
            {
                await connection.WriteAsync(string.Concat(Enumerable.Repeat(repeated, 1000)));
            }
        });

        using var connection = Open(server.Url);
        Assert.Throws<IOException>(() => connection.Send(Get, Deadline.After(Plenty)));
    }

    [Fact]
    public async Task A_request_is_written_whole()
    {
        string? request = null;
        await using var server = new RawServer(async connection =>
        {
            request = await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });

        using var connection = Open(server.Url);
        connection.Send(new HttpRequest("POST", "/a?b=c", "X-One: 1\r\n", "né"u8.ToArray()), Deadline.After(Plenty));

        Assert.Equal($"POST /a?b=c HTTP/1.1\r\nHost: {server.Url.Authority}\r\nX-One: 1\r\nContent-Length: 3\r\n\r\nné", request);
    }

    [Fact]
    public async Task Any_body_however_it_is_cut_arrives_whole()
    {
        var cuts = new List<string>();
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                foreach (var cut in cuts)
                {
                    await connection.WriteAsync($"{cut.Length:x}\r\n{cut}\r\n");
                }

                await connection.WriteAsync("0\r\n\r\n");
            }
        });

        using var connection = Open(server.Url);
        Gen.String[Gen.Char.AlphaNumeric, 1, 90].List[0, 11].Sample(
            texts =>
            {
                cuts = texts;
                Assert.Equal(string.Concat(texts), connection.Send(Get, Deadline.After(Plenty)).Text);
            },
            iter: 200,
            threads: 1);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Headers_are_found_by_their_name_in_any_case()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nX-Ab: no\r\nX-A:  yes \r\nX-A: second\r\nContent-Length: 0\r\n\r\n");
        using var connection = Open(server.Url);
        var response = connection.Send(Get, Deadline.After(Plenty));

        Assert.Equal("yes", response.Header("x-a"));
        Assert.Null(response.Header("X"));
        Assert.Null(response.Header("HTTP/1.1 200 OK"));
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_given_up_at_the_deadline()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        using var connection = Open(server.Url);
        Assert.Throws<TimeoutException>(() => connection.Send(Get, Deadline.After(Tiny)));
    }

    [Fact]
    public async Task A_deadline_is_for_the_whole_response_and_not_for_each_piece()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (true)
            {
                await connection.WriteAsync("x");
                await Task.Delay(10, connection.End);
            }
        });
        using var connection = Open(server.Url);
        Assert.Throws<TimeoutException>(() => connection.Send(Get, Deadline.After(Tiny)));
    }

    [Fact]
    public async Task A_peer_that_reads_nothing_is_given_up_at_the_deadline()
    {
        await using var server = new RawServer(connection => Task.Delay(Timeout.Infinite, connection.End));
        using var connection = Open(server.Url);
        var request = new HttpRequest("POST", "/", Body: new byte[32 * 1024 * 1024]);
        Assert.Throws<TimeoutException>(() => connection.Send(request, Deadline.After(Tiny)));
    }

    [Fact]
    public void A_host_that_does_not_accept_is_given_up_at_the_deadline()
    {
        // A queue of one, full: the system lets further connections wait.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var waiting = Enumerable.Range(0, 8).Select(_ => Connect(listener.LocalEndPoint!)).ToList();

        Assert.Throws<TimeoutException>(() => HttpConnection.Open(new Uri($"http://{listener.LocalEndPoint}"), Deadline.After(Tiny), MaxBody));

        waiting.ForEach(socket => socket.Dispose());

        static Socket Connect(EndPoint to)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(to);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It goes on by itself.
            }

            return socket;
        }
    }

    [Fact]
    public async Task A_deadline_that_has_passed_is_not_begun()
    {
        await using var server = RawServer.Answering("HTTP/1.1 204 No Content\r\n\r\n");
        using var connection = Open(server.Url);
        Assert.Throws<TimeoutException>(() => connection.Send(Get, Deadline.After(TimeSpan.FromSeconds(-1))));
    }

    [Fact]
    public void Nobody_there_is_a_socket_error()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{listener.LocalEndpoint}");
        listener.Dispose();

        Assert.Throws<SocketException>(() => Open(url));
    }

    [Fact]
    public void A_name_that_is_none_is_a_socket_error() =>
        Assert.Throws<SocketException>(() => Open(new Uri("http://no-such-host.invalid")));

    [Fact]
    public async Task A_name_with_several_addresses_is_tried_until_one_accepts()
    {
        await using var server = RawServer.Answering("HTTP/1.1 204 No Content\r\n\r\n"); // on 127.0.0.1, not on ::1
        using var connection = Open(new Uri($"http://localhost:{server.Url.Port}"));
        Assert.Equal(204, connection.Send(Get, Deadline.After(Plenty)).StatusCode);
    }

    [Fact]
    public async Task Abort_ends_a_wait_from_another_thread()
    {
        using var isAsked = new SemaphoreSlim(0);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            isAsked.Release();
            await connection.HoldAsync();
        });

        using var connection = HttpConnection.Open(server.Url, Deadline.Never, MaxBody);
        var waiting = Task.Run(() => connection.Send(Get, Deadline.Never), TestContext.Current.CancellationToken);
        await isAsked.WaitAsync(TestContext.Current.CancellationToken);
        connection.Abort();

        await Assert.ThrowsAsync<IOException>(() => waiting);
    }

    [Fact]
    public async Task A_peer_without_a_trusted_certificate_is_not_spoken_to()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

        Assert.Throws<AuthenticationException>(() => Open(new Uri($"https://localhost:{port}")));
    }

    [Fact]
    public async Task A_handshake_that_does_not_happen_is_given_up_at_the_deadline()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        Assert.Throws<TimeoutException>(() => HttpConnection.Open(new Uri($"https://{server.Url.Authority}"), Deadline.After(Tiny), MaxBody));
    }

    [Fact]
    public async Task A_peer_that_does_not_speak_TLS_is_an_error()
    {
        await using var server = new RawServer(connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        var thrown = Assert.ThrowsAny<Exception>(() => HttpConnection.Open(new Uri($"https://{server.Url.Authority}"), Deadline.After(Plenty), MaxBody));
        Assert.True(thrown is AuthenticationException or IOException, thrown.ToString());
    }

    [Fact]
    public async Task Large_bodies_grow_the_buffer_and_leave_the_next_response_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => (char)('a' + (i % 26))));
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}");
        using var connection = HttpConnection.Open(server.Url, Deadline.After(Plenty), 1024 * 1024);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(text, Encoding.ASCII.GetString(connection.Send(Get, Deadline.After(Plenty)).Body.Span));
        }
    }
}
