using System.Collections.Concurrent;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>Spaces the pushes of batches to one integration, over all batches of this instance. Thread-safe.</summary>
/// <remarks>Single events are not paced: whoever sends them waits for the answer.</remarks>
internal sealed class BatchPacing(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1) / RetryPolicy.BatchPushesPerSecond;

    /// <summary>An integration that was idle takes this many intervals' pushes without a wait.</summary>
    private static readonly TimeSpan Burst = Interval * RetryPolicy.BatchPushesPerSecond;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    /// <summary>Reserves the next push to a channel, and gives the wait until it may start.</summary>
    public TimeSpan Reserve(Channel channel)
    {
        var now = time.GetUtcNow();
        var start = _next.AddOrUpdate(channel.IntegrationKey, now - Burst + Interval, (_, next) => (next > now - Burst ? next : now - Burst) + Interval);
        return start > now ? start - now : TimeSpan.Zero;
    }
}

/// <summary>One batch's memory of the channels that Flashduty asked to slow down for: the rest is left to the queue.</summary>
internal sealed class DeliveryBatch
{
    private readonly ConcurrentDictionary<string, Failure> _throttled = new(StringComparer.Ordinal);

    public void Throttle(Channel channel, Failure failure) => _throttled[channel.IntegrationKey] = failure;

    public Failure? ThrottleOf(Channel channel) => _throttled.GetValueOrDefault(channel.IntegrationKey);
}
