namespace Flashduty.Lambda.Local.Recording;

/// <summary>What Flashduty would show as one alert: all deliveries with one alert key until it is closed. Immutable.</summary>
/// <param name="Id">Rises with each new row.</param>
/// <param name="Deliveries">The latest, newest first.</param>
/// <param name="Count">How many there were.</param>
/// <param name="FirstTime">Of the first delivery.</param>
internal sealed record AlertRow(long Id, IReadOnlyList<DeliveredEvent> Deliveries, int Count, DateTimeOffset FirstTime, bool IsClosed)
{
    /// <summary>Older deliveries of a row are only counted.</summary>
    public const int MaxDeliveries = 20;

    public DeliveredEvent Latest => Deliveries[0];

    public AlertRow With(DeliveredEvent delivery) =>
        this with { Deliveries = [delivery, .. Deliveries.Take(MaxDeliveries - 1)], Count = Count + 1 };

    /// <summary>Whether every word of the query is in the title, a label, the source, the channels or the outcome.</summary>
    public bool Matches(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (!Has(word))
            {
                return false;
            }
        }

        return true;
    }

    private bool Has(string word)
    {
        var latest = Latest;
        return Contains(latest.Alert?.Title ?? latest.Message)
            || Contains(latest.Source)
            || Contains(latest.DetailType)
            || Contains(latest.Code ?? latest.Outcome)
            || latest.Channels.Any(Contains)
            || (latest.Alert?.Labels.Any(label => Contains($"{label.Key}={label.Value}")) ?? false);

        bool Contains(string text) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
