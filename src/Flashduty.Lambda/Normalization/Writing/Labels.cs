using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>An alert's labels: the envelope's, then the detail's, flattened shallow fields first. On a clash of names the first
/// stays.</summary>
internal sealed class Labels
{
    /// <summary>A bound on the work a huge event can ask for; one that is full of empty values would else be read to its end.</summary>
    private const int MostVisited = 4000;

    private readonly List<KeyValuePair<string, string>> _labels = [];

    private Labels()
    {
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Create(EventBridgeEvent e, EventSummary summary)
    {
        var labels = new Labels();
        labels.AddEnvelope(e, summary);
        labels.AddDetail(e.Detail, summary.KeptLabels);
        return labels._labels;
    }

    private void AddEnvelope(EventBridgeEvent e, EventSummary summary)
    {
        // A team's own come first: they may say what service it is better than the source does.
        foreach (var (name, value) in summary.Labels)
        {
            Add(name, value);
        }

        Add("source", e.Source);
        Add("detail_type", e.DetailType);
        Add("account", e.Account);
        Add("region", e.Region);
        Add("event_id", e.Id);
        Add("event_time", e.Time);
        var resource = DeliveredResources.First(e.Resources);
        if (resource.Length > 0)
        {
            Add("resource", resource);
        }

        if (e.Resources.Count > 1)
        {
            Add("resources", Joined(e.Resources));
        }

        Add("service", Service(e.Source));
        Add("check", e.DetailType);
        Add("affected_account", summary.AffectedAccount);
        Add("affected_region", summary.AffectedRegion);
        Add("event_severity", summary.Severity.ToLowerInvariant());
        Add("replay_name", e.ReplayName);
        Add("console_url", summary.ConsoleUrl);
        Add("account_name", summary.AccountName);
    }

    /// <summary><c>ec2</c> for <c>aws.ec2</c>, the partner's name for a partner's events; a team's own source is its own name, whole, since
    /// nothing says which part of it is the service.</summary>
    private static string Service(string source)
    {
        const string Aws = "aws.";
        const string Partner = "aws.partner/";
        if (source.StartsWith(Partner, StringComparison.Ordinal))
        {
            var name = source[Partner.Length..];
            return name.IndexOf('/') is var slash and > 0 ? name[..slash] : name;
        }

        return source.StartsWith(Aws, StringComparison.Ordinal) && source.Length > Aws.Length ? source[Aws.Length..] : source;
    }

    private static string Joined(IReadOnlyList<string> texts)
    {
        var length = 0;
        var count = 0;
        while (count < texts.Count && length <= FlashdutyLimits.LabelValue)
        {
            length += texts[count++].Length + 1;
        }

        return string.Join(',', texts.Take(count));
    }

    /// <summary>Breadth first, so shallow fields come first and, within a depth, in the event's order.</summary>
    private void AddDetail(JsonElement detail, IReadOnlyList<KeyValuePair<string, string>> kept)
    {
        var open = new Queue<(string Name, JsonElement Value)>();
        Visit(LabelName.Root, detail);
        for (var visited = 0; visited < MostVisited && _labels.Count < FlashdutyLimits.Labels && open.TryDequeue(out var next);)
        {
            if (next.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in next.Value.EnumerateObject())
                {
                    if (++visited > MostVisited)
                    {
                        break;
                    }

                    Visit(LabelName.Append(next.Name, JsonText.NameOf(member)), member.Value);
                }
            }
            else
            {
                var index = 0;
                foreach (var element in next.Value.EnumerateArray())
                {
                    if (++visited > MostVisited)
                    {
                        break;
                    }

                    Visit(LabelName.Append(next.Name, index++.ToString(CultureInfo.InvariantCulture)), element);
                }
            }
        }

        // What the walk did not come to.
        foreach (var (name, value) in kept)
        {
            Add(name, value);
        }

        void Visit(string name, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object || (value.ValueKind == JsonValueKind.Array && ScalarText.Join(value) is null))
            {
                if (open.Count < MostVisited)
                {
                    open.Enqueue((name, value));
                }
            }
            else if (Room(kept, name) && ScalarText.Read(value) is { } text)
            {
                Add(name, text);
            }
        }
    }

    /// <summary>Whether there is a place for this label beside those that must be kept.</summary>
    private bool Room(IReadOnlyList<KeyValuePair<string, string>> kept, string name)
    {
        var reserved = 0;
        foreach (var label in kept)
        {
            if (label.Key == name)
            {
                return true;
            }

            reserved += Has(_labels, label.Key) ? 0 : 1;
        }

        return _labels.Count + reserved < FlashdutyLimits.Labels;
    }

    private void Add(string name, string value)
    {
        var text = TextSanitizer.OneLine(value, FlashdutyLimits.LabelValue);
        if (text.Length > 0 && _labels.Count < FlashdutyLimits.Labels && !Has(_labels, name))
        {
            _labels.Add(new(name, text));
        }
    }

    private static bool Has(List<KeyValuePair<string, string>> labels, string name)
    {
        foreach (var label in labels)
        {
            if (label.Key == name)
            {
                return true;
            }
        }

        return false;
    }
}
