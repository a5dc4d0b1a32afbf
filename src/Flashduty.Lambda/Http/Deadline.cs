using System.Diagnostics;

namespace Flashduty.Lambda.Http;

/// <summary>A moment that work must not run past, on the monotonic clock.</summary>
internal readonly struct Deadline : IEquatable<Deadline>
{
    private readonly long _timestamp;

    private Deadline(long timestamp) => _timestamp = timestamp;

    /// <summary>No limit.</summary>
    public static Deadline Never { get; } = new(long.MaxValue);

    /// <summary>The moment <paramref name="time"/> from now: passed already if it is not positive, never if the clock does not count so
    /// far.</summary>
    public static Deadline After(TimeSpan time)
    {
        var now = Stopwatch.GetTimestamp();
        var left = time.TotalSeconds * Stopwatch.Frequency;
        return left < long.MaxValue - now ? new(now + (long)left) : Never;
    }

    public bool IsNever => _timestamp == long.MaxValue;

    /// <summary>Time left, never negative; <see cref="TimeSpan.MaxValue"/> when there is no limit.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (IsNever)
            {
                return TimeSpan.MaxValue;
            }

            var left = _timestamp - Stopwatch.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, left);
        }
    }

    /// <summary><see cref="Remaining"/>, as far as a timer counts: some 24 days.</summary>
    public TimeSpan RemainingForTimer => Remaining is var remaining && remaining.TotalMilliseconds < int.MaxValue
        ? remaining
        : TimeSpan.FromMilliseconds(int.MaxValue);

    public bool HasPassed => Remaining == TimeSpan.Zero;

    /// <summary>The earlier of this deadline and <paramref name="time"/> from now: one step's share of the whole.</summary>
    public Deadline ButAtMost(TimeSpan time)
    {
        var other = After(time);
        return other._timestamp < _timestamp ? other : this;
    }

    public bool Equals(Deadline other) => _timestamp == other._timestamp;

    public override bool Equals(object? obj) => obj is Deadline other && Equals(other);

    public override int GetHashCode() => _timestamp.GetHashCode();

    public static bool operator ==(Deadline left, Deadline right) => left.Equals(right);

    public static bool operator !=(Deadline left, Deadline right) => !left.Equals(right);
}
