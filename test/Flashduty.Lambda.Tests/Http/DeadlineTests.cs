using Flashduty.Lambda.Http;

namespace Flashduty.Lambda.Tests.Http;

public sealed class DeadlineTests
{
    [Fact]
    public void A_deadline_in_the_past_has_passed()
    {
        Assert.True(Deadline.After(TimeSpan.Zero).HasPassed);
        Assert.True(Deadline.After(TimeSpan.FromDays(-400)).HasPassed);
        Assert.Equal(TimeSpan.Zero, Deadline.After(TimeSpan.FromSeconds(-1)).Remaining);
    }

    [Fact]
    public void Never_never_passes()
    {
        Assert.True(Deadline.Never.IsNever);
        Assert.False(Deadline.Never.HasPassed);
        Assert.Equal(TimeSpan.MaxValue, Deadline.Never.Remaining);
    }

    /// <summary>An invocation without a deadline has until the year 9999.</summary>
    [Fact]
    public void A_time_longer_than_the_clock_counts_is_never()
    {
        Assert.True(Deadline.After(TimeSpan.MaxValue).IsNever);
        Assert.False(Deadline.After(DateTimeOffset.MaxValue - DateTimeOffset.UtcNow).HasPassed);
    }

    [Fact]
    public void A_share_is_never_more_than_the_whole()
    {
        var whole = Deadline.After(TimeSpan.FromHours(1));
        Assert.Equal(whole, whole.ButAtMost(TimeSpan.FromHours(2)));
        Assert.InRange(whole.ButAtMost(TimeSpan.FromMinutes(1)).Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.False(Deadline.Never.ButAtMost(TimeSpan.FromMinutes(1)).IsNever);
    }
}
