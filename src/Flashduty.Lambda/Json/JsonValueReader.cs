using System.Text.Json;

namespace Flashduty.Lambda.Json;

/// <summary>A value in a JSON document that people write. A value of another kind than the reader expects is reported, with its
/// place.</summary>
internal readonly struct JsonValueReader(JsonElement element, string place, JsonDiagnostics diagnostics)
{
    /// <summary>Empty for the document itself.</summary>
    public string Place { get; } = place;

    public JsonValueKind Kind => element.ValueKind;

    public void Error(string message) => diagnostics.Error(Place, message);

    public void Warning(string message) => diagnostics.Warning(Place, message);

    public void Note(string message) => diagnostics.Note(Place, message);

    /// <summary>The value as it is written: for a number that need not fit one of .NET's.</summary>
    public string RawText => JsonText.Of(element);

    /// <returns>Null, and an error, if it is not a string.</returns>
    public string? ReadString() => Is(JsonValueKind.String, "a string, in quotes") ? JsonText.Of(element) : null;

    /// <returns>Null, and an error, if it is neither true nor false.</returns>
    public bool? ReadBoolean() =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : Unexpected<bool>("true or false");

    /// <param name="expected">For the error, as in "a list of channel names".</param>
    /// <returns>Null, and an error, if it is not a list.</returns>
    public JsonValueReader[]? ReadList(string expected)
    {
        if (!Is(JsonValueKind.Array, expected))
        {
            return null;
        }

        var items = new JsonValueReader[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            items[i] = new JsonValueReader(item, $"{Place}[{i}]", diagnostics);
            i++;
        }

        return items;
    }

    /// <summary>The members of an object that may have any names.</summary>
    /// <returns>Null, and an error, if it is not an object.</returns>
    public List<(string Name, JsonValueReader Value)>? ReadMembers()
    {
        if (!Is(JsonValueKind.Object, "an object"))
        {
            return null;
        }

        var members = new List<(string, JsonValueReader)>();
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.NameOf(member);
            members.Add((name, new JsonValueReader(member.Value, $"{Place}.{name}", diagnostics)));
        }

        return members;
    }

    /// <summary>Reports what is not an object, and members that are unknown or duplicates.</summary>
    /// <inheritdoc cref="JsonObjectReader.ReportUnexpectedMembers"/>
    public JsonObjectReader ReadObject(params ReadOnlySpan<string> known) => ReadObject(known, unused: default);

    /// <inheritdoc cref="ReadObject(ReadOnlySpan{string})"/>
    public JsonObjectReader ReadObject(ReadOnlySpan<string> known, ReadOnlySpan<string> unused)
    {
        var reader = new JsonObjectReader(element, Place, diagnostics);
        if (Is(JsonValueKind.Object, "an object"))
        {
            reader.ReportUnexpectedMembers(known, unused);
        }

        return reader;
    }

    private bool Is(JsonValueKind kind, string expected) => element.ValueKind == kind || Unexpected<bool>(expected) is not null;

    private T? Unexpected<T>(string expected)
        where T : struct
    {
        var found = element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
        Error($"is {found}, not {expected}");
        return null;
    }
}
