using System.Globalization;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Presets;

/// <summary>The sample events in test/events.</summary>
internal static class Samples
{
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Repository.PathOf("test", "events"), "*.json").Select(Path.GetFileNameWithoutExtension)!;

    public static JsonObject Read(string name) => JsonNode.Parse(Repository.Read("test", "events", name + ".json"))!.AsObject();

    /// <summary>A sample with other values at some places.</summary>
    /// <param name="changes">A JSON object: the path of each place, its parts joined by dots, and the value; null removes it.</param>
    public static JsonObject Alter(string name, string changes)
    {
        var sample = Read(name);
        foreach (var (path, value) in JsonNode.Parse(changes)!.AsObject())
        {
            var parts = path.Split('.');
            JsonNode node = sample;
            foreach (var part in parts[..^1])
            {
                node = node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part] ?? Add(node, part);
            }

            if (value is null)
            {
                node.AsObject().Remove(parts[^1]);
            }
            else
            {
                node[parts[^1]] = value.DeepClone();
            }
        }

        return sample;
    }

    private static JsonObject Add(JsonNode parent, string name)
    {
        var added = new JsonObject();
        parent[name] = added;
        return added;
    }
}
