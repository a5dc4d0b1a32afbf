namespace Flashduty.Lambda;

/// <summary>Flashduty's names for what may go wrong with a request.</summary>
internal enum ErrorCode
{
    InternalError,
    InvalidContentType,
    InvalidParameter,
    MethodNotAllowed,
    RequestTooFrequently,
    RouteNotFound,
    Unauthorized,
}

/// <summary>An event was not delivered. Whoever sent it is told why in Flashduty's words.</summary>
/// <param name="code">What decides whether EventBridge tries again.</param>
/// <param name="message">For a person: what is wrong and what to do. Never holds a key.</param>
/// <param name="retryAfter">How long Flashduty asks to wait, where it does.</param>
/// <param name="inner">What it comes from, for the log.</param>
internal sealed class FlashdutyException(ErrorCode code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ErrorCode Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
