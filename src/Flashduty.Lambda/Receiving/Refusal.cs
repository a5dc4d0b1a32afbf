using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>What to answer to what is not an event: what was found, and what to change.</summary>
internal static class Refusal
{
    public const string TransformerHint =
        "If an input transformer reshapes the event, it has to keep id, source, detail-type and detail.";

    private const int MaxMembers = 6;
    private const int MaxNameLength = 40;

    public static Failure NotAnObject(JsonElement root) =>
        Failure.Invalid($"The body is a JSON {Kind(root)}, not an EventBridge event. {TransformerHint}");

    public static Failure EmptyArray() => Failure.Invalid("The body is a JSON array without an event in it.");

    public static Failure TooManyWrappers() => Failure.Invalid("The event is wrapped in too many other messages.");

    public static Failure MemberIsMissing(JsonElement root, string name) =>
        Failure.Invalid($"The event has no \"{name}\"; found a JSON object with {Members(root)}. {TransformerHint}");

    /// <summary>For an object that is neither an event nor anything that AWS wraps one in.</summary>
    public static Failure Unrecognized(JsonElement root)
    {
        if (Text(root, "httpMethod").Length > 0 || HasMember(root, "requestContext", "elb"))
        {
            return Failure.Invalid(
                "Found a request in the format of a load balancer or of API Gateway's payload version 1.0. "
                + "Use the function's own URL, or payload version 2.0.");
        }

        if (root.TryGetMember("eventSource", out var source) || root.TryGetMember("EventSource", out source))
        {
            return Failure.Invalid(
                $"Found a record of {Name(JsonText.Of(source))}, which is neither SQS nor SNS. "
                + "Send its events through an EventBridge rule.");
        }

        if (Text(root, "key1").Length > 0)
        {
            return Failure.Invalid(
                "Found the Lambda console's sample event. Choose one of its EventBridge templates, or a file of test/events.");
        }

        if (Text(root, "Type") is "SubscriptionConfirmation" or "UnsubscribeConfirmation")
        {
            return Failure.Invalid("Found an SNS confirmation. Subscribe the function itself, or its SQS queue, to the topic.");
        }

        return Failure.Invalid(
            $"Found a JSON object with {Members(root)}, not an EventBridge event: it has neither \"source\" nor \"detail-type\". "
            + TransformerHint);
    }

    private static string Members(JsonElement root)
    {
        var names = root.EnumerateObject().Take(MaxMembers + 1).Select(member => Name(JsonText.NameOf(member))).ToList();
        return names.Count switch
        {
            0 => "no members",
            > MaxMembers => $"the members {string.Join(", ", names.Take(MaxMembers))} and more",
            _ => $"the members {string.Join(", ", names)}",
        };
    }

    /// <summary>A name from outside, safe to show: plain characters, and not many.</summary>
    public static string Name(string name)
    {
        var plain = new StringBuilder(name.Length > MaxNameLength ? name[..MaxNameLength] : name);
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = char.IsAsciiLetterOrDigit(plain[i]) || plain[i] is '-' or '_' or '.' or ':' or '/' or '+' ? plain[i] : '?';
        }

        return plain.ToString();
    }

    private static string Kind(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Text(JsonElement element, string name) => element.TryGetMember(name, out var value) ? JsonText.Of(value) : "";

    private static bool HasMember(JsonElement element, string name, string inner) =>
        element.TryGetMember(name, out var value) && value.TryGetMember(inner, out _);
}
