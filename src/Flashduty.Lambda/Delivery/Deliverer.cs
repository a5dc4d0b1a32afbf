using BlockingHttp;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>Step 5: an alert goes to its channels.</summary>
internal sealed class Deliverer(FlashdutyClient client, DeliveryLimits limits, bool isDryRun, Log log)
{
    /// <summary>Delivers to all channels at once, and waits for the last one.</summary>
    /// <remarks>
    /// Blocking, on purpose. A sandbox handles one event at a time and nothing else, and most events have one channel: that one is
    /// served on the event's own thread, without a hand-over to another.
    /// </remarks>
    /// <returns>One result a channel, in their order.</returns>
    public IReadOnlyList<DeliveryResult> Deliver(Alert alert, IReadOnlyList<Channel> channels, Deadline deadline)
    {
        if (isDryRun)
        {
            log.DryRun(alert, channels);
            return [.. channels.Select(channel => new DeliveryResult(channel, 0, null))];
        }

        var body = AlertWriter.Write(alert);
        var results = new DeliveryResult[channels.Count];
        var others = channels.Skip(1).Select((channel, i) =>
            // A thread of its own: the pool has as many as cores, and adds to them slowly.
            Task.Factory.StartNew(
                () => results[i + 1] = Deliver(body, channel, deadline),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)).ToArray();
        results[0] = Deliver(body, channels[0], deadline);
        Task.WaitAll(others);
        return results;
    }

    private DeliveryResult Deliver(ReadOnlyMemory<byte> body, Channel channel, Deadline deadline)
    {
        for (var attempts = 1; ; attempts++)
        {
            var attempt = client.Push(body, channel, deadline.ButAtMost(limits.Attempt));
            if (attempt.Failure is null || !attempt.MayRetry)
            {
                return new DeliveryResult(channel, attempts, attempt.Failure);
            }

            var pause = Pause(attempts, attempt.Failure.RetryAfter);
            if (pause >= deadline.Remaining)
            {
                return new DeliveryResult(channel, attempts, attempt.Failure);
            }

            Thread.Sleep(pause);
        }
    }

    /// <summary>Exponential, and half of it by chance, so that the sandboxes which failed together do not come back together.</summary>
    private TimeSpan Pause(int attempts, TimeSpan? asked)
    {
        var pause = limits.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 16));
        pause = pause < limits.LongestPause ? pause : limits.LongestPause;
        pause *= 0.5 + (Random.Shared.NextDouble() / 2);
        return asked > pause ? asked.Value : pause;
    }
}
