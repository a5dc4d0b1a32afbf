using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;
using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>What an event says, in an alert's terms, before limits and guards. Texts are empty where the event has none.</summary>
internal sealed record EventSummary
{
    /// <summary>The whole title, where a rule gives one.</summary>
    public string Title { get; init; } = "";

    /// <summary>How bad it is, in upper case words: <c>CRITICAL</c>.</summary>
    public string Severity { get; init; } = "";

    /// <summary>That it is over, in a word such as <c>RESOLVED</c>.</summary>
    public string Closed { get; init; } = "";

    /// <summary>A sentence that says what happened, instead of the detail type.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The resource that it happened to.</summary>
    public required string Subject { get; init; }

    /// <summary>What became of it.</summary>
    public required string State { get; init; }

    /// <summary>What happened, in the event's own sentences.</summary>
    public required string Message { get; init; }

    /// <summary>The same for all events about one resource; empty if nothing tells.</summary>
    public required string ResourceIdentity { get; init; }

    /// <summary>The same for all deliveries of what is one event to a person; empty if the event's own id says that.</summary>
    public string EventIdentity { get; init; } = "";

    /// <summary>What a team's own rule says identifies the event, in either scope of the alert key; empty if none does.</summary>
    public string OwnIdentity { get; init; } = "";

    /// <summary>The fields worth reading, most telling first.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; }

    /// <summary>The account that is affected: the one that the event names, else the one that delivered it.</summary>
    public string AffectedAccount { get; init; } = "";

    /// <summary>What the team calls the affected account; empty if it has no name.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>The affected account as people write it: <c>shop-prod (111122223333)</c>.</summary>
    public string ShownAccount => AccountName.Length > 0 ? $"{AccountName} ({AffectedAccount})" : AffectedAccount;

    /// <summary>The region that is affected: the one that the event names, else the one that delivered it.</summary>
    public string AffectedRegion { get; init; } = "";

    /// <summary>The page that shows the resource; empty if none is known.</summary>
    public string ConsoleUrl { get; init; } = "";

    /// <summary>Labels besides those that the event's fields become.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The labels of fields that must stay, whatever else there is.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> KeptLabels { get; init; } = [];

    /// <summary>By the catalog's row, if there is one; where that finds nothing, by the rules for unknown events.</summary>
    public static EventSummary Create(EventBridgeEvent e)
    {
        var rules = new FieldInference(e);
        var scope = new ExpressionScope(e);
        var (account, region) = AffectedPlace.Find(e.Detail);
        account = account.Length > 0 ? account : e.Account;
        region = region.Length > 0 ? region : e.Region;
        if (Catalog.Find(e.Source, e.DetailType) is not { } row)
        {
            var state = rules.State();
            var isOver = Values.Severity.IsOver(state);
            return new EventSummary
            {
                Severity = Values.Severity.InWords(rules.Severity()),
                Closed = isOver ? state.ToUpperInvariant() : "",
                Subject = rules.Subject(),
                State = isOver ? "" : state,
                Message = rules.Message(),
                ResourceIdentity = IdentityOf(e, rules),
                Facts = rules.Facts(),
                AffectedAccount = account,
                AffectedRegion = region,
                ConsoleUrl = ConsoleLink.For(null, scope),
            };
        }

        return new EventSummary
        {
            Title = row.Title?.Evaluate(scope, Short) ?? "",
            Severity = row.Severity?.Evaluate(scope) is { Length: > 0 } severity ? Values.Severity.InWords(severity) : "",
            Closed = row.Closed?.Evaluate(scope) ?? "",
            Headline = row.Headline?.Evaluate(scope, Short) ?? "",
            Subject = row.Subject?.Evaluate(scope, Short) ?? rules.Subject(),
            State = row.State?.Evaluate(scope, Short) ?? rules.State(),
            Message = row.Description?.Evaluate(scope) ?? rules.Message(),
            ResourceIdentity = IdentityOf(row, scope) ?? IdentityOf(e, rules),
            Facts = row.Facts is null ? rules.Facts() : FactsOf(row.Facts, scope),
            EventIdentity = EventIdentityOf(e),
            AffectedAccount = row.Account?.Evaluate(scope) is { Length: > 0 } ownAccount ? ownAccount : account,
            AffectedRegion = row.Region?.Evaluate(scope) is { Length: > 0 } ownRegion ? ownRegion : region,
            ConsoleUrl = ConsoleLink.For(row.Link, scope),
            Labels = LabelsOf(row, scope),
            KeptLabels = KeptLabelsOf(row, scope),
        };
    }

