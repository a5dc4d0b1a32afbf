using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>Writes a routes file from a route document of Flashduty's.</summary>
internal static class RouteImport
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="routes">What the document says.</param>
    /// <param name="sections">The names of its sections by the case that they begin before. They become comments.</param>
    /// <param name="names">The channels' names by their ids; an id that it does not have stays.</param>
    public static string Write(Routes routes, ILookup<int, string> sections, IReadOnlyDictionary<string, string> names)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "./routes.schema.json");
            json.WriteStartArray("cases");
            foreach (var routeCase in routes.Cases)
            {
                WriteCase(json, routeCase, sections[routeCase.Index], names);
            }

            json.WriteEndArray();
            if (routes.DefaultChannels.Count > 0)
            {
                json.WriteStartObject("default");
                WriteChannels(json, routes.DefaultChannels, names);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The names of a document's sections; none if it has none that can be read.</summary>
    public static ILookup<int, string> Sections(JsonElement document)
    {
        var route = document.TryGetProperty("data", out var data) ? data : document;
        route = route.TryGetProperty("items", out var items) ? items[0] : route;
        var hasSections = route.TryGetProperty("sections", out var list) && list.ValueKind == JsonValueKind.Array;
        var sections = hasSections ? list.EnumerateArray() : default;
        return sections
            .Where(section => section.ValueKind == JsonValueKind.Object
                && section.TryGetProperty("position", out var position) && position.TryGetInt32(out _)
                && section.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            .ToLookup(section => section.GetProperty("position").GetInt32(), section => section.GetProperty("name").GetString()!);
    }

    private static void WriteCase(
        Utf8JsonWriter json, RouteCase routeCase, IEnumerable<string> sections, IReadOnlyDictionary<string, string> names)
    {
        json.WriteStartObject();
        foreach (var section in sections)
        {
            json.WriteCommentValue($" {section.Replace("*/", "* /", StringComparison.Ordinal)} ");
        }

        json.WriteStartArray("if");
        foreach (var group in routeCase.Groups)
        {
            if (routeCase.Groups.Count > 1)
            {
                json.WriteStartArray();
            }

            foreach (var condition in group)
            {
                WriteCondition(json, condition);
            }

            if (routeCase.Groups.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        if (routeCase.NameMapping is { } mapping)
        {
            json.WriteString("routing_mode", "name_mapping");
            json.WriteString("name_mapping_label", mapping.Key);
        }
        else
        {
            WriteChannels(json, routeCase.Channels, names);
        }

        json.WriteBoolean("fallthrough", routeCase.IsFallthrough);
        json.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        json.WriteString("key", condition.Key == "alert_severity" ? "severity" : condition.Key);
        json.WriteString("oper", condition.Operator == ConditionOperator.In ? "IN" : "NOTIN");
        json.WriteStartArray("vals");
        foreach (var value in condition.Values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteChannels(Utf8JsonWriter json, IReadOnlyList<string> channels, IReadOnlyDictionary<string, string> names)
    {
        // A case without a channel gets the default in Flashduty too, and a routes file says so with Flashduty's own empty list.
        json.WriteStartArray(channels.Count > 0 ? "channels" : "channel_ids");
        foreach (var channel in channels)
        {
            json.WriteStringValue(names.GetValueOrDefault(channel, channel));
        }

        json.WriteEndArray();
    }
}
