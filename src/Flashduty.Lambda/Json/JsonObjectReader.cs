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

    /// <summary>As <see cref="TryFind"/>, but null counts as missing.</summary>
    public bool TryFindValue(string name, out JsonValueReader value) => TryFind(name, out value) && value.Kind != JsonValueKind.Null;

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

    /// <param name="known">The members there may be.</param>
    /// <param name="unused">Those that there may be too, and that do nothing.</param>
    public void ReportUnexpectedMembers(ReadOnlySpan<string> known, ReadOnlySpan<string> unused)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<string>? ignored = null;
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.NameOf(member);
            if (!seen.Add(name))
            {
                diagnostics.Error(PlaceOf(name), "duplicate property");
            }
            else if (unused.Contains(name))
            {
                (ignored ??= []).Add(name);
            }
            else if (!known.Contains(name))
            {
                diagnostics.Warning(PlaceOf(name), $"unknown property; the known ones are {string.Join(", ", known!)}");
            }
        }

        if (ignored is not null)
        {
            diagnostics.Note(place, $"{string.Join(", ", ignored)}: of no use here");
        }
    }

    private string PlaceOf(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