    /// <summary>As a person would say it: of an ARN the name, of a number at most two decimals.</summary>
    public static string Short(string value)
    {
        var point = value.IndexOf('.', StringComparison.Ordinal);
        var isLong = point > 0 && (value.EndsWith(".0", StringComparison.Ordinal) || value.Length - point > 3);
        return isLong && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Math.Round(number, 2).ToString(CultureInfo.InvariantCulture)
            : Arn.Shorten(value);
    }

    /// <summary>AWS Health tells each region and each page of a communication apart by the event's id, and none of it is news.</summary>
    private static string EventIdentityOf(EventBridgeEvent e) =>
        e.Source == "aws.health" && e.Detail.TryGetMember("communicationId", out var id) ? JsonText.Of(id) : "";

    /// <summary>The identity that a row names; null if it names none, or one of its parts is missing.</summary>
    public static string? IdentityOf(AlertTemplate row, ExpressionScope scope)
    {
        var parts = new List<string>();
        foreach (var expression in row.Key ?? [])
        {
            var value = expression.Evaluate(scope);
            if (value.ToText() is not { } part)
            {
                return null;
            }

            parts.Add(Whole(value.Items is { Count: > 1 } ? Sorted(value.Items) : part));
        }

        return parts.Exists(static part => part.Length > 0) ? string.Join(' ', parts) : null;
    }

    /// <summary>An array's order says nothing of what an event is about.</summary>
    private static string Sorted(List<JsonElement> items)
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            texts.Add(ScalarText.Read(item) ?? "");
        }

        return string.Join(", ", texts);
    }

    /// <summary>The resource with what it is in, and the envelope's resources, in an order of their own.</summary>
    private static string IdentityOf(EventBridgeEvent e, FieldInference rules)
    {
        var parts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in rules.Identity())
        {
            parts.Add(Whole(part));
        }

        var named = parts.Count > 0;
        foreach (var resource in e.Resources)
        {
            if (!DeliveredResources.IsDelivery(resource) && !(named && DeliveredResources.IsRun(resource)))
            {
                // What the resource's ARN ends with is said by it.
                parts.RemoveWhere(part => resource.EndsWith('/' + part, StringComparison.Ordinal) || resource.EndsWith(':' + part, StringComparison.Ordinal));
                parts.Add(Whole(resource));
            }
        }

        return string.Join(' ', parts);
    }

    /// <summary>A part of an identity, in which a blank has a backslash before it: blanks stand between parts.</summary>
    private static string Whole(string part) => part.AsSpan().ContainsAny(' ', '\\')
        ? part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)
        : part;

    public static List<KeyValuePair<string, string>> FactsOf(Expression[] facts, ExpressionScope scope)
    {
        var found = new List<KeyValuePair<string, string>>();
        foreach (var fact in facts)
        {
            if (fact.Evaluate(scope).ToText() is { Length: > 0 } value)
            {
                found.Add(new(fact.Name, value));
            }
        }

        return found;
    }

    public static List<KeyValuePair<string, string>> LabelsOf(AlertTemplate row, ExpressionScope scope)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var (name, template) in row.Labels)
        {
            if (template.Evaluate(scope) is { } value)
            {
                labels.Add(new(name, value));
            }
        }

        return labels;
    }

    private static List<KeyValuePair<string, string>> KeptLabelsOf(AlertTemplate row, ExpressionScope scope)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var path in row.Paths)
        {
            if (LabelPath.Resolve(path, scope) is var (name, value) && ScalarText.Read(value) is { } text
                && !labels.Exists(label => label.Key == name))
            {
                labels.Add(new(name, text));
            }
        }

        return labels;
    }
}
