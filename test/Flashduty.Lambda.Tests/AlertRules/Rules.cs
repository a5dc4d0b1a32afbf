using System.Text;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.AlertRules;

/// <summary>Alerts files of tests.</summary>
internal static class Rules
{
    public static AlertRuleSet Read(string json, JsonDiagnostics? diagnostics = null) =>
        AlertsFileReader.Read(Encoding.UTF8.GetBytes(json), diagnostics ?? new JsonDiagnostics());

    /// <summary>The alert of an event under a file without errors.</summary>
    public static Alert Alert(string json, EventBridgeEvent e, AlertKeyScope scope = AlertKeyScope.Event)
    {
        var diagnostics = new JsonDiagnostics();
        var rules = Read(json, diagnostics);
        Assert.True(diagnostics.Errors.Count + diagnostics.Warnings.Count == 0, string.Join('\n', [.. diagnostics.Errors, .. diagnostics.Warnings]));
        return Alert(rules, e, out _, scope);
    }

    public static Alert Alert(AlertRuleSet rules, EventBridgeEvent e, out bool hasErrors, AlertKeyScope scope = AlertKeyScope.Event) =>
        new AlertFactory(new Normalizer(AlertKeyOptions.Default with { Scope = scope }), rules, new Log(Stream.Null, TimeProvider.System))
            .Create(e, out hasErrors);
}
