using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Local.Recording;

namespace Flashduty.Lambda.Local.Page;

/// <summary>One row of the list.</summary>
/// <param name="Time">Of the latest delivery.</param>
/// <param name="Outcome"><c>delivered</c>, <c>retried</c> (delivered after a retry), <c>dryRun</c> or <c>failed</c>.</param>
/// <param name="Code">The error's code; null unless failed.</param>
/// <param name="Count">The deliveries that merged into this alert.</param>
internal sealed record AlertSummary(
    long Id,
    DateTimeOffset Time,
    DateTimeOffset FirstTime,
    string Title,
    string Source,
    string DetailType,
    string? AlertKey,
    IReadOnlyList<string> Channels,
    string Outcome,
    string? Code,
    int Count,
    bool IsClosed)
{
    public static AlertSummary From(AlertRow row)
    {
        var latest = row.Latest;
        return new AlertSummary(
            row.Id,
            latest.Time,
            row.FirstTime,
            latest.Alert?.Title ?? latest.Message,
            latest.Source,
            latest.DetailType,
            latest.Alert?.Key,
            latest.Channels,
            latest.Outcome,
            latest.Code,
            row.Count,
            row.IsClosed);
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Total">All alerts there are.</param>
/// <param name="Matched">Those that match the query.</param>
internal sealed record AlertList(int Total, int Matched, IReadOnlyList<AlertSummary> Alerts);

internal sealed record LabelView(string Name, string Value);

/// <summary>One request to the simulated Flashduty.</summary>
/// <param name="StartMs">From the start of the invocation.</param>
internal sealed record PushView(string? Channel, int? Status, string Note, double StartMs, double DurationMs);

/// <summary>One pass of an event through the function.</summary>
internal sealed record DeliveryView(
    DateTimeOffset Time,
    string RequestId,
    string Shape,
    string Outcome,
    string? Code,
    string Message,
    int? Status,
    string Answer,
    string Reaction,
    int Attempts,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<PushView> Pushes,
    double NormalizeMs,
    double RouteMs,
    double TotalMs);

/// <summary>Everything about one alert.</summary>
/// <param name="Link">The resource's page in the AWS console; null if it has no page.</param>
/// <param name="KeyScope"><c>event</c> or <c>resource</c>.</param>
/// <param name="KeySource">In words what the alert key is the hash of; null if there is no alert, or if a rule of
/// alerts.json made the key.</param>
/// <param name="Event">The latest event's JSON, or whatever was sent in its place.</param>
/// <param name="Uses">What the event's members are used for.</param>
/// <param name="Route">Null if there is no alert.</param>
/// <param name="Deliveries">The latest, newest first.</param>
internal sealed record AlertDetail(
    AlertSummary Summary,
    string Description,
    IReadOnlyList<LabelView> Labels,
    string? Link,
    string KeyScope,
    string? KeySource,
    string Event,
    IReadOnlyList<MemberUse> Uses,
    RouteTrace? Route,
    IReadOnlyList<DeliveryView> Deliveries);
