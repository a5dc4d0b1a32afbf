using System.IO.Compression;
using System.Text;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Tests.Http;

namespace Flashduty.Lambda.Tests.Delivery;

/// <summary>Only a complete success answer to the very push counts as a delivery, whatever the peer sends; over TCP and over TLS.</summary>
public sealed class AnswerTests
{
    private const string Body = """{"request_id":"r-1","data":{"alert_key":"k"}}""";
    private static readonly string Accepted = Response(Body);
    private static readonly string Refused = Response("""{"error":{"code":"InvalidParameter","message":"no"}}""", "400 Bad Request");

    private static string Response(string body, string status = "200 OK", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private static string Chunked(string rest) => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{rest}";

    public static TheoryData<string> Deliveries() =>
    [
        Accepted,
        "HTTP/1.1 100 Continue\r\n\r\n" + Accepted,
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Accepted,
        Chunked($"{Body.Length:x};x=1\r\n{Body}\r\n0\r\nTrailer: x\r\n\r\n"),
        Chunked($"1\r\n{Body[..1]}\r\n{Body.Length - 1:X}\r\n{Body[1..]}\r\n0\r\n\r\n"),
        $"HTTP/1.0 200 OK\r\n\r\n{Body}",
        $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{Body}",
        Response(Body, "202 Accepted"),
        Response("\u00EF\u00BB\u00BF" + Body),
    ];

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task Complete_success_answer_is_a_delivery(string answer) => await CheckAsync(answer, isDelivery: true);

    public static TheoryData<string> Failures() =>
    [
        "",
        Response(""),
        Response("", "204 No Content"),
        Response(Body, "205 Reset Content"),
        Response(Body, "206 Partial Content"),
        Response("", "304 Not Modified"),
        Response(Body, "302 Found", "Location: http://127.0.0.1:1/\r\n"),
        Response(Body, "307 Temporary Redirect", "Location: http://127.0.0.1:1/\r\n"),
        Response("<html>a proxy's page</html>"),
        Response("""{"success":false}"""),
        Response(Body, headers: $"X: {new string('x', 70_000)}\r\n"),
        Response($"\"{new string('x', 70_000)}\""),
        Response(Gzip(Body), headers: "Content-Encoding: gzip\r\n"),
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n",
        $"HTTP/1.1 200 OK\r\n\r\n{Body[..20]}",
        $"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length + 1}\r\n\r\n{Body}",
        $"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length - 1}\r\n\r\n{Body}",
        $"HTTP/2 200\r\nContent-Length: {Body.Length}\r\n\r\n{Body}",
        $"HTTP/1.1 two\r\nContent-Length: {Body.Length}\r\n\r\n{Body}",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        Chunked($"{Body.Length:x}\r\n{Body}\r\n"),
        Chunked($"zz\r\n{Body}\r\n0\r\n\r\n"),
        Chunked($"-5\r\n{Body}\r\n0\r\n\r\n"),
        Chunked($"ffffffffffffffff1\r\n{Body}\r\n0\r\n\r\n"),
        Chunked($"2\r\n{{}}xx\r\n0\r\n\r\n"),
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + Body,
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Anything_else_is_a_failure(string answer) => await CheckAsync(answer, isDelivery: false);

    [Fact]
    public async Task Answer_that_is_cut_is_a_failure_wherever_it_is_cut()
    {
        var certificate = TestPki.Shared.Valid;
        for (var length = 0; length < Accepted.Length; length++)
        {
            // One in seven over TLS, which takes longer.
            await CheckAsync(Accepted[..length], isDelivery: false, length % 7 == 0 ? certificate : null);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reset_connection_is_a_failure_wherever_it_is_reset(bool isTls)
    {
        foreach (var length in new[] { 0, 1, 15, 40, 80, Accepted.Length - 1 })
        {
            await using var server = new RawServer(
                async connection =>
                {
                    await connection.ReadRequestAsync();
                    await connection.WriteAsync(Accepted[..length]);
                    connection.Reset();
                },
                isTls ? TestPki.Shared.Valid : null);
            Assert.NotNull((await PushAsync(server)).Failure);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "Name: value\r\n")]
    [InlineData("", "HTTP/1.1 102 Processing\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "Name: value\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "x")]
    public async Task Answer_without_end_is_given_up(string beginning, string repeated)
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
        Assert.Contains("sent an answer that is too large", (await PushAsync(server)).Failure!.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Strays() =>
    [
        Accepted + Accepted,
        Chunked($"{Body.Length:x}\r\n{Body}\r\n0\r\n\r\n") + Accepted,
        "HTTP/1.1 204 No Content\r\n\r\n" + Accepted,
        "HTTP/1.1 304 Not Modified\r\n\r\n" + Accepted,
        $"HTTP/1.1 204 No Content\r\nContent-Length: {Body.Length}\r\n\r\n{Body}",
        Response(Body[..^1] + "}") + "HTTP/1.1 100 Continue\r\n\r\n" + Accepted,
    ];

    [Theory]
    [MemberData(nameof(Strays))]
    public async Task Stray_answer_is_not_the_next_pushs(string first)
    {
        foreach (var certificate in new[] { null, TestPki.Shared.Valid })
        {
            foreach (var isSplit in new[] { false, true })
            {
                await using var server = new RawServer(
                    async connection =>
                    {
                        for (var i = 0; await connection.ReadRequestAsync() is not null; i++)
                        {
                            if (connection.Number > 1 || i > 0)
                            {
                                await connection.WriteAsync(Refused);
                            }
                            else if (isSplit)
                            {
                                // In two packets, and in two records.
                                var cut = Math.Max(first.Length - Accepted.Length, first.Length / 2);
                                await connection.WriteAsync(first[..cut]);
                                await connection.WriteAsync(first[cut..]);
                            }
                            else
                            {
                                await connection.WriteAsync(first);
                            }
                        }
                    },
                    certificate);
                using var client = new FlashdutyClient(Transport.Create(), server.Url, TimeProvider.System);
                await PushAsync(client);
                await Task.Delay(20, TestContext.Current.CancellationToken); // The second packet arrives; whether it does in time, the outcome is the same.
                Assert.Contains("refused the alert", (await PushAsync(client)).Failure!.Message, StringComparison.Ordinal);
            }
        }
    }

    private static async Task CheckAsync(string answer, bool isDelivery)
    {
        await CheckAsync(answer, isDelivery, null);
        await CheckAsync(answer, isDelivery, TestPki.Shared.Valid);
    }

    private static async Task CheckAsync(string answer, bool isDelivery, ServerCertificate? certificate)
    {
        await using var server = new RawServer(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(answer);
                connection.HalfClose();
                await connection.HoldAsync();
            },
            certificate);
        var result = await PushAsync(server, answer.Contains(" 101 ", StringComparison.Ordinal) ? 1 : 20);
        Assert.True((result.Failure is null) == isDelivery, $"{answer.Length} bytes, {server.Url}: {result.Failure?.Message}");
    }

    private static async Task<PushResult> PushAsync(RawServer server, double seconds = 20)
    {
        using var client = new FlashdutyClient(Transport.Create(), server.Url, TimeProvider.System);
        return await PushAsync(client, seconds);
    }

    private static Task<PushResult> PushAsync(FlashdutyClient client, double seconds = 20) =>
        client.PushAsync("{}"u8.ToArray(), new Channel("c", "k"), TimeSpan.FromSeconds(seconds));

    private static string Gzip(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Encoding.Latin1.GetString(output.ToArray());
    }
}
