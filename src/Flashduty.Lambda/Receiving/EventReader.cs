using System.Globalization;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Receiving;

/// <summary>Reads one EventBridge event, and reports what is missing in anything else.</summary>
internal static class EventReader
{
    public static Result<EventBridgeEvent> Read(ReadOnlyMemory<byte> utf8) =>
        EventJson.Parse(utf8).TryGetValue(out var root, out var failure) ? Read(root) : failure;

    /// <param name="root">An object with at least <c>source</c> and <c>detail-type</c>.</param>
    /// <param name="id">Stands in if the event has no id of its own.</param>
    public static Result<EventBridgeEvent> Read(JsonElement root, string? id = null)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refusal.NotAnObject(root);
        }

        if (EventJson.CheckLimits(root) is { } overLimit)
        {
            return overLimit;
        }

        if (!Required(root, "source").TryGetValue(out var source, out var failure)
            || !Required(root, "detail-type").TryGetValue(out var detailType, out failure))
        {
            return failure;
        }

        return new EventBridgeEvent(
            Optional(root, "id") is { Length: > 0 } ownId ? ownId : id ?? ContentId.Create(root),
            source,
            detailType,
            Optional(root, "account"),
            Optional(root, "region"),
            Optional(root, "time"),
            Resources(root),
            Detail(root))
        {
            ReplayName = Optional(root, "replay-name"),
        };
    }

    private static Result<string> Required(JsonElement root, string name)
    {
        if (!root.TryGetMember(name, out var value))
        {
            return Refusal.MemberIsMissing(root, name);
        }

        return value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { } text && IsVisible(text)
            ? text
            : Failure.Invalid($"The event's \"{name}\" is not a string with visible text. {Refusal.TransformerHint}");
    }

    private static string Optional(JsonElement root, string name) =>
        root.TryGetMember(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && JsonText.Of(value) is { } text && IsVisible(text)
            ? text
            : "";

    private static bool IsVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string> Resources(JsonElement root)
    {
        if (!root.TryGetMember("resources", out var resources))
        {
            return [];
        }

        if (resources.ValueKind != JsonValueKind.Array)
        {
            return resources.ValueKind == JsonValueKind.String && JsonText.Of(resources) is { Length: > 0 } only ? [only] : [];
        }

        var texts = new List<string>(resources.GetArrayLength());
        foreach (var resource in resources.EnumerateArray())
        {
            if (resource.ValueKind == JsonValueKind.String && JsonText.Of(resource) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>The detail; if it is a text that holds a JSON object, as an input transformer may leave it, that object.</summary>
    private static JsonElement Detail(JsonElement root)
    {
        if (!root.TryGetMember("detail", out var detail))
        {
            return default;
        }

        return detail.ValueKind == JsonValueKind.String
            && JsonText.Of(detail) is { } text
            && text.AsSpan().TrimStart() is ['{', ..]
            && EventJson.Parse(Encoding.UTF8.GetBytes(text)).TryGetValue(out var inner, out _)
            && EventJson.CheckLimits(inner) is null
                ? inner
                : detail;
    }
}
