using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>The record that a Lambda function's asynchronous invocation leaves at its destination.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</remarks>
internal static class InvocationRecord
{
    /// <summary>What the function was invoked with; null if this is not such a record.</summary>
    public static JsonElement? Payload(JsonElement element)
    {
        if (element.TryGetMember("requestPayload", out var payload))
        {
            return payload;
        }

        return FunctionArn(element) is null ? null : default(JsonElement);
    }

    /// <summary>The record as the event that AWS's own EventBridge destination makes of it; null if it names no function.</summary>
    public static EventBridgeEvent? Read(JsonElement record)
    {
        if (FunctionArn(record) is not { } arn)
        {
            return null;
        }

        var isSuccess = record.TryGetMember("requestContext", out var context) && Text(context, "condition") == "Success";
        var (account, region) = ArnParts.Read(arn);
        return new EventBridgeEvent(
            ContentId.Create(record),
            "lambda",
            isSuccess ? "Lambda Function Invocation Result - Success" : "Lambda Function Invocation Result - Failure",
            account,
            region,
            Text(record, "timestamp"),
            [arn],
            record);
    }

    private static string? FunctionArn(JsonElement record) =>
        record.TryGetMember("requestContext", out var context) && Text(context, "functionArn") is { Length: > 0 } arn ? arn : null;

    private static string Text(JsonElement element, string name) => element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";
}
