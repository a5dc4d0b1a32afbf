namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>What an alert is about, as <c>FLASHDUTY_ALERT_KEY_SCOPE</c> chooses it.</summary>
internal enum AlertKeyScope
{
    /// <summary>Each event is its own alert; a repeated delivery of it is the same alert.</summary>
    Event,

    /// <summary>Events about one resource merge into one alert, within the merge window.</summary>
    Resource,
}

/// <summary>What decides which events share an alert.</summary>
/// <param name="Scope">Whether each event or each resource has its own alert.</param>
/// <param name="MergeWindow">How long events about one resource share an alert; zero means without end. Used with
/// <see cref="AlertKeyScope.Resource"/> only.</param>
internal sealed record AlertKeyOptions(AlertKeyScope Scope, TimeSpan MergeWindow)
{
    public const int DefaultMergeWindowMinutes = 60;

    /// <summary>Each event is its own alert.</summary>
    public static AlertKeyOptions Default { get; } = new(AlertKeyScope.Event, TimeSpan.FromMinutes(DefaultMergeWindowMinutes));
}
