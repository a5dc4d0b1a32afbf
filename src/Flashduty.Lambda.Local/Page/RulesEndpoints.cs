using System.Text;
using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Page;

/// <summary>The text of a rules file.</summary>
internal sealed record RulesText(string Text);

/// <summary>The rules file in use, and an example to begin with if the file does not exist.</summary>
internal sealed record RulesFile(string Text, string Example, IReadOnlyList<string> Channels);

/// <summary>An alert that the edited rules change.</summary>
/// <param name="Before">Its channels; or its title, key or labels.</param>
internal sealed record RulesChange(long Id, string Title, string Before, string After);

/// <summary>What the function's own checker says of an edited file, and which alerts it would change.</summary>
/// <param name="Examined">The number of alerts examined.</param>
internal sealed record RulesCheck(IReadOnlyList<string> Errors, IReadOnlyList<RulesChange> Changes, int ChangeCount, int Examined);

/// <summary>Routes and titles: read, checked while they are edited, applied. Nothing is written to disk.</summary>
internal static class RulesEndpoints
{
    private const int MaxChanges = 200;

    private delegate Rules Edit(string text, out IReadOnlyList<string> errors);

    public static void Map(IEndpointRouteBuilder api, LocalFunction function)
    {
        Map(
            api,
            "/routes",
            function,
            () => File(function.Rules.RoutesText, "routes.example.jsonc", function),
            (text, out errors) => function.Rules.WithRoutes(text, out errors),
            (row, edited) => Channels(row.Latest.Alert!, edited, function));
        Map(
            api,
            "/titles",
            function,
            () => File(function.Rules.AlertsText, "alerts.example.jsonc", function),
            (text, out errors) => function.Rules.WithAlerts(text, function.Log, out errors),
            (row, edited) => Titles(row, edited, function));
    }

    private static void Map(
        IEndpointRouteBuilder api,
        string path,
        LocalFunction function,
        Func<RulesFile> read,
        Edit edit,
        Func<AlertRow, Rules, (string Before, string After)> compare)
    {
        api.MapGet(path, () => PageJson.Result(read()));
        api.MapPost(path + "/check", async (HttpRequest request) =>
        {
            var edited = edit((await PageJson.ReadAsync<RulesText>(request)).Text, out var errors);
            return PageJson.Result(errors.Count > 0 ? new RulesCheck(errors, [], 0, 0) : Check(edited, function, compare));
        });
        api.MapPut(path, async (HttpRequest request) =>
        {
            var edited = edit((await PageJson.ReadAsync<RulesText>(request)).Text, out var errors);
            if (errors.Count > 0)
            {
                return PageJson.Error(StatusCodes.Status400BadRequest, string.Join("\n", errors));
            }

            await function.ApplyAsync(edited);
            return Results.NoContent();
        });
    }

    private static RulesFile File(string text, string example, LocalFunction function) =>
        new(text, Encoding.UTF8.GetString(Assets.Read(example)), [.. function.Secret.ChannelNames]);

    private static RulesCheck Check(Rules edited, LocalFunction function, Func<AlertRow, Rules, (string Before, string After)> compare)
    {
        var changes = new List<RulesChange>();
        var (count, examined) = (0, 0);
        foreach (var row in function.Alerts.List().Where(row => row.Latest.Alert is not null))
        {
            examined++;
            var (before, after) = compare(row, edited);
            if (before != after && ++count <= MaxChanges)
            {
                changes.Add(new RulesChange(row.Id, row.Latest.Alert!.Title, before, after));
            }
        }

        return new RulesCheck([], changes, count, examined);
    }

    private static (string Before, string After) Channels(Alert alert, Rules edited, LocalFunction function)
    {
        return (Under(function.Rules), Under(edited));

        string Under(Rules rules) => string.Join(", ", RouteTrace.Route(rules.Routes, alert, function.Secret).Channels);
    }

    /// <summary>The title; or, if that stays, the key, or else the labels that change.</summary>
    private static (string Before, string After) Titles(AlertRow row, Rules edited, LocalFunction function)
    {
        if (!EventReader.Read(row.Latest.Event).TryGetValue(out var e, out _))
        {
            return ("", "");
        }

        var (before, after) = (function.Rules.Alerts.Create(e), edited.Alerts.Create(e));
        if (before.Title != after.Title)
        {
            return (before.Title, after.Title);
        }

        return before.Key != after.Key
            ? (before.Key, after.Key)
            : (Labels(before.Labels.Except(after.Labels)), Labels(after.Labels.Except(before.Labels)));

        static string Labels(IEnumerable<KeyValuePair<string, string>> labels) =>
            string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));
    }
}
