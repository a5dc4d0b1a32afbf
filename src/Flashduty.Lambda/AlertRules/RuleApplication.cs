using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.AlertRules;

/// <summary>Replaces in a summary what a rule names and its expressions find.</summary>
internal static class RuleApplication
{
    /// <param name="rule">What a rule says.</param>
    /// <param name="e">The event, with all its fields.</param>
    /// <param name="summary">What is known of the event without the rule.</param>
    /// <param name="title">The title without the rule, for <c>@title</c>.</param>
    /// <param name="isTitleEmpty">Whether the rule's title has nothing that can be shown; then the title stays.</param>
    public static EventSummary Apply(AlertTemplate rule, EventBridgeEvent e, EventSummary summary, string title, out bool isTitleEmpty)
    {
        var scope = new ExpressionScope(e, name => Root(name, summary, title));
        var own = Text(rule.Title, scope);
        isTitleEmpty = own is not null && TextSanitizer.OneLine(own, FlashdutyLimits.Title).Length == 0;
        var link = rule.Link is null ? "" : ConsoleLink.Evaluate(rule.Link, scope);
        var account = rule.Account?.Evaluate(scope);
        var region = rule.Region?.Evaluate(scope);
        var severity = rule.Severity?.Evaluate(scope);
        var description = rule.Description?.Evaluate(scope);
        return summary with
        {
            Title = isTitleEmpty ? summary.Title : own ?? summary.Title,
            Severity = severity is null ? summary.Severity : Severity.InWords(severity),
            Closed = Text(rule.Closed, scope) ?? summary.Closed,
            Headline = Text(rule.Headline, scope) ?? summary.Headline,
            Subject = Text(rule.Subject, scope) ?? summary.Subject,
            State = Text(rule.State, scope) ?? summary.State,
            Message = description ?? summary.Message,
            OwnIdentity = EventSummary.IdentityOf(rule, scope) ?? summary.OwnIdentity,
            Facts = rule.Facts is null ? summary.Facts : EventSummary.FactsOf(rule.Facts, scope),
            AffectedAccount = account is { Length: > 0 } ? account : summary.AffectedAccount,
            AffectedRegion = region is { Length: > 0 } ? region : summary.AffectedRegion,
            ConsoleUrl = link.Length > 0 ? link : summary.ConsoleUrl,
            Labels = Merge(EventSummary.LabelsOf(rule, scope), summary.Labels),
        };
    }

    private static string? Text(TextTemplate? template, ExpressionScope scope) => template?.Evaluate(scope, EventSummary.Short);

    /// <summary>The rule's own labels, then those that it does not name.</summary>
    private static List<KeyValuePair<string, string>> Merge(
        List<KeyValuePair<string, string>> own, IReadOnlyList<KeyValuePair<string, string>> others)
    {
        foreach (var other in others)
        {
            if (!own.Exists(label => label.Key == other.Key))
            {
                own.Add(other);
            }
        }

        return own;
    }

    private static string? Root(string name, EventSummary summary, string title) => name switch
    {
        "title" => title,
        "severity" => summary.Severity,
        "subject" => EventSummary.Short(summary.Subject),
        "state" => summary.State,
        "description" => summary.Message,
        "link" => summary.ConsoleUrl,
        "affectedAccount" => summary.AffectedAccount,
        "affectedRegion" => summary.AffectedRegion,
        "accountName" => summary.AccountName.Length > 0 ? summary.AccountName : summary.AffectedAccount,
        _ => null,
    };
}
