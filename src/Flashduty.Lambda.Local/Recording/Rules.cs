using System.Text;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>How events become alerts, and where alerts go: what a team's files say. Immutable.</summary>
/// <param name="AlertsText">The alerts file's text; empty for none.</param>
/// <param name="RoutesText">The routes file's text; empty for a private integration.</param>
/// <param name="Routes">Null for a private integration.</param>
internal sealed record Rules(AlertKeyOptions AlertKey, AlertFactory Alerts, string AlertsText, string RoutesText, Routes? Routes)
{
    public static Rules Create(AlertKeyOptions alertKey, AlertFactory alerts) => new(alertKey, alerts, "", "", null);

    /// <summary>The same with other routes.</summary>
    /// <param name="text">A routes file, or nothing for a private integration.</param>
    /// <param name="errors">What is wrong with it, with places. What is not wrong applies, as in the function.</param>
    public Rules WithRoutes(string text, out IReadOnlyList<string> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors = [];
            return this with { RoutesText = "", Routes = null };
        }

        return this with { RoutesText = text, Routes = RoutesFileReader.Read(Encoding.UTF8.GetBytes(text), out errors) };
    }

    /// <summary>The same with other titles, labels and keys.</summary>
    /// <param name="text">An alerts file, or nothing for none.</param>
    /// <param name="errors">What is wrong with it, with places. What is not wrong applies, as in the function.</param>
    public Rules WithAlerts(string text, Log log, out IReadOnlyList<string> errors)
    {
        var normalizer = new Normalizer(AlertKey);
        if (string.IsNullOrWhiteSpace(text))
        {
            errors = [];
            return this with { AlertsText = "", Alerts = new AlertFactory(normalizer, null, log) };
        }

        var diagnostics = new JsonDiagnostics();
        var rules = AlertsFileReader.Read(Encoding.UTF8.GetBytes(text), diagnostics);
        errors = [.. diagnostics.Errors, .. diagnostics.Warnings];
        return this with { AlertsText = text, Alerts = new AlertFactory(normalizer, rules, log) };
    }
}
