using System.Text.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>What an expression finds: a JSON value, several, a text, or nothing.</summary>
internal readonly struct ExpressionValue
{
    private const int MostJoined = 20;

    private readonly string? _text;

    private ExpressionValue(JsonElement element, List<JsonElement>? items, string? text, bool isProjection)
    {
        Element = element;
        Items = items;
        IsProjection = isProjection;
        _text = text;
    }

    /// <summary>Undefined for a text and for several values.</summary>
    public JsonElement Element { get; }

    /// <summary>Several values; null for one.</summary>
    public List<JsonElement>? Items { get; }

    /// <summary>Whether a further step is taken from each of the several values, and not from the array of them.</summary>
    public bool IsProjection { get; }

    public bool IsMissing => _text is null && Items is not { Count: > 0 } && Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Neither missing, nor empty, nor false.</summary>
    public bool IsTrue => !IsMissing && (Items is not null || Element.ValueKind switch
    {
        JsonValueKind.Undefined => !string.IsNullOrWhiteSpace(_text),
        JsonValueKind.False => false,
        JsonValueKind.Array => Element.GetArrayLength() > 0,
        JsonValueKind.Object => Element.EnumerateObject().MoveNext(),
        _ => ScalarText.Read(Element) is not null,
    });

    public static ExpressionValue From(JsonElement? element) => new(element ?? default, null, null, false);

    public static ExpressionValue From(List<JsonElement> items) => new(default, items, null, true);

    public static ExpressionValue From(string? text) => new(default, null, text, false);

    /// <summary>A condition that does not hold is no text: a template with it fails.</summary>
    public static ExpressionValue From(bool holds) => From(holds ? "true" : null);

    /// <summary>The several values as an array.</summary>
    public ExpressionValue Collected() => new(Element, Items, _text, false);

    /// <summary>One text: several values with a comma and a blank between them, each once.</summary>
    /// <returns>Null if there is nothing, or nothing but objects.</returns>
    public string? ToText(Func<string, string>? shape = null)
    {
        if (Items is null)
        {
            var text = _text ?? ScalarText.Read(Element);
            return text is null || shape is null ? text : shape(text);
        }

        var texts = new List<string>();
        foreach (var item in Items)
        {
            if (ScalarText.Read(item) is { } text && (shape?.Invoke(text) ?? text) is var shaped && !texts.Contains(shaped))
            {
                texts.Add(shaped);
            }

            if (texts.Count == MostJoined)
            {
                break;
            }
        }

        return texts.Count == 0 ? null : string.Join(", ", texts);
    }

    /// <summary>Adds the JSON values this has.</summary>
    public void AddTo(List<JsonElement> values)
    {
        if (Items is not null)
        {
            values.AddRange(Items);
        }
        else if (!IsMissing && Element.ValueKind != JsonValueKind.Undefined)
        {
            values.Add(Element);
        }
    }
}
