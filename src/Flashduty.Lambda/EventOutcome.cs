using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda;

/// <summary>What became of one event.</summary>
/// <param name="RequestId">The invocation's.</param>
/// <param name="FunctionName">Tells the metrics of several functions apart.</param>
/// <param name="IsColdStart">Whether it is the first event of its sandbox.</param>
internal sealed record EventOutcome(string RequestId, string FunctionName, bool IsColdStart)
{
    /// <summary>Null if what came is not an event.</summary>
    public EventBridgeEvent? Event { get; init; }

    public Alert? Alert { get; init; }

    /// <summary>Whether the event met an error of the routes or of the secret.</summary>
    public bool IsMisconfigured { get; init; }

    public IReadOnlyList<ChannelDelivery> Deliveries { get; init; } = [];

    /// <summary>Null if every channel accepted the alert.</summary>
    public Failure? Failure { get; init; }

    /// <summary>From the event's receipt to its answer.</summary>
    public TimeSpan Duration { get; init; }
}
