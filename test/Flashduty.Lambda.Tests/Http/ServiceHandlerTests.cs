using System.Net;
using Flashduty.Lambda.Http;
using Microsoft.Extensions.Time.Testing;

namespace Flashduty.Lambda.Tests.Http;

public sealed class ServiceHandlerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    public static TheoryData<bool> Schemes => [false, true];

    private static ServerCertificate? Certificate(bool isTls) => isTls ? TestPki.Shared.Valid : null;

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Requests_share_a_kept_connection(bool isTls)
    {
        await using var server = RawServer.Answering(Ok, Certificate(isTls));
        using var invoker = new HttpMessageInvoker(Transport.Create());
        for (var i = 0; i < 3; i++)
        {
            await SendAsync(invoker, server.Url);
        }

        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Kept_connection_that_closes_on_the_request_is_replaced_without_a_failure(bool isTls)
    {
        await using var server = new RawServer(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(Ok);
                await connection.ReadRequestAsync(); // and no answer
            },
            Certificate(isTls));
        using var invoker = new HttpMessageInvoker(Transport.Create());
        for (var i = 0; i < 3; i++)
        {
            await SendAsync(invoker, server.Url);
        }

        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task New_connection_that_breaks_is_a_failure()
    {
        await using var server = new RawServer(connection => connection.ReadRequestAsync());
        using var invoker = new HttpMessageInvoker(Transport.Create());
        var failure = await FailureAsync(invoker, server.Url);
        Assert.Equal("closed the connection before its answer was complete", failure.Message);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Connection_that_idled_for_a_minute_of_the_wall_clock_is_not_used_again(bool isTls)
    {
        var time = new FakeTimeProvider();
        await using var server = FirstAnswerOnly(isTls);
        using var invoker = new HttpMessageInvoker(Transport.Create(time));
        await SendAsync(invoker, server.Url);
        time.Advance(TimeSpan.FromSeconds(61));
        await SendAsync(invoker, server.Url);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Aged_connection_that_died_silently_costs_a_second_and_its_siblings_nothing(bool isTls)
    {
        var time = new FakeTimeProvider();
        var dead = 0;
        using var both = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        await using var server = new RawServer(
            async connection =>
            {
                await connection.ReadRequestAsync();
                if (connection.Number <= 2)
                {
                    arrived.Release();
                    await both.WaitAsync(connection.End);
                }

                await connection.WriteAsync(Ok);
                if (connection.Number <= 2)
                {
                    if (await connection.ReadRequestAsync() is not null)
                    {
                        Interlocked.Increment(ref dead);
                        arrived.Release();
                        await connection.HoldAsync(); // no answer, and no end either
                    }
                }

                while (await connection.ReadRequestAsync() is not null)
                {
                    await connection.WriteAsync(Ok);
                }
            },
            Certificate(isTls));
        using var invoker = new HttpMessageInvoker(Transport.Create(time));

        var first = (SendAsync(invoker, server.Url), SendAsync(invoker, server.Url));
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        both.Release(2);
        await first.Item1;
        await first.Item2;

        time.Advance(TimeSpan.FromSeconds(10));
        var aged = SendAsync(invoker, server.Url);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(aged.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await aged;

        // The other connection of that age is not tried.
        await Task.WhenAll(SendAsync(invoker, server.Url), SendAsync(invoker, server.Url));
        Assert.Equal(1, dead);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Connection_that_timed_out_while_it_was_kept_takes_its_siblings_with_it(bool isTls)
    {
        await using var server = FirstAnswerOnly(isTls);
        using var invoker = new HttpMessageInvoker(Transport.Create());
        await SendAsync(invoker, server.Url);
        Assert.Equal("did not answer in time", (await FailureAsync(invoker, server.Url, Short)).Message);
        await SendAsync(invoker, server.Url);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Silence_is_named(bool isTls)
    {
        await using var server = new RawServer(connection => connection.HoldAsync(), Certificate(isTls));
        using var invoker = new HttpMessageInvoker(Transport.Create());
        Assert.Equal("did not answer in time", (await FailureAsync(invoker, server.Url, TimeSpan.FromSeconds(1))).Message);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Body_that_drips_is_given_up(bool isTls)
    {
        await using var server = new RawServer(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                await connection.DripAsync(new string(' ', 1000), TimeSpan.FromMilliseconds(20));
            },
            Certificate(isTls));
        using var invoker = new HttpMessageInvoker(Transport.Create());
        Assert.Equal("did not answer in time", (await FailureAsync(invoker, server.Url, TimeSpan.FromSeconds(1))).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task Handshake_that_stalls_is_named(int bytesRead)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadAsync(bytesRead);
            await connection.StallAsync();
        });
        using var invoker = new HttpMessageInvoker(Transport.Create());
        var failure = await FailureAsync(invoker, new Uri($"https://127.0.0.1:{server.Port}"), TimeSpan.FromSeconds(1));
        Assert.Equal("did not complete the TLS handshake in time", failure.Message);
    }

    [Fact]
    public async Task Peer_without_TLS_is_named()
    {
        await using var server = new RawServer(connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        using var invoker = new HttpMessageInvoker(Transport.Create());
        var failure = await FailureAsync(invoker, new Uri($"https://127.0.0.1:{server.Port}"));
        Assert.StartsWith("failed the TLS handshake: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_is_named()
    {
        using var nobody = DeadEnd.Refusing();
        using var invoker = new HttpMessageInvoker(Transport.Create());
        var failure = await FailureAsync(invoker, nobody.Url());
        Assert.Equal("was not reached: Connection refused", failure.Message);
    }

    [Fact]
    public async Task Connection_that_is_not_accepted_is_named()
    {
        using var silent = DeadEnd.Silent();
        using var invoker = new HttpMessageInvoker(Transport.Create());
        Assert.Equal("did not accept the connection in time", (await FailureAsync(invoker, silent.Url(), Short)).Message);
    }

    [Fact]
    public async Task Unknown_name_is_named()
    {
        using var invoker = new HttpMessageInvoker(Transport.Create());
        var failure = await FailureAsync(invoker, new Uri("http://no-such-host.invalid/"));
        Assert.StartsWith("could not be resolved", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Answers the first request of each connection; a later one gets silence.</summary>
    private static RawServer FirstAnswerOnly(bool isTls) => new(
        async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Ok);
            await connection.HoldAsync();
        },
        Certificate(isTls));

    private static async Task SendAsync(HttpMessageInvoker invoker, Uri url, TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(20));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        using var response = await invoker.SendAsync(request, limit.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<TransportException> FailureAsync(HttpMessageInvoker invoker, Uri url, TimeSpan? timeout = null) =>
        Assert.ThrowsAsync<TransportException>(() => SendAsync(invoker, url, timeout));
}
