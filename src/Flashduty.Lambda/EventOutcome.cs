using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda;

/// <summary>What became of one event: filled in on its way, logged at its end.</summary>
internal sealed class EventOutcome(string requestId, string functionName, bool isColdStart)
{
    public string RequestId => requestId;

    public string FunctionName => functionName;

    /// <summary>Whether it is the first event of its sandbox.</summary>
    public bool IsColdStart => isColdStart;

    /// <summary>Null if it was not one.</summary>
    public EventBridgeEvent? Event { get; set; }

    public Alert? Alert { get; set; }

    public IReadOnlyList<ChannelDelivery> Deliveries { get; set; } = [];

    /// <summary>Null if it was delivered.</summary>
    public IntegrationException? Failure { get; set; }

    /// <summary>From the event's receipt to its answer.</summary>
    public TimeSpan Duration { get; set; }
}
