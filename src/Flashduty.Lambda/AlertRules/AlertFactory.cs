using System.Buffers;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.AlertRules;

/// <summary>Makes an event's alert, and lets the team's own rules change it. Whatever is wrong with a rule, there is an alert.</summary>
/// <param name="rules">Null: the team has none.</param>
internal sealed class AlertFactory(Normalizer normalizer, AlertRuleSet? rules, Log log)
{
    /// <summary>Reads the rules once. What is wrong with them is logged; what is not applies.</summary>
    public static AlertFactory Load(string path, bool isRequired, AlertKeyOptions options, Log log)
    {
        var normalizer = new Normalizer(options);
        try
        {
            if (!isRequired && !File.Exists(path) && !Directory.Exists(path))
            {
                return new AlertFactory(normalizer, null, log);
            }

            var diagnostics = new JsonDiagnostics();
            var rules = AlertsFileReader.Read(JsonFile.ReadAllBytes(path), diagnostics);
            if (diagnostics.Errors.Count > 0)
            {
                log.AlertRulesHaveErrors(path, JsonFile.Summarize(diagnostics.Errors), rules.Count);
            }

            if (diagnostics.Warnings.Count > 0)
            {
                log.AlertRulesHaveUnknownMembers(path, JsonFile.Summarize(diagnostics.Warnings));
            }

            return new AlertFactory(normalizer, rules, log);
        }
        catch (Exception exception)
        {
            // Whatever is wrong with rules must not stop alerts.
            log.AlertRulesCannotBeRead(path, exception.Message);
            return new AlertFactory(normalizer, AlertRuleSet.Unusable, log);
        }
    }

    /// <inheritdoc cref="Create(EventBridgeEvent, out bool)"/>
    public Alert Create(EventBridgeEvent e) => Create(e, out _);

    /// <param name="e">The event.</param>
    /// <param name="hasRuleErrors">Whether the rules have errors, or could not be applied as they say.</param>
    public Alert Create(EventBridgeEvent e, out bool hasRuleErrors)
    {
        hasRuleErrors = rules is { HasErrors: true };
        if (rules is null)
        {
            return normalizer.Normalize(e);
        }

        var summary = WithAccount(EventSummary.Create(e));
        var alert = normalizer.Write(e, summary);
        var values = ArrayPool<string?>.Shared.Rent(rules.Conditions.Fields.Count);
        try
        {
            rules.Conditions.Fields.Read(alert, values);
            var matches = new List<AlertTemplate>();
            for (var match = rules.Conditions.NextMatch(values); match is not null; match = rules.Conditions.NextMatch(values, match))
            {
                matches.Add(rules.Template(match));
            }

            return matches.Count > 0 ? Apply(matches, e, summary, ref hasRuleErrors) : alert;
        }
        catch (Exception exception)
        {
            log.AlertRulesFailed(alert.Key, exception);
            hasRuleErrors = true;
            return alert;
        }
        finally
        {
            ArrayPool<string?>.Shared.Return(values, clearArray: true);
        }
    }

    private Alert Apply(List<AlertTemplate> matches, EventBridgeEvent e, EventSummary summary, ref bool hasRuleErrors)
    {
        var shown = e with { Detail = DetailOmission.Without(e.Detail, matches.SelectMany(static match => match.Omit)) };
        var result = matches.TrueForAll(static match => match.Omit.Length == 0)
            ? summary
            : WithAccount(EventSummary.Create(shown));
        foreach (var match in matches)
        {
            result = RuleApplication.Apply(match, e, result, normalizer.Write(shown, result).Title, out var isEmpty);
            if (isEmpty)
            {
                log.AlertRuleGivesEmptyTitle(e.Source, e.DetailType);
                hasRuleErrors = true;
            }
        }

        return normalizer.Write(shown, result);
    }

    private EventSummary WithAccount(EventSummary summary) => rules!.Account(summary.AffectedAccount) is { } account
        ? summary with { AccountName = account.Name, Labels = account.Labels }
        : summary;
}
