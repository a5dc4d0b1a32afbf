using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>JSON values that fit a label or a line, as text.</summary>
internal static class ScalarText
{
    /// <summary>A scalar, or the scalars of an array; null for anything else, and for nothing.</summary>
    public static string? Read(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Object => "",
            JsonValueKind.Array => Join(value) ?? "",
            _ => JsonText.Of(value),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The elements joined by commas, as far as a label's value goes; null if there are none or one is no scalar.</summary>
    public static string? Join(JsonElement array)
    {
        StringBuilder? joined = null;
        string? only = null;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return null;
            }

            if (joined?.Length > FlashdutyLimits.LabelValue || JsonText.Of(item) is not { Length: > 0 } text)
            {
                continue;
            }

            if (only is null)
            {
                only = text;
            }
            else
            {
                joined = (joined ?? new StringBuilder(only)).Append(',').Append(text);
            }
        }

        return joined?.ToString() ?? only;
    }
}
