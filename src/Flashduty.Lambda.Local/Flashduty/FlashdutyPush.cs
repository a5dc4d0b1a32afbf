namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>One request to the simulated Flashduty, and how it was answered.</summary>
/// <param name="Channel">Null if no integration has the key.</param>
/// <param name="Alert">Null if the body was not read.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Times">How often this channel was sent this alert key.</param>
/// <param name="Start">From <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record FlashdutyPush(
    string? Channel, StandardAlert? Alert, int? Status, string Note, int Times, long Start, TimeSpan Duration);
