using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>The resources of an event's envelope.</summary>
internal static class DeliveredResources
{
    /// <summary>Whether an ARN says how the event was delivered and not what it is about: an event bus, a rule, a partner's event source, a
    /// replay.</summary>
    public static bool IsDelivery(string resource) =>
        Arn.TryParse(resource, out var arn) && arn.Service == "events" && arn.Type is "event-bus" or "event-source" or "replay" or "archive";

    /// <summary>Whether an ARN names one run of something, which is another one each time.</summary>
    public static bool IsRun(string resource) =>
        Arn.TryParse(resource, out var arn)
        && FieldNameLexicon.Any(NameTokenizer.Tokenize(arn.Type), FieldNameLexicon.IsRun)
        || resource.Contains("/execution/", StringComparison.Ordinal)
        || resource.Contains(":build/", StringComparison.Ordinal);

    /// <summary>The first resource that the event is about; empty if there are no resources.</summary>
    public static string First(IReadOnlyList<string> resources)
    {
        foreach (var resource in resources)
        {
            if (!IsDelivery(resource))
            {
                return resource;
            }
        }

        return "";
    }

    /// <summary>The first resource of a kind that the detail type names, else the first; empty if there are no resources.</summary>
    public static string Best(IReadOnlyList<string> resources, DetailTypeTerms terms)
    {
        var best = "";
        foreach (var resource in resources)
        {
            if (IsDelivery(resource))
            {
                continue;
            }

            if (best.Length == 0)
            {
                best = resource;
            }

            if (Arn.TryParse(resource, out var arn) && arn.Type.Length > 0 && terms.IsInDetailType(NameTokenizer.Tokenize(arn.Type)))
            {
                return resource;
            }
        }

        return best;
    }
}
