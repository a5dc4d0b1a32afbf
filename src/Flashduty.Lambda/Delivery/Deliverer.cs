using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>Step 5: an alert goes to its channels.</summary>
internal sealed class Deliverer(FlashdutyClient client, RetryPolicy policy, bool isDryRun, Log log, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(RetryPolicy.MaxConcurrency);
    private readonly BatchPacing _pacing = new(time);

    /// <summary>Connects to Flashduty ahead of the first alert.</summary>
    public Task WarmUpAsync() => isDryRun ? Task.CompletedTask : client.WarmUpAsync(policy.AttemptTimeout);

    /// <summary>Delivers to all channels concurrently.</summary>
    /// <param name="batch">The batch that the event came in; null for a single event.</param>
    /// <returns>One outcome for each channel, in their order.</returns>
    public async ValueTask<IReadOnlyList<ChannelDelivery>> DeliverAsync(
        Alert alert, IReadOnlyList<Channel> channels, Deadline deadline, DeliveryBatch? batch = null)
    {
        if (isDryRun)
        {
            log.DryRun(alert, channels);
            return [.. channels.Select(channel => new ChannelDelivery(channel, 0, null))];
        }

        var body = AlertWriter.Write(alert);
        return channels.Count == 1
            ? [await DeliverAsync(body, channels[0], deadline, batch)]
            : await Task.WhenAll(channels.Select(channel => DeliverAsync(body, channel, deadline, batch)));
    }

    private async Task<ChannelDelivery> DeliverAsync(ReadOnlyMemory<byte> body, Channel channel, Deadline deadline, DeliveryBatch? batch)
    {
        Failure? last = null;
        for (var attempts = 0; ; attempts++)
        {
            if (await WaitForTurnAsync(channel, deadline, batch) is { } refusal)
            {
                return new ChannelDelivery(channel, attempts, last ?? refusal);
            }

            PushResult result;
            try
            {
                result = await client.PushAsync(body, channel, deadline.ButAtMost(policy.AttemptTimeout).Remaining);
            }
            finally
            {
                _slots.Release();
            }

            if (result.Failure is null || !result.IsTransient)
            {
                return new ChannelDelivery(channel, attempts + 1, result.Failure);
            }

            last = result.Failure;
            if (policy.Backoff(attempts + 1, last.RetryAfter) is not { } backoff || backoff >= deadline.Remaining)
            {
                if (last.Code == ErrorCode.RequestTooFrequently)
                {
                    batch?.Throttle(channel, last);
                }

                return new ChannelDelivery(channel, attempts + 1, last);
            }

            await Task.Delay(backoff);
        }
    }

    /// <summary>Waits until a push may start, and takes one of the slots.</summary>
    /// <returns>Why it may not, or null.</returns>
    private async ValueTask<Failure?> WaitForTurnAsync(Channel channel, Deadline deadline, DeliveryBatch? batch)
    {
        if (batch is not null)
        {
            var wait = _pacing.Reserve(channel);
            if (wait >= deadline.Remaining)
            {
                return TooLate(channel);
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            if (batch.ThrottleOf(channel) is { } throttle)
            {
                return throttle;
            }
        }

        return _slots.Wait(0) || await _slots.WaitAsync(deadline.RemainingForTimer) ? null : TooLate(channel);
    }

    private static Failure TooLate(Channel channel) =>
        new(ErrorCode.InternalError, $"The time did not suffice to deliver to channel {channel.Name}.");

    public void Dispose()
    {
        client.Dispose();
        _slots.Dispose();
    }
}
