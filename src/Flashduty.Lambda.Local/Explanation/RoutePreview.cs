using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Explanation;

/// <summary>How a case came out for an alert.</summary>
internal enum CaseOutcome
{
    Matched,
    NotMatched,

    /// <summary>A case before it matched and lets no other match.</summary>
    NotTried,
}

/// <summary>A condition that did not hold, and what it saw: null for a field the alert has not.</summary>
internal sealed record FailedCondition(Condition Condition, string? Seen);

/// <summary>What became of one case.</summary>
/// <param name="Failed">Where it did not match: of each list of conditions the first that does not hold.</param>
internal sealed record CasePreview(RouteCase Case, CaseOutcome Outcome, IReadOnlyList<FailedCondition> Failed);

/// <summary>Why an alert goes where it goes: the matching itself, told case by case.</summary>
internal static class RoutePreview
{
    public static IReadOnlyList<CasePreview> Explain(Routes routes, Alert alert)
    {
        var values = new string?[routes.Fields.Count];
        routes.Fields.Read(alert, values);
        var previews = new List<CasePreview>(routes.Cases.Count);
        var match = routes.NextMatch(values);
        RouteCase? last = null;
        foreach (var routeCase in routes.Cases)
        {
            if (routeCase == match)
            {
                previews.Add(new CasePreview(routeCase, CaseOutcome.Matched, []));
                (last, match) = (match, routes.NextMatch(values, match));
            }
            else if (last is { IsFallthrough: false })
            {
                previews.Add(new CasePreview(routeCase, CaseOutcome.NotTried, []));
            }
            else
            {
                var failed = routeCase.Groups.Select(group => RouteCase.FirstFailing(group, values)!);
                previews.Add(new CasePreview(
                    routeCase, CaseOutcome.NotMatched, [.. failed.Select(condition => new FailedCondition(condition, condition.ValueIn(values)))]));
            }
        }

        return previews;
    }
}
