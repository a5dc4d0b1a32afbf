using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>The outcome of an alert's delivery to one channel.</summary>
/// <param name="Attempts">Number of pushes; 0 in a dry run, or if the time did not allow any.</param>
/// <param name="Failure">Null if Flashduty accepted the alert.</param>
internal sealed record ChannelDelivery(Channel Channel, int Attempts, Failure? Failure);

/// <summary>The outcome of one attempt.</summary>
/// <param name="Failure">Null if Flashduty accepted the alert.</param>
/// <param name="IsTransient">Whether a retry may succeed.</param>
internal readonly record struct PushResult(Failure? Failure, bool IsTransient)
{
    public static PushResult Accepted => default;
}
