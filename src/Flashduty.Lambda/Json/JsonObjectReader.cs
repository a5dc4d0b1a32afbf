using System.Text.Json;

namespace Flashduty.Lambda.Json;

/// <summary>The members of an object in a JSON document that people write; of none, where the value is not an object.</summary>
internal readonly struct JsonObjectReader(JsonElement element, string place, JsonDiagnostics diagnostics)
{
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool TryFind(string name, out JsonValueReader value)
    {
        var member = default(JsonElement);
        var isThere = IsObject && element.TryGetProperty(name, out member);
        value = new JsonValueReader(member, PlaceOf(name), diagnostics);
        return isThere;
    }

    /// <summary>A missing member is an error.</summary>
    public bool TryRequire(string name, out JsonValueReader value)
    {
        var isThere = TryFind(name, out value);
        if (IsObject && !isThere)
        {
            diagnostics.Error(place, $"\"{name}\" is missing");
        }

        return isThere;
    }

    public void ReportUnexpectedMembers(ReadOnlySpan<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.NameOf(member);
            if (!known.Contains(name))
            {
                diagnostics.Error(PlaceOf(name), $"unknown property; the known ones are {string.Join(", ", known!)}");
            }
            else if (!seen.Add(name))
            {
                diagnostics.Error(PlaceOf(name), "duplicate property");
            }
        }
    }

    private string PlaceOf(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
