using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>What the function returned, or threw.</summary>
/// <param name="Text">As its caller sees it.</param>
/// <param name="Status">The HTTP status over the Function URL.</param>
internal sealed record InvocationAnswer(InvocationShape Shape, string Text, int? Status)
{
    public static InvocationAnswer From(ReadOnlyMemory<byte> response)
    {
        using var document = JsonDocument.Parse(response);
        var root = document.RootElement;
        if (root.TryGetProperty("statusCode", out var status))
        {
            var text = root.TryGetProperty("body", out var body) ? body.GetString() : null;
            return new(InvocationShape.FunctionUrl, text ?? "", status.GetInt32());
        }

        var isBatch = root.TryGetProperty("batchItemFailures", out _);
        return new(isBatch ? InvocationShape.Queue : InvocationShape.Rule, Encoding.UTF8.GetString(response.Span), null);
    }

    /// <summary>As Lambda reports an exception to whoever invoked.</summary>
    public static InvocationAnswer From(IntegrationException exception) => new(
        InvocationShape.Rule,
        JsonSerializer.Serialize(
            new { errorType = nameof(IntegrationException), errorMessage = exception.Message }, JsonSerializerOptions.Web),
        null);

    /// <summary>What the sender does next.</summary>
    /// <param name="hasFailed">Whether this event failed; others of the same batch may not have.</param>
    public SenderReaction Reaction(bool hasFailed) => Shape switch
    {
        InvocationShape.Rule when hasFailed => SenderReaction.LambdaRetries,
        InvocationShape.Queue when hasFailed => SenderReaction.QueueRetries,
        InvocationShape.FunctionUrl when Status is 401 or 407 or 409 or 429 or >= 500 => SenderReaction.EventBridgeRetries,
        InvocationShape.FunctionUrl when Status >= 400 => SenderReaction.DeadLetters,
        _ => SenderReaction.Done,
    };
}
