using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.AlertRules;

/// <summary>An alerts file, ready to apply. Immutable, so that any number of threads may use it.</summary>
/// <param name="conditions">The rules' conditions, matched as routes are; a case's index is its rule's in <paramref name="templates"/>.</param>
/// <param name="templates">What each rule says, by its place in the file.</param>
/// <param name="accounts">What is known of accounts, by their id.</param>
internal sealed class AlertRuleSet(
    Routes conditions, IReadOnlyDictionary<int, AlertTemplate> templates, IReadOnlyDictionary<string, AccountInfo> accounts)
{
    /// <summary>Of a file of which nothing can be used.</summary>
    public static AlertRuleSet Unusable { get; } =
        new(Routes.Unusable, new Dictionary<int, AlertTemplate>(), new Dictionary<string, AccountInfo>()) { HasErrors = true };

    public Routes Conditions { get; } = conditions;

    public int Count => templates.Count;

    public int AccountCount => accounts.Count;

    /// <summary>Whether the file has errors, so that alerts are not what it means.</summary>
    public bool HasErrors { get; init; }

    public AlertTemplate Template(RouteCase rule) => templates[rule.Index];

    /// <returns>Null for an account that the file does not have.</returns>
    public AccountInfo? Account(string id) => accounts.GetValueOrDefault(id);
}

/// <summary>What a team calls an account, and the labels that alerts about it have.</summary>
internal sealed record AccountInfo(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels);
