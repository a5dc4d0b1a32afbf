using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>The rules that every alert keeps, whatever its event.</summary>
internal static class AlertRules
{
    public static void Check(Alert alert) => StandardAlert.Check(alert.Title, alert.Description, alert.Key, alert.Labels);
}
