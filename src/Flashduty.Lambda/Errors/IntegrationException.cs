namespace Flashduty.Lambda.Errors;

/// <summary>An event was not delivered. The caller learns why in Flashduty's terms.</summary>
/// <param name="code">Decides whether EventBridge retries.</param>
/// <param name="message">For a person: what is wrong and what to do. Never contains a key.</param>
/// <param name="retryAfter">How long Flashduty asks to wait, if it does.</param>
/// <param name="inner">The cause, for the log.</param>
internal sealed class IntegrationException(ErrorCode code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ErrorCode Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
