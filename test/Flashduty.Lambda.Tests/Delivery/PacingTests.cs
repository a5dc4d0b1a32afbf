using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Routing;
using Microsoft.Extensions.Time.Testing;

namespace Flashduty.Lambda.Tests.Delivery;

public sealed class PacingTests
{
    private static readonly Channel A = new("a", "key-a");
    private static readonly Channel B = new("b", "key-b");

    [Fact]
    public void Batches_push_eight_times_per_second_after_a_burst()
    {
        var pacing = new BatchPacing(new FakeTimeProvider());
        var waits = Enumerable.Range(0, 24).Select(_ => pacing.Reserve(A)).ToList();
        Assert.All(waits.Take(8), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(Enumerable.Range(1, 16).Select(i => TimeSpan.FromMilliseconds(125 * i)), waits.Skip(8));
    }

    [Fact]
    public void A_minute_of_batches_stays_below_half_of_Flashdutys_limit()
    {
        var time = new FakeTimeProvider();
        var pacing = new BatchPacing(time);
        var pushes = 0;
        for (var end = time.GetUtcNow().AddMinutes(1); time.GetUtcNow() < end; pushes++)
        {
            time.Advance(pacing.Reserve(A));
        }

        Assert.InRange(pushes, 480, 500);
    }

    [Fact]
    public void Integrations_do_not_wait_for_each_other()
    {
        var pacing = new BatchPacing(new FakeTimeProvider());
        for (var i = 0; i < 100; i++)
        {
            pacing.Reserve(A);
        }

        Assert.Equal(TimeSpan.Zero, pacing.Reserve(B));
    }

    [Fact]
    public void Wait_that_Flashduty_asks_for_is_kept_up_to_the_limit_and_then_left_to_the_caller()
    {
        var policy = RetryPolicy.Default;
        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(policy.Backoff(1, null)!.Value, policy.InitialBackoff / 2, policy.InitialBackoff);
            Assert.InRange(policy.Backoff(1, TimeSpan.FromSeconds(1))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + policy.InitialBackoff);
            Assert.InRange(policy.Backoff(50, null)!.Value, policy.MaxBackoff / 2, policy.MaxBackoff);
        }

        Assert.Null(policy.Backoff(1, TimeSpan.FromSeconds(2.1)));
        Assert.Null(policy.Backoff(1, TimeSpan.MaxValue));
    }
}
