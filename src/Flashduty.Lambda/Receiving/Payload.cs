using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Receiving;

/// <summary>What an invocation brought, by the answer that its caller expects.</summary>
internal abstract record Payload
{
    private Payload()
    {
    }

    /// <summary>A request to the Function URL.</summary>
    public sealed record UrlRequest(APIGatewayHttpApiV2ProxyRequest Request) : Payload;

    /// <summary>A batch from a queue.</summary>
    public sealed record Batch(IReadOnlyList<SqsMessage> Messages) : Payload;

    /// <summary>One event or several, straight from a rule, a custom event bus, an alarm or a topic.</summary>
    public sealed record Events(EventBridgeEvent[] Items) : Payload;

    /// <summary>None of these.</summary>
    public sealed record Unrecognized(Failure Reason) : Payload;
}

/// <summary>A message of a batch.</summary>
/// <param name="Id">What a failure is reported by.</param>
/// <param name="Body">Its text, read when the message's turn comes, so that a batch's texts are not all in memory twice.</param>
internal sealed record SqsMessage(string Id, JsonElement Body);
