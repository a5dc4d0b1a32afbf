using System.IO.Enumeration;
using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>What the catalog knows of one source's event types: the rows of an embedded JSON file. A row is read when an event of its type
/// comes.</summary>
internal sealed class CatalogFile(JsonElement root)
{
    private readonly JsonElement _rows = root.GetProperty("alerts");
    private readonly AlertTemplate?[] _read = new AlertTemplate?[root.GetProperty("alerts").GetArrayLength()];

    public static CatalogFile Parse(byte[] utf8) => new(JsonDocument.Parse(utf8).RootElement);

    /// <summary>The first row for a detail type; null if no row matches.</summary>
    public AlertTemplate? Find(string detailType)
    {
        var index = 0;
        foreach (var row in _rows.EnumerateArray())
        {
            if (!row.TryGetMember("type", out var type) || Matches(type, detailType))
            {
                // Two threads may read the same row; either result serves.
                return _read[index] ??= AlertTemplateReader.Read(new JsonObjectReader(row, "", new JsonDiagnostics()));
            }

            index++;
        }

        return null;
    }

    /// <summary>Whether a row is for a detail type.</summary>
    /// <param name="type">A detail type, or several. An asterisk stands for any text.</param>
    /// <param name="detailType">An event's.</param>
    public static bool Matches(JsonElement type, string detailType)
    {
        if (type.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in type.EnumerateArray())
            {
                if (Matches(one, detailType))
                {
                    return true;
                }
            }

            return false;
        }

        return type.ValueEquals(detailType)
            || (type.GetString() is { } pattern && pattern.Contains('*') && FileSystemName.MatchesSimpleExpression(pattern, detailType, false));
    }
}
