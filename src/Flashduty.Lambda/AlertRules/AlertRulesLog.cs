using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.AlertRules;

/// <summary>What the log says about a team's own rules for alerts. Without them the built-in alert is sent.</summary>
internal static class AlertRulesLog
{
    public static void AlertRulesCannotBeRead(this Log log, string path, string reason) =>
        log.Error($"Cannot use the alerts file {path}; sending the built-in alerts: {reason}");

    public static void AlertRulesHaveErrors(this Log log, string path, string errors, int usable) => log.Error(
        $"The alerts file {path} has errors; {(usable == 0 ? "no rule of it is used" : $"only the {usable} rules without one are used")}: {errors}");

    public static void AlertRulesHaveUnknownMembers(this Log log, string path, string warnings) =>
        log.Warn($"The alerts file {path} has properties that this version does not know: {warnings}");

    public static void AlertRulesFailed(this Log log, string alertKey, Exception exception) =>
        log.Error($"Cannot apply the alerts file to alert {alertKey}; sending the built-in alert: {exception}");

    public static void AlertRuleGivesEmptyTitle(this Log log, string source, string detailType) =>
        log.Error($"A rule of the alerts file gives an empty title for \"{detailType}\" of {source}; keeping the built-in title.");
}
