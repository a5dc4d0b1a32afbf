using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>What an event says, in an alert's terms, before limits and guards. Texts are empty where the event has none.</summary>
/// <param name="Headline">A sentence that is the whole title.</param>
/// <param name="Subject">The thing it happened to.</param>
/// <param name="State">What became of it.</param>
/// <param name="Message">What happened, in the event's own sentences.</param>
/// <param name="ResourceIdentity">The same for all events about one thing; empty if nothing tells.</param>
/// <param name="Facts">The fields worth reading, most telling first.</param>
/// <param name="ConsoleUrl">The page of the thing in AWS's console; empty if there is none.</param>
/// <param name="LabelPaths">The paths of the fields that must be labels.</param>
internal sealed record EventSummary(
    string Headline,
    string Subject,
    string State,
    string Message,
    string ResourceIdentity,
    IReadOnlyList<KeyValuePair<string, string>> Facts,
    string ConsoleUrl,
    IReadOnlyList<string> LabelPaths)
{
    /// <summary>By the catalog's row, if there is one; where that finds nothing, by the rules for unknown events.</summary>
    public static EventSummary Create(EventBridgeEvent e)
    {
        var row = Catalog.Find(e.Source, e.DetailType);
        var rules = new FieldInference(e);
        return row is null
            ? new EventSummary("", rules.Subject(), rules.State(), rules.Message(), IdentityOf(e, rules), rules.Facts(), ConsoleLink.For(null, e), [])
            : new EventSummary(
                FieldExpression.Read(row.Headline, e) ?? "",
                FieldExpression.Read(row.Subject, e, Short) ?? rules.Subject(),
                FieldExpression.Read(row.State, e, Short) ?? rules.State(),
                FieldExpression.Read(row.Message, e) ?? rules.Message(),
                FieldExpression.Read(row.Identity, e, Whole) ?? IdentityOf(e, rules),
                row.Facts is null ? rules.Facts() : FactsOf(row.Facts, e),
                ConsoleLink.For(row, e),
                LabelPathsOf(row));
    }

    /// <summary>As a person would say it: of an ARN the name, of 55.0 the 55.</summary>
    private static string Short(string value) =>
        value.EndsWith(".0", StringComparison.Ordinal) && value.Length < 12 && value.AsSpan(0, value.Length - 2).IndexOfAnyExceptInRange('0', '9') < 0
            ? value[..^2]
            : Arn.Shorten(value);

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

    private static List<KeyValuePair<string, string>> FactsOf(string facts, EventBridgeEvent e)
    {
        var found = new List<KeyValuePair<string, string>>();
        foreach (var range in facts.AsSpan().Split(", "))
        {
            var path = facts.AsSpan(range);
            if (FieldPath.Read(path, e) is { } value)
            {
                found.Add(new(NameOf(path), value));
            }
        }

        return found;
    }

    /// <summary>The last two names of a path, without its brackets: enough to know what the value is.</summary>
    private static string NameOf(ReadOnlySpan<char> path)
    {
        var last = path.LastIndexOf('.');
        var name = last < 0 ? path : path[(path[..last].LastIndexOf('.') + 1)..];
        if (name.IndexOf('[') is var open and >= 0)
        {
            return $"{name[..open]}{name[(name.IndexOf(']') + 1)..]}";
        }

        return name.ToString();
    }

    private static List<string> LabelPathsOf(CatalogRow row)
    {
        var paths = new List<string>();
        FieldExpression.AddPaths(row.Headline, paths);
        FieldExpression.AddPaths(row.Subject, paths);
        FieldExpression.AddPaths(row.State, paths);
        FieldExpression.AddPaths(row.Identity, paths);
        if (row.Facts is { } facts)
        {
            foreach (var range in facts.AsSpan().Split(", "))
            {
                paths.Add(facts[range]);
            }
        }

        return paths;
    }
}
