using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>How an invocation came.</summary>
internal enum InvocationShape
{
    FunctionUrl,
    Rule,
    Queue,
}

/// <summary>What the sender does after the function's answer.</summary>
internal enum SenderReaction
{
    /// <summary>Nothing is left to do.</summary>
    Done,

    /// <summary>EventBridge retries, up to its policy, then dead-letters.</summary>
    EventBridgeRetries,

    /// <summary>EventBridge dead-letters without a retry.</summary>
    DeadLetters,

    /// <summary>Lambda invokes twice more, then dead-letters.</summary>
    LambdaRetries,

    /// <summary>The queue delivers the message again, up to its limit, then dead-letters.</summary>
    QueueRetries,
}

/// <summary>One event on its way through the function, once.</summary>
/// <param name="Event">The event's JSON as UTF-8, or whatever was sent in its place.</param>
/// <param name="Alert">Null if it was not an event.</param>
/// <param name="Routes">Those in use at the time; null for a private integration.</param>
/// <param name="Channels">Where it was sent.</param>
/// <param name="Code">An error's code; null for success.</param>
/// <param name="Message">What the function says of a failure; empty for success.</param>
/// <param name="Warnings">What the function logged on the way.</param>
/// <param name="Status">The HTTP status over the Function URL.</param>
internal sealed record DeliveredEvent(
    DateTimeOffset Time,
    string RequestId,
    InvocationShape Shape,
    ReadOnlyMemory<byte> Event,
    string Source,
    string DetailType,
    Alert? Alert,
    Routes? Routes,
    IReadOnlyList<string> Channels,
    string? Code,
    string Message,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<FlashdutyPush> Pushes,
    int Attempts,
    bool IsDryRun,
    string Answer,
    int? Status,
    SenderReaction Reaction,
    StepTimes Times)
{
    public string Outcome => this switch
    {
        { Code: not null } => "failed",
        { IsDryRun: true } => "dryRun",
        { Attempts: var attempts, Channels.Count: var channels } when attempts > channels => "retried",
        _ => "delivered",
    };
}

/// <summary>How long the steps took.</summary>
/// <param name="Start">The invocation's, from <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Normalize">Measured beside the invocation, with the function's own code.</param>
/// <param name="Route">As <paramref name="Normalize"/>.</param>
/// <param name="Total">From the event's receipt to its answer, as the function measures it.</param>
internal sealed record StepTimes(long Start, TimeSpan Normalize, TimeSpan Route, TimeSpan Total);
