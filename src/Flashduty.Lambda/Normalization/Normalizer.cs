using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization;

/// <summary>Step 3: an event becomes an alert.</summary>
internal sealed class Normalizer(AlertKeyOptions options)
{
    public Alert Normalize(EventBridgeEvent e) => Write(e, EventSummary.Create(e));

    /// <summary>The alert of an event whose summary is known.</summary>
    public Alert Write(EventBridgeEvent e, EventSummary summary) => new(
        Title.Create(e, summary),
        Description.Create(e, summary),
        AlertKey.FromIdentity(AlertKey.Source(e, summary, options)),
        Labels.Create(e, summary));
}
