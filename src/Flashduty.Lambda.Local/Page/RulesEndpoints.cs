using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Recording;

namespace Flashduty.Lambda.Local.Page;

/// <summary>The text of a rules file.</summary>
internal sealed record RulesText(string Text);

/// <summary>The rules file in use, and where to begin without one.</summary>
internal sealed record RulesFile(string Text, string Example, IReadOnlyList<string> Channels);

/// <summary>An alert that the edited rules change.</summary>
/// <param name="Before">Its channels, or its title.</param>
internal sealed record RulesChange(long Id, string Title, string Before, string After);

/// <summary>What the function's own checker says of an edited file, and which alerts it would change.</summary>
/// <param name="Examined">The number of alerts examined.</param>
internal sealed record RulesCheck(IReadOnlyList<string> Errors, IReadOnlyList<RulesChange> Changes, int ChangeCount, int Examined);

/// <summary>Routes: read, checked while they are edited, applied. Nothing is written to disk.</summary>
internal static class RulesEndpoints
{
    private const int MaxChanges = 200;

    public static void Map(IEndpointRouteBuilder api, LocalFunction function)
    {
        api.MapGet("/routes", () => PageJson.Result(new RulesFile(
            function.Rules.RoutesText,
            System.Text.Encoding.UTF8.GetString(Assets.Read("routes.example.jsonc")),
            [.. function.Secret.ChannelNames])));
        api.MapPost("/routes/check", async (HttpRequest request) =>
        {
            var edited = function.Rules.WithRoutes((await PageJson.ReadAsync<RulesText>(request)).Text, out var errors);
            return PageJson.Result(errors.Count > 0 ? new RulesCheck(errors, [], 0, 0) : Check(edited, function));
        });
        api.MapPut("/routes", async (HttpRequest request) =>
        {
            var edited = function.Rules.WithRoutes((await PageJson.ReadAsync<RulesText>(request)).Text, out var errors);
            if (errors.Count > 0)
            {
                return PageJson.Error(StatusCodes.Status400BadRequest, string.Join("\n", errors));
            }

            await function.ApplyAsync(edited);
            return Results.NoContent();
        });
    }

    private static RulesCheck Check(Rules edited, LocalFunction function)
    {
        var changes = new List<RulesChange>();
        var (count, examined) = (0, 0);
        foreach (var row in function.Alerts.List())
        {
            if (row.Latest.Alert is not { } alert)
            {
                continue;
            }

            examined++;
            var before = Channels(function.Rules, alert);
            var after = Channels(edited, alert);
            if (before != after && ++count <= MaxChanges)
            {
                changes.Add(new RulesChange(row.Id, alert.Title, before, after));
            }
        }

        return new RulesCheck([], changes, count, examined);

        string Channels(Rules rules, Normalization.Values.Alert alert) =>
            string.Join(", ", RouteTrace.Route(rules.Routes, alert, function.Secret).Channels);
    }
}
