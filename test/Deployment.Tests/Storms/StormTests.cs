using Deployment.Tests.Templates;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Routing;

namespace Deployment.Tests.Storms;

/// <summary>Fifty thousand events at once, with the rates that the template sets.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Events = 50_000;

    private static readonly Channel Channel = new("one", "key");

    private readonly FlashdutyLimit _flashduty = new();

    [Fact]
    public void API_destination_stays_under_Flashdutys_limit_and_loses_nothing()
    {
        var stack = Stacks.Resolve(Stacks.In("ApiDestination"));
        var rate = stack.Properties("ApiDestination")["InvocationRateLimitPerSecond"].Number();
        var target = stack.Properties("AlarmsRule")["Targets"]![0]!;
        var waiting = Events;
        var second = 0;

        for (; waiting > 0; second++)
        {
            for (var i = 0; i < rate && waiting > 0; i++)
            {
                waiting -= _flashduty.TryAccept(second + ((double)i / rate)) ? 1 : 0;
            }
        }

        Report(second);
        AssertAllDelivered();
        Assert.InRange(second, 1, target["RetryPolicy"]!["MaximumEventAgeInSeconds"].Number());
    }

    [Fact]
    public void Queue_stays_under_Flashdutys_limit_and_loses_nothing()
    {
        var stack = Stacks.Resolve(Stacks.In("Queue"));
        var mapping = stack.Properties("EventQueueMapping");
        var waiting = Events;
        var instances = Enumerable.Range(0, mapping["ScalingConfig"]!["MaximumConcurrency"].Number()).Select(_ => new Instance()).ToList();

        // Each instance takes a batch as soon as it is free, and paces its requests as the function does.
        while (waiting > 0)
        {
            var instance = instances.MinBy(each => each.Now)!;
            for (var i = 0; i < Math.Min(mapping["BatchSize"].Number(), waiting); i++)
            {
                instance.Now += instance.Pacing.Reserve(Channel).TotalSeconds;
                waiting -= _flashduty.TryAccept(instance.Now) ? 1 : 0;
            }
        }

        var end = instances.Max(instance => instance.Now);
        Report(end);
        AssertAllDelivered();
        Assert.InRange(end, 1, stack.Properties("EventQueue")["MessageRetentionPeriod"].Number());
    }

    /// <summary>Why the guide says that Lambda cannot promise it: Lambda starts as many instances as there are events, up to its
    /// concurrency.</summary>
    [Fact]
    public void Asynchronous_invocations_exceed_Flashdutys_limit()
    {
        const int Concurrency = 1000;
        const double Latency = 0.2;
        var dead = 0;
        var attempts = new PriorityQueue<int,
            double>(Enumerable.Range(0, Events).Select(i => (1, Math.Floor((double)i / Concurrency) * Latency)));
        while (attempts.TryDequeue(out var attempt, out var at))
        {
            if (_flashduty.TryAccept(at))
            {
                continue;
            }

            if (attempt == 3)
            {
                dead++;
            }
            else
            {
                attempts.Enqueue(attempt + 1, at + (attempt * 60));
            }
        }

        output.WriteLine($"{_flashduty.Refused} requests refused, {dead} events dead-lettered");
        Assert.InRange(dead, Events / 2, Events);
        Assert.Equal(Events, _flashduty.Accepted + dead);
    }

    private void Report(double seconds) =>
        output.WriteLine(
            $"{Events} events in {seconds / 60:F0} minutes, {_flashduty.BusiestMinute} in the busiest minute, "
            + $"{_flashduty.Refused} refused");

    private void AssertAllDelivered()
    {
        Assert.Equal(Events, _flashduty.Accepted);
        Assert.Equal(0, _flashduty.Refused);
        Assert.InRange(_flashduty.BusiestMinute, 1, 1000);
    }

    /// <summary>An instance of the function, with a clock of its own.</summary>
    private sealed class Instance : TimeProvider
    {
        public Instance() => Pacing = new BatchPacing(this);

        public BatchPacing Pacing { get; }

        /// <summary>In seconds since the storm began.</summary>
        public double Now { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Now);
    }
}
