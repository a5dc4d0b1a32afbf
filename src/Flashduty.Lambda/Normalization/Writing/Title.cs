using System.Text;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>One line that says, in this order: that it is a replay, that it is over, how bad it is, what happened (the event's own headline,
/// else the detail type), to what, what became of it, and where, if that is not where the event comes from. Nothing is repeated.</summary>
internal static class Title
{
    /// <summary>So that a long subject leaves room for the state.</summary>
    private const int MaxSubject = 250;

    private const string ReplayMark = "Replay: ";

    /// <summary>An alert must have a title, even if nothing of the event can be shown.</summary>
    private const string Nothing = "EventBridge event";

    public static string Create(EventBridgeEvent e, EventSummary summary) =>
        TemplateGuard.Neutralize(TextSanitizer.Cut(Whole(e, summary), FlashdutyLimits.Title));

    /// <summary>A rule's own title is whole; only a replay is marked even so.</summary>
    private static string Whole(EventBridgeEvent e, EventSummary summary)
    {
        var title = TextSanitizer.OneLine(summary.Title, FlashdutyLimits.Title);
        return title.Length == 0 ? Prefix(e, summary) + Sentence(e, summary)
            : e.ReplayName.Length > 0 && !title.Contains(ReplayMark, StringComparison.Ordinal) ? ReplayMark + title
            : title;
    }

    private static string Prefix(EventBridgeEvent e, EventSummary summary)
    {
        var closed = TextSanitizer.OneLine(summary.Closed, MaxSubject);
        var prefix = e.ReplayName.Length > 0 ? ReplayMark : "";
        prefix += closed.Length > 0 && !Says(e.DetailType, closed) ? closed + ": " : "";

        // "Informational" is no news at night.
        var severity = Severity.BadnessOf(summary.Severity) > 10 ? summary.Severity : "";
        var isSaid = severity.Length > 0 && (summary.Headline.StartsWith(severity, StringComparison.OrdinalIgnoreCase)
            || Says(summary.State, severity) || Says(summary.Subject, severity));
        return severity.Length > 0 && !isSaid ? $"{prefix}{severity}: " : prefix;
    }

    private static string Sentence(EventBridgeEvent e, EventSummary summary)
    {
        var headline = TextSanitizer.OneLine(summary.Headline, FlashdutyLimits.Title);
        var head = headline.Length > 0 ? headline : TextSanitizer.OneLine(e.DetailType, MaxSubject);
        var subject = TextSanitizer.OneLine(summary.Subject, MaxSubject);
        var state = TextSanitizer.OneLine(summary.State, FlashdutyLimits.Title);
        if (headline.Length > 0)
        {
            head = headline.TrimEnd('.');
            subject = Says(headline, subject) ? "" : subject;
            state = Says(headline, state) ? "" : state;
        }

        state = Says(subject, state) && subject.Contains(' ', StringComparison.Ordinal) ? "" : state;
        var what = subject.Length > 0 && state.Length > 0 ? $"{subject} {state}" : subject + state;
        what += Where(e, summary, what);
        var separator = head.Length == 0 || what.Length == 0 ? "" : head.EndsWith(':') ? " " : ": ";
        return head.Length + what.Length == 0 ? Nothing : $"{head}{separator}{what}";
    }

    /// <summary>Where it happened, if that is not where the event was delivered.</summary>
    private static string Where(EventBridgeEvent e, EventSummary summary, string said)
    {
        var where = new StringBuilder();
        if (summary.AffectedAccount.Length > 0 && e.Account.Length > 0 && summary.AffectedAccount != e.Account && !Says(said, summary.AffectedAccount))
        {
            where.Append(TextSanitizer.OneLine(summary.ShownAccount, MaxSubject));
        }

        if (summary.AffectedRegion.Length > 0 && e.Region.Length > 0 && summary.AffectedRegion != e.Region && !Says(said, summary.AffectedRegion))
        {
            where.Append(where.Length > 0 ? " " : "").Append(TextSanitizer.OneLine(summary.AffectedRegion, MaxSubject));
        }

        return where.Length > 0 ? $"{(said.Length > 0 ? " " : "")}[{where}]" : "";
    }

    /// <summary>Whether a text says a part already, in words of its own.</summary>
    private static bool Says(string text, string part)
    {
        var at = part.Length == 0 ? -1 : text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            && (at + part.Length == text.Length || !char.IsLetterOrDigit(text[at + part.Length]));
    }
}
