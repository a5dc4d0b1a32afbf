using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Receiving;

/// <summary>What an invocation brought, in one of the three shapes.</summary>
internal abstract record Payload
{
    private Payload()
    {
    }

    /// <summary>A request to the Function URL.</summary>
    public sealed record UrlRequest(APIGatewayHttpApiV2ProxyRequest Request) : Payload;

    /// <summary>An event straight from a rule, not yet read.</summary>
    public sealed record Event(JsonElement Root) : Payload;

    /// <summary>None of the three.</summary>
    public sealed record Unrecognized(IntegrationException Reason) : Payload;

    /// <summary>A batch from a queue.</summary>
    public sealed record Batch(IReadOnlyList<SqsMessage> Messages) : Payload;
}

/// <summary>A message of a batch.</summary>
/// <param name="Id">What a failure is reported by.</param>
/// <param name="Body">Its text, not yet read.</param>
internal sealed record SqsMessage(string Id, string Body);
