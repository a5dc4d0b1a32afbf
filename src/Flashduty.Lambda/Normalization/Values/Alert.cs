namespace Flashduty.Lambda.Normalization.Values;

/// <summary>The body of Flashduty's standard alert event, but for its status, which is always <see cref="Status"/>.</summary>
/// <remarks>Everything is within Flashduty's limits already: <see cref="FlashdutyLimits"/>.</remarks>
/// <param name="Title">One line that holds no template of Flashduty's.</param>
/// <param name="Description">A few lines.</param>
/// <param name="Key">The same for two events that are one alert.</param>
/// <param name="Labels">In the order they are sent; no name twice.</param>
internal sealed record Alert(string Title, string Description, string Key, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    /// <summary>An event only ever triggers: it is never <c>Ok</c>, and the event's own severity is not mapped.</summary>
    public const string Status = "Warning";

    /// <summary>A label's value, or null if the alert has no such label.</summary>
    public string? Label(string name)
    {
        foreach (var label in Labels)
        {
            if (label.Key == name)
            {
                return label.Value;
            }
        }

        return null;
    }
}
