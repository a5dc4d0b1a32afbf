using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

public sealed class CatalogTests
{
    private static readonly string[] RowMembers = ["type", .. AlertTemplateReader.Members];

    /// <summary>Members that AWS's events have and AWS's schemas lack.</summary>
    private static readonly Dictionary<string, string[]> MoreMembers = JsonSerializer.Deserialize<Dictionary<string, string[]>>(
        File.ReadAllText(Repository.PathOf("test", "published", "more-members.json")))!;

    public static TheoryData<string> Files() => new(CatalogResources.Names);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_is_valid(string file)
    {
        var diagnostics = new JsonDiagnostics();
        var rows = new JsonValueReader(CatalogResources.Root(file), file, diagnostics).ReadObject("alerts");
        Assert.True(rows.TryRequire("alerts", out var list));
        foreach (var row in list.ReadList("a list of rows") ?? [])
        {
            AlertTemplateReader.Read(row.ReadObject(RowMembers));
        }

        Assert.True(diagnostics.Errors.Count + diagnostics.Warnings.Count == 0, string.Join('\n', [.. diagnostics.Errors, .. diagnostics.Warnings]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_path_is_in_the_schema_of_a_published_type_that_its_row_is_for(string file)
    {
        var wrong = new List<string>();
        foreach (var row in CatalogResources.Root(file).GetProperty("alerts").EnumerateArray())
        {
            // A row for types that AWS publishes nothing of cannot be checked.
            var types = PublishedType.All.Where(type => IsFor(file, row, type)).ToList();
            if (types.Count == 0 || !NamesOnlyPublishedTypes(row, types))
            {
                continue;
            }

            foreach (var expression in ExpressionsOf(AlertTemplateReader.Read(new JsonObjectReader(row, file, new JsonDiagnostics()))))
            {
                var missing = types.Select(type => MissingIn(type, expression)).ToList();
                if (missing.TrueForAll(static names => names.Count > 0))
                {
                    wrong.Add($"{types[0]}: {missing[0][0]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    private static bool IsFor(string file, JsonElement row, PublishedType type) =>
        type.Source == file && row.TryGetProperty("type", out var types) && CatalogFile.Matches(types, type.DetailType);

    private static bool NamesOnlyPublishedTypes(JsonElement row, List<PublishedType> published)
    {
        var types = row.GetProperty("type");
        return types.ValueKind == JsonValueKind.String
            || types.EnumerateArray().All(type => published.Exists(one => CatalogFile.Matches(type, one.DetailType)));
    }

    private static List<string> MissingIn(PublishedType type, Expression expression)
    {
        var walk = new SchemaWalk();
        walk.Walk(expression, type.Detail);
        return [.. walk.Missing.Except(MoreMembers.GetValueOrDefault(type.ToString(), []))];
    }

    private static IEnumerable<Expression> ExpressionsOf(AlertTemplate row) =>
        new[] { row.Title, row.Severity, row.Closed, row.Headline, row.Subject, row.State, row.Description, row.Account, row.Region, row.Link }
            .Concat(row.Labels.Select(static label => label.Value))
            .OfType<TextTemplate>()
            .SelectMany(static text => text.Alternatives)
            .SelectMany(static template => template.Expressions)
            .Concat(row.Facts ?? [])
            .Concat(row.Key ?? [])
            .SelectMany(Alternatives);

    /// <summary>Each of several alternatives may be in another type's schema.</summary>
    private static IEnumerable<Expression> Alternatives(Expression expression) =>
        expression is Either either ? Alternatives(either.Left).Concat(Alternatives(either.Right)) : [expression];
}
