using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

/// <summary>An event of a published type, made from its schema: every member is there, an array has one element, and a value is one that
/// its name suggests.</summary>
internal sealed class SchemaSample(PublishedType type)
{
    /// <summary>Values to have instead, by their path, such as <c>job.steps[0].name</c>.</summary>
    public Dictionary<string, string> Overrides { get; } = [];

    /// <summary>The paths of all texts, with the words of their names.</summary>
    public Dictionary<string, string> Texts { get; } = [];

    public string Id { get; init; } = "7bf73129-1428-4cd3-a780-95db273d1602";

    public string Time { get; init; } = "2025-03-16T15:07:00Z";

    public string[] Resources { get; init; } = [];

    public JsonObject Create() => new()
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = type.DetailType,
        ["source"] = type.Source,
        ["account"] = "123456789012",
        ["time"] = Time,
        ["region"] = "us-east-1",
        ["resources"] = new JsonArray([.. Resources.Select(static resource => JsonValue.Create(resource))]),
        ["detail"] = Value(type.Detail, "", "", ""),
    };

    private JsonNode? Value(JsonElement schema, string path, string name, string parent)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.Array:
                return new JsonArray(Value(schema[0], $"{path}[0]", name, parent));
            case JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var member in schema.EnumerateObject())
                {
                    var own = member.Name == "*" ? "main" : member.Name.TrimEnd('?');
                    result[own] = Value(member.Value, path.Length > 0 ? $"{path}.{own}" : own, own, name);
                }

                return result;
            default:
                return Scalar(schema.GetString()!, path, name, parent);
        }
    }

    private JsonNode? Scalar(string kind, string path, string name, string parent)
    {
        var words = NameTokenizer.TokenizeFieldName(name);
        switch (kind)
        {
            case "json":
                return new JsonObject();
            case "boolean":
                return true;
            case "number" or "integer":
                return Overrides.TryGetValue(path, out var number)
                    ? JsonValue.Create(long.Parse(number, CultureInfo.InvariantCulture))
                    : JsonValue.Create(IsTime(words) ? 1742137620L : words.Contains("percent", StringComparison.Ordinal) ? 92 : 7);
            default:
                Texts[path] = words;
                return JsonValue.Create(Overrides.TryGetValue(path, out var text) ? text : Text(words, NameTokenizer.TokenizeFieldName(parent), path));
        }
    }

    private static bool IsTime(string words) => NameTokenizer.Last(words) is "time" or "timestamp" or "date" or "at" or "datetime";

    private string Text(string words, string parent, string path)
    {
        var last = NameTokenizer.Last(words).ToString();
        var stem = NameTokenizer.Stem(words) is { IsEmpty: false } own ? own.ToString() : parent.Length > 0 ? parent : "resource";
        var noun = stem.Replace(' ', '-');

        // Two members that are named alike are not the same resource.
        var mark = path.Sum(static c => c) % 90 + 10;
        return last switch
        {
            _ when words.Contains("account", StringComparison.Ordinal) => "123456789012",
            _ when IsTime(words) => "2025-03-16T15:04:05Z",
            "arn" => $"arn:aws:{type.Source[(type.Source.LastIndexOf('.') + 1)..]}:us-east-1:123456789012:{noun}/{noun}-{mark}",
            "id" or "identifier" or "uuid" => $"{noun}-0a1b2c3d{mark}",
            "name" => $"orders-{noun}-{mark}",
            "status" or "state" => "FAILED",
            "reason" or "message" or "description" or "cause" or "detail" or "details" => "The quota of the account is exceeded.",
            "region" => "us-east-1",
            "severity" => "HIGH",
            "version" => "1.4",
            "path" or "key" or "file" => $"/inbox/2025/{noun}-{mark}.csv",
            "bucket" => $"acme-uploads-{mark}",
            "url" or "uri" => $"https://example.com/{noun}/{mark}",
            "ip" or "address" => "203.0.113.7",
            "type" => "STANDARD",
            _ => $"{words.Replace(' ', '-')}-{mark}",
        };
    }
}
