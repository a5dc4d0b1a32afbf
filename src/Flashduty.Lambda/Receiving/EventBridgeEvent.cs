using System.Text.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>An event as EventBridge hands it on.</summary>
/// <param name="Id">Unique within account and region; made of the content if the event has none.</param>
/// <param name="Source"><c>aws.ec2</c>, <c>aws.partner/…</c>, or a team's own.</param>
/// <param name="DetailType">What happened, in the source's words.</param>
/// <param name="Account">Twelve digits; empty if the event has none.</param>
/// <param name="Region">For example <c>us-east-1</c>; empty if the event has none.</param>
/// <param name="Time">As the event has it, ISO 8601 in UTC; empty if the event has none.</param>
/// <param name="Resources">Mostly ARNs; empty if the event has none.</param>
/// <param name="Detail">Any JSON value; <see cref="JsonValueKind.Undefined"/> if the event has none.</param>
internal sealed record EventBridgeEvent(
    string Id,
    string Source,
    string DetailType,
    string Account,
    string Region,
    string Time,
    IReadOnlyList<string> Resources,
    JsonElement Detail)
{
    /// <summary>The replay of an archive that the event belongs to; empty if it happened just now.</summary>
    public string ReplayName { get; init; } = "";
}
