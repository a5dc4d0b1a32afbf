namespace Flashduty.Lambda.Normalization;

/// <summary>One line that says what happened to what: the event's own headline, else <c>{detail-type}: {subject} {state}</c>.</summary>
internal static class Title
{
    /// <summary>So that a long subject leaves room for the state.</summary>
    private const int LongestSubject = 250;

    /// <summary>An alert must have a title, even if nothing of the event can be shown.</summary>
    private const string Nothing = "EventBridge event";

    public static string Of(string detailType, Interpretation interpretation)
    {
        var headline = Text.OneLine(interpretation.Headline, Limits.Title);
        return TitleTemplateGuard.Neutralize(headline.Length > 0 ? headline : Composed(detailType, interpretation));
    }

    private static string Composed(string detailType, Interpretation interpretation)
    {
        var type = Text.OneLine(detailType, LongestSubject);
        var subject = Text.OneLine(interpretation.Subject, LongestSubject);
        var state = Text.OneLine(interpretation.State, Limits.Title);
        if (Says(subject, state))
        {
            state = "";
        }

        var what = subject.Length > 0 && state.Length > 0 ? $"{subject} {state}" : subject + state;
        var separator = type.Length == 0 || what.Length == 0 ? "" : type.EndsWith(':') ? " " : ": ";
        return type.Length + what.Length == 0 ? Nothing : Text.Cut($"{type}{separator}{what}", Limits.Title);
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
