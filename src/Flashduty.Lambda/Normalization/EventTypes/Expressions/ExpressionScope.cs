using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>The event that expressions are evaluated in, and what is known of it besides its detail.</summary>
/// <param name="e">The event.</param>
/// <param name="summary">What is already known of the event: the values of <c>@title</c> and the like. Null where nothing is known yet.</param>
internal sealed class ExpressionScope(EventBridgeEvent e, Func<string, string?>? summary = null)
{
    /// <summary>The names of the roots, without the at sign.</summary>
    public static IReadOnlyList<string> EnvelopeRoots { get; } =
        ["id", "source", "detailType", "account", "region", "time", "resource", "resources", "requestedResource"];

    /// <summary>The roots that a rule of a team's own may use, since what the catalog says is known by then.</summary>
    public static IReadOnlyList<string> SummaryRoots { get; } =
        ["title", "severity", "subject", "state", "description", "link", "affectedAccount", "affectedRegion", "accountName"];

    private Dictionary<string, JsonElement>? _parsed;

    public EventBridgeEvent Event => e;

    public ExpressionValue Detail => ExpressionValue.From(e.Detail);

    /// <summary>What <c>@name</c> stands for; null or empty if the event has none.</summary>
    public string? Root(string name) => name switch
    {
        "id" => e.Id,
        "source" => e.Source,
        "detailType" => e.DetailType,
        "account" => e.Account,
        "region" => e.Region,
        "time" => e.Time,
        "resource" => e.Resources.Count > 0 ? e.Resources[0] : null,
        "resources" => e.Resources.Count > 0 ? string.Join(", ", e.Resources) : null,
        "requestedResource" => RequestedResource(),
        _ => summary?.Invoke(name),
    };

    /// <summary>The first of the event's resources whose ARN is of a type.</summary>
    public string? Resource(string type)
    {
        foreach (var resource in e.Resources)
        {
            if (Arn.TryParse(resource, out var arn) && arn.Type == type)
            {
                return resource;
            }
        }

        return null;
    }

    /// <summary>A member's value. An object that is written as a text is entered like any other.</summary>
    public JsonElement? Member(JsonElement value, string name) => Parsed(value).TryGetMember(name, out var member) ? member : null;

    /// <summary>The elements of an array; none for any other value.</summary>
    public IReadOnlyList<JsonElement> Elements(ExpressionValue value)
    {
        if (value.Items is { } items)
        {
            return items;
        }

        var array = Parsed(value.Element);
        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : [];
    }

    /// <summary>The object or array that a text holds; any other value as it is.</summary>
    public JsonElement Parsed(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        var text = JsonText.Of(value);
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return value;
        }

        _parsed ??= [];
        if (!_parsed.TryGetValue(text, out var parsed))
        {
            parsed = Parse(text) ?? value;
            _parsed.Add(text, parsed);
        }

        return parsed;
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The resource that a CloudTrail call asks for.</summary>
    private string? RequestedResource() =>
        Member(e.Detail, "requestParameters") is { } parameters ? FieldInference.Thing(e, parameters) : null;
}
