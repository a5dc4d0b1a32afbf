using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>Flashduty's standard alert event, as it is read by whoever receives it.</summary>
/// <remarks>https://docs.flashcat.cloud/en/flashduty/custom-alert-integration-guide</remarks>
/// <param name="Key">Null if Flashduty is to make one up.</param>
internal sealed record StandardAlert(
    string Severity, string Title, string Description, string? Key, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    /// <exception cref="FormatException">A member that Flashduty requires is missing or has no value it knows.</exception>
    public static StandardAlert Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The body is not a JSON object.");
        }

        var severity = Text(root, "event_status");
        if (severity is not ("Critical" or "Warning" or "Info" or "Ok"))
        {
            throw new FormatException($"event_status is \"{severity}\": it is Critical, Warning, Info or Ok.");
        }

        return new StandardAlert(
            severity,
            Text(root, "title_rule") is { Length: > 0 } title ? title : throw new FormatException("title_rule is missing."),
            Text(root, "description"),
            Text(root, "alert_key") is { Length: > 0 } key ? key : null,
            root.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
                ? [.. labels.EnumerateObject().Select(label => KeyValuePair.Create(JsonText.NameOf(label), JsonText.Of(label.Value)))]
                : []);
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : "";
}
