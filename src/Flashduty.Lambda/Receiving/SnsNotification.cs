using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>A notification of Amazon SNS: as SQS delivers it, and as SNS invokes a function with it.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
/// </remarks>
internal static class SnsNotification
{
    /// <returns>The text that was published; null if this is not a notification.</returns>
    public static string? Message(JsonElement element)
    {
        if (element.TryGetMember("Sns", out var notification))
        {
            element = notification;
        }
        else if (!element.TryGetMember("Type", out var type) || JsonText.Of(type) != "Notification")
        {
            return null;
        }

        return element.TryGetMember("TopicArn", out _) && element.TryGetMember("Message", out var message) ? JsonText.Of(message) : null;
    }
}
