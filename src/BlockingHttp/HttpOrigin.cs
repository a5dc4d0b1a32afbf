using System.Collections.Concurrent;

namespace BlockingHttp;

/// <summary>A server that requests are sent to, with the connections to it that wait to be used again. Thread-safe.</summary>
/// <param name="origin">Scheme, host and port; the rest is not looked at.</param>
/// <param name="maxBodyBytes">A longer response body is an <see cref="IOException"/>.</param>
public sealed class HttpOrigin(Uri origin, int maxBodyBytes) : IDisposable
{
    private readonly ConcurrentStack<HttpConnection> _idle = new();

    /// <summary>Sends a request and waits for the whole response.</summary>
    /// <remarks>
    /// A kept connection that its peer dropped in the meantime (a Lambda sandbox sleeps for minutes) is replaced by a new one, once:
    /// so a request may reach the server twice, and must be one that may.
    /// </remarks>
    /// <inheritdoc cref="HttpConnection.Open" path="/exception"/>
    public HttpResponse Send(in HttpRequest request, Deadline deadline)
    {
        if (TakeIdle() is { } kept)
        {
            try
            {
                return Send(kept, request, deadline);
            }
            catch (IOException)
            {
                // The peer closed it between our look and our write.
            }
        }

        return Send(HttpConnection.Open(origin, deadline, maxBodyBytes), request, deadline);
    }

    private HttpResponse Send(HttpConnection connection, in HttpRequest request, Deadline deadline)
    {
        try
        {
            var response = connection.Send(request, deadline);
            response.Body = response.Body.ToArray();
            if (connection.CanBeReused)
            {
                _idle.Push(connection);
            }
            else
            {
                connection.Dispose();
            }

            return response;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private HttpConnection? TakeIdle()
    {
        while (_idle.TryPop(out var connection))
        {
            if (!connection.IsSpent())
            {
                return connection;
            }

            connection.Dispose();
        }

        return null;
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}
