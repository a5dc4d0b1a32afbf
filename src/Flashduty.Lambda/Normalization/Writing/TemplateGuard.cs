namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>Keeps Flashduty from evaluating what an event says.</summary>
/// <remarks>
/// Flashduty reads <c>title_rule</c> as a template in three ways: <c>[TPL]</c> in front turns on <c>${label}</c> and Go's <c>{{…}}</c>, and
/// without it the text is split at <c>::</c>, each part that begins with <c>$</c> being a label's name. So of these a title holds none: the
/// character each begins with is exchanged for its full-width twin, which a person reads as the same. Exchanging, unlike removing, cannot
/// make a new one of what is left.
/// </remarks>
internal static class TemplateGuard
{
    public static string Neutralize(string title)
    {
        if (title.AsSpan().IndexOfAny("$[{:") < 0)
        {
            return title;
        }

        return string.Create(title.Length, title, static (output, title) =>
        {
            for (var i = 0; i < title.Length; i++)
            {
                output[i] = title[i] switch
                {
                    '$' => '＄',
                    '{' when Next(title, i) == '{' => '｛',
                    ':' when Next(title, i) == ':' => '：',
                    '[' when IsTemplateMark(title, i) => '［',
                    var c => c,
                };
            }
        });
    }

    /// <summary>The next character that has a width.</summary>
    private static char Next(string title, int index)
    {
        do
        {
            index++;
        }
        while (index < title.Length && IsJoiner(title[index]));

        return index < title.Length ? title[index] : '\0';
    }

    /// <summary>Whether the letters after a bracket are TPL, whatever else stands between them.</summary>
    private static bool IsTemplateMark(string title, int bracket)
    {
        const string Mark = "TPL";
        var matched = 0;
        for (var i = bracket + 1; i < title.Length && title[i] is not '[' and not ']' && matched < Mark.Length; i++)
        {
            if (char.ToUpperInvariant(title[i]) == Mark[matched])
            {
                matched++;
            }
            else if (char.IsLetterOrDigit(title[i]))
            {
                return false;
            }
        }

        return matched == Mark.Length;
    }

    private static bool IsJoiner(char c) => c is '\u200C' or '\u200D' or (>= '\uFE00' and <= '\uFE0F');
}
