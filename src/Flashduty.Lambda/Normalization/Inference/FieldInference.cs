using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>What an event says whose type no row of the catalog knows, read from the names of its fields:
/// <see cref="ResourceFinder"/> finds what it is about, <see cref="OutcomeFinder"/> what became of it.</summary>
internal sealed class FieldInference(EventBridgeEvent e)
{
    private const int MaxFacts = 12;

    private readonly DetailTypeTerms _terms = new(e);
    private List<DetailField>? _fields;
    private ResourceFinder? _resources;
    private OutcomeFinder? _outcome;
    private DetailField? _headline;

    private List<DetailField> Fields => _fields ??= DetailFields.From(e.Detail);

    private ResourceFinder Resources => _resources ??= new ResourceFinder(Fields, _terms);

    private OutcomeFinder Outcome => _outcome ??= new OutcomeFinder(Fields, _terms);

    /// <summary>The resource that a part of an event names, such as the parameters of a CloudTrail call; null if it names none.</summary>
    public static string? Thing(EventBridgeEvent e, JsonElement part)
    {
        var call = e.Detail.TryGetMember("eventName", out var name) ? JsonText.Of(name) : "";
        var rules = new FieldInference(e with { DetailType = call, Detail = part, Resources = [] });
        return rules.Resources.Primary is { Kind: not ResourceKind.Surroundings } ? rules.Named() : null;
    }

    /// <summary>What happened to: the resource and what it is in; the event's source if it names none.</summary>
    public string Subject()
    {
        if (EmbeddedJson.Unwrap(e.Detail).ValueKind is not JsonValueKind.Object && ScalarText.Read(e.Detail) is { } text)
        {
            return text;
        }

        var resource = DeliveredResources.Best(e.Resources, _terms);
        var primary = Resources.Primary;
        if (Headline is { } headline && (!Resources.IsSure || primary!.Noun.Length == 0 || (primary.IsTitledByName && !primary.Has(headline.Text))))
        {
            return WithContext(headline.Text, primary is { Kind: ResourceKind.Thing } ? [primary, .. Resources.Others()] : [], resource);
        }

        return Resources.IsSure || (primary is not null && resource.Length == 0) ? Named()
            : resource.Length > 0 ? WithContext(Arn.Shorten(resource), primary is { Kind: ResourceKind.Thing } ? [primary] : [], "", inside: false)
            : Facts().Count == 0 && Message().Length == 0 ? e.Source
            : Outcome.FirstText() ?? "";
    }

    /// <summary>What tells this event's resource from others, the same at each repeat; empty if nothing does.</summary>
    public IEnumerable<string> Identity()
    {
        var named = new List<NamedResource>();
        if (Resources.Primary is { } primary && (Resources.IsSure || e.Resources.Count == 0 || primary.Kind == ResourceKind.Thing))
        {
            named.Add(primary);
            named.AddRange(Resources.Others());
        }

        // What recurs has another number each time; what it is in, or what else is named, stands for it.
        var lasting = named.Exists(static resource => resource.Kind == ResourceKind.Thing && (!resource.IsRepeated || resource.HasName));
        foreach (var resource in named)
        {
            if (!lasting || (resource.Kind == ResourceKind.Thing && (!resource.IsRepeated || resource.HasName)))
            {
                yield return resource.Identity;
            }
        }
    }

    /// <summary>What became of it, and why, if that can be said in a few words.</summary>
    public string State() => Outcome.Describe(Headline is not null || IsSentence, Resources.Primary);

    /// <summary>What happened, in the event's own sentences.</summary>
    public string Message() => Outcome.Message;

    /// <summary>How bad it is, in the event's own word; empty if it has none.</summary>
    public string Severity() => Outcome.Severity;

    /// <summary>The shallow fields in the event's order.</summary>
    public List<KeyValuePair<string, string>> Facts()
    {
        var facts = new List<KeyValuePair<string, string>>();
        foreach (var field in Fields)
        {
            if (field is { Depth: <= 1, InArray: false } && facts.Count < MaxFacts && field.Text != Message())
            {
                facts.Add(new(field.Path, field.Text));
            }
        }

        return facts;
    }

    /// <summary>The event's own sentence for what happened.</summary>
    private DetailField? Headline => _headline ??= FindHeadline();

    /// <summary>Whether the name is a sentence that says what happened, as DevOps Guru's insights have.</summary>
    private bool IsSentence => Resources.IsSure && Resources.Primary!.Title.AsSpan().Count(' ') >= 3;

    private DetailField? FindHeadline()
    {
        foreach (var field in Fields)
        {
            var stem = NameTokenizer.Stem(field.Words);
            if (field is { IsText: true, Depth: <= 1, InArray: false } && FieldNameLexicon.IsProse(field.Words) && field.Text.Length <= 200
                && (stem.IsEmpty || stem is "msg" or "alert" or "event" or "issue" or "incident" or "short" || _terms.CountInDetailType(stem) > 0))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The primary resource with what it is in; a name in parentheses where it is only an id: <c>35436 (Printer is on
    /// fire)</c>.</summary>
    private string Named()
    {
        var primary = Resources.Primary!;
        var title = primary.Title + (primary.Among > 1 ? $" (+{primary.Among - 1} more)" : "");
        return Headline is { } headline && !primary.Has(headline.Text) && !primary.IsTitledByName
            ? WithContext($"{title} ({headline.Text})", Resources.Others(), DeliveredResources.Best(e.Resources, _terms))
            : WithContext(title, Resources.Others(), DeliveredResources.Best(e.Resources, _terms));
    }

    private string WithContext(string subject, IEnumerable<NamedResource> others, string resource, bool inside = true)
    {
        var isId = Resources.Primary is { IsTitledByName: false } primary && subject == primary.Title;
        var beside = "";
        var around = "";
        foreach (var other in others)
        {
            var title = other.Title;
            if (Says(subject, title) || Says(around, title) || Says(beside, title))
            {
                continue;
            }

            if (other.IsContainer && inside)
            {
                around += around.Length > 0 ? "/" + title : " in " + title;
            }
            else if (other.IsTitledByName || !inside || other.Noun is "resource" || (isId && (other.Index > 0 || other.IsEntity)))
            {
                beside += beside.Length > 0 ? ", " + title : title;
            }
        }

        subject += (beside.Length > 0 ? $" ({beside})" : "") + around;
        if (around.Length == 0 && Arn.TryParse(resource, out var arn) && IsTelling(NameTokenizer.Tokenize(arn.Type)) && !IsPrimarys(arn)
            && !Says(subject, arn.ShortName) && !Says(resource, subject))
        {
            subject += " in " + arn.ShortName;
        }

        return subject;
    }

    private bool IsPrimarys(in Arn arn) =>
        Resources.Primary is { } primary && NameTokenizer.Same(NameTokenizer.Last(primary.Noun), NameTokenizer.Last(NameTokenizer.Tokenize(arn.Type)));

    private bool IsTelling(string type) => FieldNameLexicon.IsContainer(NameTokenizer.Last(type)) || _terms.EndsWithWordOfDetailType(type);

    private static bool Says(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
