using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>Reads an <see cref="AlertTemplate"/>. A part with an error is reported and left out.</summary>
internal static class AlertTemplateReader
{
    /// <summary>The members that a template may have: <c>alerts.schema.json</c> describes them.</summary>
    public static IReadOnlyList<string> Members { get; } =
    [
        "title", "severity", "closed", "headline", "subject", "state", "description", "facts", "key", "account", "region", "link", "labels",
        "omit",
    ];

    public static AlertTemplate Read(JsonObjectReader row) => new()
    {
        Title = ReadText(row, "title"),
        Severity = ReadText(row, "severity"),
        Closed = ReadText(row, "closed"),
        Headline = ReadText(row, "headline"),
        Subject = ReadText(row, "subject"),
        State = ReadText(row, "state"),
        Description = ReadText(row, "description"),
        Facts = ReadExpressions(row, "facts"),
        Key = ReadExpressions(row, "key"),
        Account = ReadText(row, "account"),
        Region = ReadText(row, "region"),
        Link = ReadText(row, "link"),
        Labels = ReadLabels(row),
        Omit = ReadExpressions(row, "omit") ?? [],
    };

    private static TextTemplate? ReadText(JsonObjectReader row, string name) =>
        row.TryFind(name, out var value) && ReadAll(value, Template.Parse) is { } templates ? new TextTemplate(templates) : null;

    private static Expression[]? ReadExpressions(JsonObjectReader row, string name) =>
        row.TryFind(name, out var value) ? ReadAll(value, ExpressionParser.Parse) : null;

    private static List<KeyValuePair<string, TextTemplate>> ReadLabels(JsonObjectReader row)
    {
        var labels = new List<KeyValuePair<string, TextTemplate>>();
        foreach (var (name, value) in row.TryFind("labels", out var found) ? found.ReadMembers() ?? [] : [])
        {
            if (ReadAll(value, Template.Parse) is { } templates)
            {
                labels.Add(new(name, new TextTemplate(templates)));
            }
        }

        return labels;
    }

    /// <summary>One text, or a list of texts.</summary>
    /// <returns>Null if none of them is valid.</returns>
    private static T[]? ReadAll<T>(JsonValueReader value, Func<string, T> parse)
    {
        var results = new List<T>();
        foreach (var item in value.Kind == JsonValueKind.Array ? value.ReadList("a list of texts")! : [value])
        {
            try
            {
                if (item.ReadString() is { } text)
                {
                    results.Add(parse(text));
                }
            }
            catch (ExpressionException exception)
            {
                item.Error(exception.Message);
            }
        }

        return results.Count > 0 ? [.. results] : null;
    }
}
