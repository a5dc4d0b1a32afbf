namespace Flashduty.Lambda.Delivery;

/// <summary>How long delivery tries.</summary>
/// <param name="Attempt">One attempt, connection included.</param>
/// <param name="FirstPause">Before the second attempt; each later pause is twice the one before.</param>
/// <param name="LongestPause">No pause of ours is longer; one that Flashduty asks for may be.</param>
internal sealed record DeliveryLimits(TimeSpan Attempt, TimeSpan FirstPause, TimeSpan LongestPause)
{
    public static DeliveryLimits Default { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
}
