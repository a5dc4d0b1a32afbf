using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization;

/// <summary>Step 3: an event becomes an alert.</summary>
internal sealed class Normalizer(Settings settings)
{
    public Alert Normalize(EventBridgeEvent e)
    {
        var interpretation = Interpretation.Of(e);
        return new Alert(
            Title.Of(e.DetailType, interpretation),
            Description.Of(e, interpretation),
            AlertKey.Of(AlertKey.Identity(e, interpretation, settings)),
            Labels.Of(e, interpretation));
    }

    /// <summary>What an alert is made of, for people: the title, the thing it is about, and in words what its key is the hash of.</summary>
    public (string Title, string Subject, string Identity) Explain(EventBridgeEvent e)
    {
        var interpretation = Interpretation.Of(e);
        return (
            Title.Of(e.DetailType, interpretation),
            Text.OneLine(interpretation.Subject, Limits.Title),
            Text.OneLine(AlertKey.Identity(e, interpretation, settings), Limits.LabelValue));
    }
}
