using System.Text;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>What a responder reads after the title: the event's own message, a line for each telling field, where and when it happened, and
/// the way to AWS's console.</summary>
internal static class Description
{
    private const int LongestValue = 300;
    private const string Nothing = "The event has nothing that can be shown.";

    public static string Create(EventBridgeEvent e, EventSummary summary)
    {
        var where = Where(e, summary);
        var body = new StringBuilder(TextSanitizer.Lines(summary.Message, FlashdutyLimits.Description));
        foreach (var (name, value) in summary.Facts)
        {
            if (value != summary.Message)
            {
                AddLine(body, name, value);
            }
        }

        var room = FlashdutyLimits.Description - where.Length - 1;
        return body.Length + where.Length == 0 ? Nothing : $"{CutAtLine(body.ToString(), room)}{(body.Length > 0 ? "\n" : "")}{where}";
    }

    /// <summary>Short enough to be there whatever comes before it.</summary>
    private static string Where(EventBridgeEvent e, EventSummary summary)
    {
        var lines = new StringBuilder();
        AddLine(lines, "account", summary.ShownAccount);
        AddLine(lines, "region", summary.AffectedRegion);
        if ((e.Account.Length > 0 && e.Account != summary.AffectedAccount) || (e.Region.Length > 0 && e.Region != summary.AffectedRegion))
        {
            AddLine(lines, "delivered to", $"{e.Account} {e.Region}".Trim());
        }

        AddLine(lines, "time", e.Time);
        AddLine(lines, "resource", DeliveredResources.First(e.Resources));

        if (lines.Length == 0)
        {
            AddLine(lines, "source", e.Source);
        }

        if (summary.ConsoleUrl.Length > 0)
        {
            lines.Append('\n').Append(summary.ConsoleUrl);
        }

        return lines.ToString();
    }

    private static void AddLine(StringBuilder lines, string name, string value)
    {
        var text = TextSanitizer.OneLine(value, LongestValue);
        if (text.Length > 0)
        {
            lines.Append(lines.Length > 0 ? "\n" : "").Append(TextSanitizer.OneLine(name, FlashdutyLimits.LabelName)).Append(": ").Append(text);
        }
    }

    /// <summary>A text that is too long loses whole lines, unless its first line alone is too long.</summary>
    private static string CutAtLine(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // A line of its own for the mark; but not at the price of most of the text.
        var end = text.LastIndexOf('\n', length - 2);
        return end > length / 2 ? $"{text.AsSpan(0, end + 1)}{TextSanitizer.Ellipsis}" : TextSanitizer.Cut(text, length);
    }
}
