using System.Text.Json;
using System.Text.Unicode;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Routing;

/// <summary>Reads a routes file, and says everything that is wrong with it at once, each with its place.</summary>
/// <remarks>Comments and trailing commas are allowed. <c>routes.schema.json</c> says the same to editors; what it cannot say (regular
/// expressions, IP ranges, members given twice, the conditions of all lists of a case together) is checked here alone.</remarks>
internal sealed class RoutesReader
{
    public const int MaxCases = 100;

    /// <summary>All its lists together.</summary>
    public const int MaxConditions = 50;

    public const int MaxValues = 100;

    /// <summary>In characters, which are Unicode code points.</summary>
    public const int MaxValueLength = 2048;

    private readonly List<string> _errors = [];
    private readonly Fields _fields = new();

    private RoutesReader()
    {
    }

    /// <summary>Never throws for what the file says.</summary>
    /// <param name="utf8">The file; a byte order mark is skipped.</param>
    /// <param name="errors">Empty if the routes may be used.</param>
    public static Routes Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<string> errors)
    {
        var reader = new RoutesReader();
        errors = reader._errors;
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            reader.Error("the document", "it is not UTF-8");
            return new Routes([], [], reader._fields);
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return reader.Document(document.RootElement);
        }
        catch (JsonException exception)
        {
            // The message ends in the place, counted from 0.
            var reason = exception.Message.Split(" LineNumber:")[0];
            reader._errors.Add($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: no JSON: {reason}");
            return new Routes([], [], reader._fields);
        }
    }

    private Routes Document(JsonElement root)
    {
        var members = new Members(this, "the document", "", root, ["$schema", "cases", "default"]);
        if (members.Find("$schema", out var schema))
        {
            String(schema, "$schema");
        }

        var cases = new List<RouteCase>();
        if (members.Find("cases", out var list) && Array(list, "cases", MaxCases, "cases"))
        {
            foreach (var item in list.EnumerateArray())
            {
                cases.Add(Case(item, cases.Count));
            }
        }

        IReadOnlyList<string> defaultChannels = [];
        if (members.Find("default", out var fallback))
        {
            var place = "default";
            var inner = new Members(this, place, place, fallback, ["channels"]);
            defaultChannels = inner.Required("channels", out var channels) ? Channels(channels, place + ".channels") : [];
        }
        else if (members.AreThere && cases.Count == 0)
        {
            Error("the document", "it has no case and no default: without routes, leave the file out");
        }

        return new Routes(cases, defaultChannels, _fields);
    }

    private RouteCase Case(JsonElement element, int index)
    {
        var place = $"cases[{index}]";
        var members = new Members(
            this, place, place, element, ["if", "channels", "fallthrough", "routing_mode", "name_mapping_label"]);

        IReadOnlyList<Condition[]> groups = members.Required("if", out var conditions) ? Groups(conditions, place + ".if") : [];

        var isFallthrough = false;
        if (members.Find("fallthrough", out var fallthrough) && Is(fallthrough, place + ".fallthrough", "true or false", JsonValueKind.True, JsonValueKind.False))
        {
            isFallthrough = fallthrough.GetBoolean();
        }

        var mode = members.Find("routing_mode", out var text) ? String(text, place + ".routing_mode") : "standard";
        var hasChannels = members.Find("channels", out var channels);
        var hasLabel = members.Find("name_mapping_label", out var label);
        switch (mode)
        {
            case "standard" when hasLabel:
                Error(place + ".name_mapping_label", "only goes with \"routing_mode\": \"name_mapping\"");
                break;
            case "standard":
                return new RouteCase(
                    index, groups, members.Required("channels", out _) ? Channels(channels, place + ".channels") : [], null, isFallthrough);
            case "name_mapping" when hasChannels:
                Error(place + ".channels", "does not go with name_mapping: the label's value names the channel, and the default is for the others");
                break;
            case "name_mapping":
                return new RouteCase(
                    index,
                    groups,
                    [],
                    members.Required("name_mapping_label", out _) ? Mapping(label, place + ".name_mapping_label") : null,
                    isFallthrough);
            case not null:
                Error(place + ".routing_mode", $"\"{mode}\" is neither standard nor name_mapping");
                break;
        }

        return new RouteCase(index, groups, [], null, isFallthrough);
    }

    /// <summary>A list of conditions, or a list of such lists.</summary>
    private List<Condition[]> Groups(JsonElement element, string place)
    {
        if (!Is(element, place, "a list of conditions, or a list of such lists", JsonValueKind.Array))
        {
            return [];
        }

        var groups = new List<Condition[]>();
        var count = 0;
        if (element.GetArrayLength() == 0 || element[0].ValueKind != JsonValueKind.Array)
        {
            groups.Add(Group(element, place));
            count = groups[0].Length;
        }
        else
        {
            foreach (var group in element.EnumerateArray())
            {
                var inner = $"{place}[{groups.Count}]";
                groups.Add(Is(group, inner, "a list of conditions, as the first one is", JsonValueKind.Array) ? Group(group, inner) : []);
                count += groups[^1].Length;
                if (group.ValueKind == JsonValueKind.Array && groups[^1].Length == 0)
                {
                    Error(inner, "is empty, which every alert would match: write \"if\": [] for a case that matches every alert");
                }
            }
        }

        if (count > MaxConditions)
        {
            Error(place, $"has {count} conditions: {MaxConditions} are the most");
        }

        return groups;
    }

    private Condition[] Group(JsonElement list, string place)
    {
        var conditions = new Condition[list.GetArrayLength()];
        for (var i = 0; i < conditions.Length; i++)
        {
            conditions[i] = Condition(list[i], $"{place}[{i}]");
        }

        return conditions;
    }

    private Condition Condition(JsonElement element, string place)
    {
        var members = new Members(this, place, place, element, ["key", "oper", "vals"]);
        var key = members.Required("key", out var text) ? String(text, place + ".key") : null;
        var field = key is null ? -1 : _fields.NumberOf(key);
        if (key is not null && field < 0)
        {
            Error(place + ".key", $"\"{key}\" is none of title, description, severity and labels.NAME (letters, digits and _ in a name)");
        }

        var oper = members.Required("oper", out text) ? String(text, place + ".oper") : null;
        if (oper is not (null or "IN" or "NOTIN"))
        {
            Error(place + ".oper", $"\"{oper}\" is neither IN nor NOTIN");
        }

        var matchers = new List<ValueMatcher>();
        var texts = new List<string>();
        if (members.Required("vals", out var list) && Array(list, place + ".vals", MaxValues, "values") && NotEmpty(list, place + ".vals"))
        {
            foreach (var item in list.EnumerateArray())
            {
                var inner = $"{place}.vals[{texts.Count}]";
                texts.Add(String(item, inner) ?? "");
                if (item.ValueKind == JsonValueKind.String && Value(texts[^1], inner) is { } matcher)
                {
                    matchers.Add(matcher);
                }
            }
        }

        return new Condition(key ?? "", field, oper == "IN", [.. matchers], texts);
    }

    private ValueMatcher? Value(string text, string place)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        if (length > MaxValueLength)
        {
            Error(place, $"has {length} characters: {MaxValueLength} are the most");
            return null;
        }

        try
        {
            return ValueMatcher.Parse(text);
        }
        catch (FormatException exception)
        {
            Error(place, exception.Message);
            return null;
        }
    }

    private List<string> Channels(JsonElement list, string place)
    {
        var names = new List<string>();
        if (Is(list, place, "a list of channel names", JsonValueKind.Array) && NotEmpty(list, place))
        {
            foreach (var item in list.EnumerateArray())
            {
                var inner = $"{place}[{names.Count}]";
                names.Add(String(item, inner) ?? "");
                if (item.ValueKind == JsonValueKind.String && names[^1].Length == 0)
                {
                    Error(inner, "is empty: it names a channel, as the secret does");
                }
            }
        }

        return names;
    }

    private NameMapping? Mapping(JsonElement element, string place)
    {
        var key = String(element, place);
        if (key is not null && !Fields.IsLabel(key))
        {
            Error(place, $"\"{key}\" is no label: write labels.NAME (letters, digits and _ in a name)");
            return null;
        }

        return key is null ? null : new NameMapping(key, _fields.NumberOf(key));
    }

    private bool Array(JsonElement element, string place, int max, string what)
    {
        if (!Is(element, place, $"a list of {what}", JsonValueKind.Array))
        {
            return false;
        }

        if (element.GetArrayLength() > max)
        {
            Error(place, $"has {element.GetArrayLength()} {what}: {max} are the most");
        }

        return true;
    }

    private bool NotEmpty(JsonElement list, string place)
    {
        if (list.GetArrayLength() == 0)
        {
            Error(place, "is empty");
        }

        return true;
    }

    /// <returns>Null, and an error, if it is no string.</returns>
    private string? String(JsonElement element, string place) =>
        Is(element, place, "a string, in quotes", JsonValueKind.String) ? JsonText.Of(element) : null;

    private bool Is(JsonElement element, string place, string expected, JsonValueKind kind, JsonValueKind? other = null)
    {
        if (element.ValueKind == kind || element.ValueKind == other)
        {
            return true;
        }

        var found = element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
        Error(place, $"is {found}, not {expected}");
        return false;
    }

    private void Error(string place, string what) => _errors.Add($"{place}: {what}");

    /// <summary>An object's members, each checked to be known and there once.</summary>
    private readonly struct Members
    {
        private readonly RoutesReader _reader;
        private readonly string _place;
        private readonly JsonElement _element;

        /// <param name="reader">Takes the errors.</param>
        /// <param name="place">The object's.</param>
        /// <param name="prefix">What a member's place begins with.</param>
        /// <param name="element">What should be the object.</param>
        /// <param name="known">The names it may have.</param>
        public Members(RoutesReader reader, string place, string prefix, JsonElement element, ReadOnlySpan<string> known)
        {
            _reader = reader;
            _place = place;
            _element = element;
            AreThere = reader.Is(element, place, "an object", JsonValueKind.Object);
            if (!AreThere)
            {
                return;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in element.EnumerateObject())
            {
                var name = JsonText.NameOf(member);
                var memberPlace = prefix.Length == 0 ? name : $"{prefix}.{name}";
                if (!known.Contains(name))
                {
                    reader.Error(memberPlace, $"is unknown here: {place} has {string.Join(", ", known!)}");
                }
                else if (!seen.Add(name))
                {
                    reader.Error(memberPlace, "is there twice");
                }
            }
        }

        /// <summary>Whether it is an object at all.</summary>
        public bool AreThere { get; }

        public bool Find(string name, out JsonElement value)
        {
            value = default;
            return AreThere && _element.TryGetProperty(name, out value);
        }

        /// <summary>A missing member is an error.</summary>
        public bool Required(string name, out JsonElement value)
        {
            var isThere = Find(name, out value);
            if (AreThere && !isThere)
            {
                _reader.Error(_place, $"\"{name}\" is missing");
            }

            return isThere;
        }
    }
}
