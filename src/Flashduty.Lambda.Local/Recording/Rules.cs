using System.Text;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>How events become alerts, and where alerts go: what a team's files say. Immutable.</summary>
/// <param name="RoutesText">The routes file's text; empty for a private integration.</param>
/// <param name="Routes">Null for a private integration.</param>
internal sealed record Rules(AlertKeyOptions AlertKey, AlertFactory Alerts, string RoutesText, Routes? Routes)
{
    public static Rules Create(AlertKeyOptions alertKey, AlertFactory alerts) => new(alertKey, alerts, "", null);

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
}
