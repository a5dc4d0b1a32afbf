using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Explanation;

/// <summary>What a member of an event is used for.</summary>
/// <param name="Pointer">The member's JSON Pointer (RFC 6901).</param>
/// <param name="Labels">The labels that its value makes.</param>
internal sealed record MemberUse(string Pointer, bool InTitle, bool InDescription, bool InKey, IReadOnlyList<string> Labels);

/// <summary>Finds out which members an alert was taken from, by trying: change one, normalize again, and see what else changes.</summary>
/// <remarks>So the explanation cannot drift from the code that it explains.</remarks>
internal static class MemberUses
{
    /// <summary>Members beyond these are not examined.</summary>
    private const int MaxMembers = 400;

    /// <summary>An event beyond this size is not examined: it would take seconds.</summary>
    private const int MaxBytes = 64 * 1024;

    private const string Marker = "zq7x";
    private const int MarkerNumber = 7_351_924;

    public static IReadOnlyList<MemberUse> Find(ReadOnlyMemory<byte> utf8, AlertFactory alerts)
    {
        try
        {
            if (utf8.Length > MaxBytes || JsonNode.Parse(utf8.Span) is not JsonObject root)
            {
                return [];
            }

            var original = alerts.Create(EventReader.Read(utf8).OrThrow());
            return [.. Leaves(root, "").Take(MaxMembers).ToList()
                .Select(leaf => Try(root, leaf.Pointer, leaf.Value, original, alerts))
                .OfType<MemberUse>()];
        }
        catch (Exception exception) when (exception is JsonException or IntegrationException or ArgumentException or InvalidOperationException)
        {
            return []; // not an event, or one with a member twice or half of a surrogate pair
        }
    }

    private static IEnumerable<(string Pointer, JsonValue Value)> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{pointer}/{Escape(member.Key)}")),
        JsonArray items => items.SelectMany((item, i) => Leaves(item, $"{pointer}/{i}")),
        JsonValue value => [(pointer, value)],
        _ => [],
    };

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static MemberUse? Try(JsonObject root, string pointer, JsonValue value, Alert original, AlertFactory alerts)
    {
        var replacement = Replacement(value, out var marker);
        value.ReplaceWith(replacement);
        try
        {
            var changed = alerts.Create(EventReader.Read(Encoding.UTF8.GetBytes(root.ToJsonString())).OrThrow());
            var use = new MemberUse(
                pointer,
                IsTaken(original.Title, changed.Title, marker, value),
                IsTaken(original.Description, changed.Description, marker, value),
                original.Key != changed.Key,
                [.. changed.Labels
                    .Where(label => original.Label(label.Key) is { } before && IsTaken(before, label.Value, marker, value))
                    .Select(label => label.Key)]);
            return use is { InTitle: false, InDescription: false, InKey: false, Labels.Count: 0 } ? null : use;
        }
        catch (IntegrationException)
        {
            return null;
        }
        finally
        {
            replacement.ReplaceWith(value);
        }
    }

    private static JsonValue Replacement(JsonValue value, out string marker)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                marker = Marker;
                return JsonValue.Create(value.GetValue<string>() + Marker);
            case JsonValueKind.Number:
                marker = MarkerNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return JsonValue.Create(MarkerNumber);
            default:
                var flipped = value.GetValueKind() != JsonValueKind.True;
                marker = flipped ? "true" : "false";
                return JsonValue.Create(flipped);
        }
    }

    /// <summary>Whether the text was made with the value: the replacement is in it, or the value was and no longer is.</summary>
    private static bool IsTaken(string before, string after, string marker, JsonValue value) =>
        before != after
        && (after.Contains(marker, StringComparison.OrdinalIgnoreCase)
            || before.Contains(value.ToString(), StringComparison.OrdinalIgnoreCase));
}
