using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Routing.Matching;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Explanation;

/// <summary>A value of a condition, and whether the field matches it.</summary>
internal sealed record ValueTrace(string Text, bool Matches);

/// <summary>One condition.</summary>
/// <param name="Seen">The field's value; null if the alert does not have the field.</param>
internal sealed record ConditionTrace(string Key, string Oper, string? Seen, bool IsSatisfied, IReadOnlyList<ValueTrace> Values);

/// <summary>One case.</summary>
/// <param name="Outcome"><c>matched</c>, <c>notMatched</c>, or <c>notTried</c>: a case before it matched and does not fall through.</param>
/// <param name="Groups">The case matches if all conditions of one group are satisfied.</param>
/// <param name="Channels">The channels that it names.</param>
/// <param name="MappedLabel">With a name mapping, the label whose value names the channel.</param>
/// <param name="MappedName">That value; null if the alert does not have the label.</param>
/// <param name="MappedExists">Whether there is a channel of that name; otherwise the default gets the alert.</param>
internal sealed record CaseTrace(
    int Index,
    string Outcome,
    IReadOnlyList<IReadOnlyList<ConditionTrace>> Groups,
    IReadOnlyList<string> Channels,
    bool IsFallthrough,
    string? MappedLabel,
    string? MappedName,
    bool MappedExists);

/// <summary>Why an alert goes where it goes.</summary>
/// <param name="IsPrivate">There are no routes: every alert goes to the integration key.</param>
/// <param name="Default">The channels of the default.</param>
/// <param name="UsesDefault">Whether the default decides.</param>
/// <param name="Channels">Where it goes.</param>
/// <param name="Warnings">What the function logs about it.</param>
internal sealed record RouteTrace(
    bool IsPrivate,
    IReadOnlyList<CaseTrace> Cases,
    IReadOnlyList<string> Default,
    bool UsesDefault,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Warnings)
{
    public static RouteTrace Create(Routes? routes, Alert alert, IntegrationSecret secret)
    {
        var (channels, warnings) = Route(routes, alert, secret);
        if (routes is null)
        {
            return new RouteTrace(true, [], [], false, channels, warnings);
        }

        var values = new string?[routes.Fields.Count];
        routes.Fields.Read(alert, values);
        var previews = RoutePreview.Explain(routes, alert);
        var cases = previews.Select(preview => Trace(preview, values, secret)).ToList();
        var usesDefault = cases.All(trace => trace.Outcome != "matched")
            || cases.Any(trace => trace is { Outcome: "matched", MappedLabel: not null, MappedExists: false });
        return new RouteTrace(false, cases, routes.DefaultChannels, usesDefault, channels, warnings);
    }

    /// <summary>The channels, from the function's own router, and what it logs.</summary>
    public static (IReadOnlyList<string> Channels, IReadOnlyList<string> Warnings) Route(
        Routes? routes, Alert alert, IntegrationSecret secret)
    {
        var warnings = new List<string>();
        using var log = new FunctionLog(new Terminal(TextWriter.Null, TextWriter.Null), isReal: false, line => warnings.Add(line.Message));
        var channels = new Router(routes, new Log(log, TimeProvider.System)).Route(alert, secret);
        return ([.. channels.Select(channel => channel.Name)], warnings);
    }

    private static CaseTrace Trace(CasePreview preview, string?[] values, IntegrationSecret secret)
    {
        var route = preview.Case;
        var name = route.NameMapping is { } mapping && values[mapping.Field] is { Length: > 0 } value ? value : null;
        return new CaseTrace(
            route.Index,
            preview.Outcome switch { CaseOutcome.Matched => "matched", CaseOutcome.NotMatched => "notMatched", _ => "notTried" },
            [.. route.Groups.Select(group => group.Select(condition => Trace(condition, values)).ToList())],
            route.Channels,
            route.IsFallthrough,
            route.NameMapping?.Key,
            name,
            name is not null && (name == Channel.IntegrationName || secret.ChannelKey(name) is not null));
    }

    private static ConditionTrace Trace(Condition condition, string?[] values)
    {
        var seen = condition.ValueIn(values);
        return new ConditionTrace(
            condition.Key,
            condition.Operator == ConditionOperator.In ? "IN" : "NOTIN",
            seen,
            condition.IsSatisfiedBy(values),
            [.. condition.Values.Select(text => new ValueTrace(text, seen is not null && ValueMatcher.Parse(text).Matches(seen)))]);
    }
}
