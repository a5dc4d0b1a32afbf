namespace Flashduty.Lambda.Delivery;

/// <summary>How long and how often an alert is sent to a channel.</summary>
/// <param name="AttemptTimeout">For one attempt, connection included.</param>
/// <param name="InitialBackoff">Before the second attempt; each later wait is twice the one before.</param>
/// <param name="MaxBackoff">No wait is longer. If Flashduty asks for more, the caller is told instead, and EventBridge or the queue waits.</param>
internal sealed record RetryPolicy(TimeSpan AttemptTimeout, TimeSpan InitialBackoff, TimeSpan MaxBackoff)
{
    /// <summary>Requests to Flashduty that are under way at the same time, whatever the number of channels and events.</summary>
    public const int MaxConcurrency = 64;

    /// <summary>Pushes of batches to one integration: with two instances at work, it stays under Flashduty's 1,000 a minute.</summary>
    public const int BatchPushesPerSecond = 8;

    public static RetryPolicy Default { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));

    /// <summary>The wait after a number of failed attempts, or null if Flashduty asks for one that is too long.</summary>
    /// <remarks>Exponential with jitter, so that instances that failed together do not come back together.</remarks>
    public TimeSpan? Backoff(int attempts, TimeSpan? retryAfter)
    {
        var backoff = InitialBackoff * Math.Pow(2, Math.Min(attempts - 1, 16));
        backoff = backoff < MaxBackoff ? backoff : MaxBackoff;
        var jitter = 0.5 + (Random.Shared.NextDouble() / 2);
        return retryAfter > MaxBackoff ? null
            : retryAfter > backoff ? retryAfter + (InitialBackoff * jitter)
            : backoff * jitter;
    }
}
