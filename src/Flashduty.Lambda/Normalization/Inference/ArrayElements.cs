using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>Which of several objects matters to the person on call.</summary>
internal static class ArrayElements
{
    private const int MaxElements = 200;
    private const int MaxMembers = 40;

    /// <returns>The object of an array that is worst off by its severity, state or exit code, the first of equals; null if the array has no
    /// object.</returns>
    public static JsonElement? Worst(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonElement? worst = null;
        var most = -1;
        var elements = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (++elements > MaxElements)
            {
                break;
            }

            if (EmbeddedJson.Unwrap(item) is { ValueKind: JsonValueKind.Object } element && Badness(element, nested: false) is var badness && badness > most)
            {
                worst = element;
                most = badness;
            }
        }

        return worst;
    }

    private static int Badness(JsonElement element, bool nested)
    {
        var worst = 0;
        var members = 0;
        foreach (var member in element.EnumerateObject())
        {
            if (++members > MaxMembers)
            {
                break;
            }

            var words = NameTokenizer.Tokenize(JsonText.NameOf(member));
            var last = NameTokenizer.Last(words);
            var badness = 0;
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                badness = !nested && last is "severity" or "status" or "state" or "compliance" or "labels" ? Badness(member.Value, nested: true) : 0;
            }
            else if (words is "exit code" && member.Value.ValueKind == JsonValueKind.Number)
            {
                badness = member.Value.TryGetInt32(out var code) && code == 0 ? 0 : 60;
            }
            else if (last is "severity" or "status" or "state" or "result" or "level" or "priority" or "conclusion" || (nested && last is "label" or "value" or "name"))
            {
                badness = Severity.BadnessOf(ScalarText.Read(member.Value) ?? "");
            }

            worst = Math.Max(worst, badness);
        }

        return worst;
    }
}
