using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>One line that says what happened to what: the event's own headline, else <c>{detail-type}: {subject} {state}</c>.</summary>
internal static class Title
{
    /// <summary>So that a long subject leaves room for the state.</summary>
    private const int LongestSubject = 250;

    /// <summary>An alert must have a title, even if nothing of the event can be shown.</summary>
    private const string Nothing = "EventBridge event";

    public static string Create(string detailType, EventSummary summary)
    {
        var headline = TextSanitizer.OneLine(summary.Headline, FlashdutyLimits.Title);
        return TemplateGuard.Neutralize(headline.Length > 0 ? headline : Composed(detailType, summary));
    }

    private static string Composed(string detailType, EventSummary summary)
    {
        var type = TextSanitizer.OneLine(detailType, LongestSubject);
        var subject = TextSanitizer.OneLine(summary.Subject, LongestSubject);
        var state = TextSanitizer.OneLine(summary.State, FlashdutyLimits.Title);
        if (Says(subject, state))
        {
            state = "";
        }

        var what = subject.Length > 0 && state.Length > 0 ? $"{subject} {state}" : subject + state;
        var separator = type.Length == 0 || what.Length == 0 ? "" : type.EndsWith(':') ? " " : ": ";
        return type.Length + what.Length == 0 ? Nothing : TextSanitizer.Cut($"{type}{separator}{what}", FlashdutyLimits.Title);
    }

    /// <summary>Whether a subject that is a sentence says the state already, in words of its own.</summary>
    private static bool Says(string subject, string state)
    {
        if (state.Length == 0 || !subject.Contains(' '))
        {
            return false;
        }

        var at = subject.IndexOf(state, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(subject[at - 1]))
            && (at + state.Length == subject.Length || !char.IsLetterOrDigit(subject[at + state.Length]));
    }
}
