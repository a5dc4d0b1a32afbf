using System.Net.Sockets;

namespace Flashduty.Lambda.Http;

/// <summary>A request got no complete answer. The message says what the peer did, to be put after the peer's name.</summary>
internal sealed class TransportException : HttpRequestException
{
    private TransportException(HttpRequestError error, string message, Exception inner)
        : base(error, message, inner)
    {
    }

    /// <summary>Whether a retry may succeed: a refused certificate is refused again.</summary>
    public bool IsTransient => InnerException?.InnerException is not CertificateRefusedException;

    /// <summary>Names a failure of .NET's client for what it was.</summary>
    public static TransportException From(Exception exception, HttpRequestMessage request)
    {
        ConnectionStage? stage = request.Options.TryGetValue(Connector.Stage, out var reached) ? reached : null;
        var (error, message) = exception switch
        {
            OperationCanceledException => (HttpRequestError.Unknown, stage switch
            {
                ConnectionStage.Resolving => "could not be resolved in time",
                ConnectionStage.Connecting => "did not accept the connection in time",
                ConnectionStage.Handshaking when request.RequestUri!.Scheme == Uri.UriSchemeHttps => "did not complete the TLS handshake in time",
                _ => "did not answer in time",
            }),
            HttpRequestException http => (http.HttpRequestError, Describe(http)),
            _ => (HttpRequestError.Unknown, $"broke off: {Innermost(exception)}"),
        };
        return new TransportException(error, message, exception);
    }

    private static string Describe(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"could not be resolved: {Innermost(exception)}",
        HttpRequestError.ConnectionError => $"was not reached: {Innermost(exception)}",
        HttpRequestError.SecureConnectionError => $"failed the TLS handshake: {Innermost(exception)}",
        HttpRequestError.ProxyTunnelError => $"was not reached through the proxy: {Innermost(exception)}",
        HttpRequestError.ConfigurationLimitExceeded => "sent an answer that is too large",
        HttpRequestError.InvalidResponse => $"sent an invalid HTTP response: {Innermost(exception)}",
        HttpRequestError.ResponseEnded => "closed the connection before its answer was complete",
        _ when exception.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
            "closed the connection before its answer was complete",
        _ => $"broke off: {Innermost(exception)}",
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        // .NET's text for an error of the socket has the address once more.
        return (exception is SocketException socket ? new SocketException(socket.ErrorCode).Message : exception.Message).TrimEnd('.');
    }
}
