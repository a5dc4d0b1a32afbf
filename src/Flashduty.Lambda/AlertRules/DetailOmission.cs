using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.AlertRules;

/// <summary>Takes fields out of an event's detail, so that nothing of them is in the alert.</summary>
internal static class DetailOmission
{
    /// <summary>The step that stands for each element or member.</summary>
    private const string Any = "*";

    /// <param name="detail">An event's.</param>
    /// <param name="paths">Paths of members and elements.</param>
    public static JsonElement Without(JsonElement detail, IEnumerable<Expression> paths)
    {
        var omitted = paths.Select(Steps).ToList();
        if (omitted.Count == 0 || detail.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return detail;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, detail, omitted, 0);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, List<List<string>> paths, int depth)
    {
        if (paths.Count == 0)
        {
            value.WriteTo(json);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                var name = JsonText.NameOf(member);
                if (Follow(paths, name, depth) is { } rest)
                {
                    json.WritePropertyName(name);
                    Write(json, member.Value, rest, depth + 1);
                }
            }

            json.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var element in value.EnumerateArray())
            {
                if (Follow(paths, Any, depth) is { } rest)
                {
                    Write(json, element, rest, depth + 1);
                }
            }

            json.WriteEndArray();
        }
        else
        {
            value.WriteTo(json);
        }
    }

    /// <returns>The paths that lead on; null if one ends here.</returns>
    private static List<List<string>>? Follow(List<List<string>> paths, string step, int depth)
    {
        var rest = new List<List<string>>();
        foreach (var path in paths)
        {
            if (depth < path.Count && (path[depth] == step || path[depth] == Any))
            {
                if (depth == path.Count - 1)
                {
                    return null;
                }

                rest.Add(path);
            }
        }

        return rest;
    }

    private static List<string> Steps(Expression path)
    {
        var steps = new List<string>();
        for (var step = path; step is PathStep current; step = current.Parent)
        {
            // One element is as private as the others.
            steps.Insert(0, current is Member member ? member.MemberName : Any);
        }

        return steps;
    }
}
