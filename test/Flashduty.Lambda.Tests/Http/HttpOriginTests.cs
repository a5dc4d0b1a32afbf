using BlockingHttp;

namespace Flashduty.Lambda.Tests.Http;

public sealed class HttpOriginTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(20);
    private static readonly HttpRequest Get = new("GET", "/");

    private static string Send(HttpOrigin origin) => origin.Send(Get, Deadline.After(Plenty)).Text;

    [Fact]
    public async Task Requests_share_a_connection()
    {
        await using var server = RawServer.Answering(Ok);
        using var origin = new HttpOrigin(server.Url, 100);

        Assert.Equal(["ok", "ok", "ok"], [Send(origin), Send(origin), Send(origin)]);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Requests_at_once_have_a_connection_each()
    {
        using var both = new Barrier(2);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await Task.Run(() => both.SignalAndWait(connection.End), connection.End);
            await connection.WriteAsync(Ok);
        });
        using var origin = new HttpOrigin(server.Url, 100);

        var requests = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => Send(origin), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Assert.Equal(["ok", "ok"], await Task.WhenAll(requests));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_was_closed_is_replaced()
    {
        using var closed = new SemaphoreSlim(0);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Ok);
            connection.Dispose();
            closed.Release();
        });
        using var origin = new HttpOrigin(server.Url, 100);

        Send(origin);
        await closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ok", Send(origin));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_is_closed_on_the_request_is_replaced()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Ok);
            await connection.ReadRequestAsync(); // and no answer
        });
        using var origin = new HttpOrigin(server.Url, 100);

        Assert.Equal(["ok", "ok", "ok"], [Send(origin), Send(origin), Send(origin)]);
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_new_connection_that_breaks_is_not_replaced()
    {
        await using var server = new RawServer(connection => connection.ReadRequestAsync());
        using var origin = new HttpOrigin(server.Url, 100);

        Assert.Throws<IOException>(() => Send(origin));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_request_that_took_too_long_is_not_sent_again()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Ok);
            await connection.HoldAsync();
        });
        using var origin = new HttpOrigin(server.Url, 100);

        Send(origin);
        Assert.Throws<TimeoutException>(() => origin.Send(Get, Deadline.After(TimeSpan.FromMilliseconds(60))));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    public async Task A_connection_that_must_not_be_reused_is_not(string response)
    {
        await using var server = RawServer.Answering(response);
        using var origin = new HttpOrigin(server.Url, 100);

        Assert.Equal(["ok", "ok"], [Send(origin), Send(origin)]);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_body_outlives_the_next_request()
    {
        var number = 0;
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{++number}");
            }
        });
        using var origin = new HttpOrigin(server.Url, 100);

        var first = origin.Send(Get, Deadline.After(Plenty));
        var second = origin.Send(Get, Deadline.After(Plenty));
        Assert.Equal(("1", "2"), (first.Text, second.Text));
    }
}
