using System.Globalization;
using System.Text;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>What an event says, made fit to be shown: no control characters, nothing that turns the direction of the text, nothing
/// invisible that could hide a word, no lone surrogate; never longer than its limit.</summary>
internal static class TextSanitizer
{
    public const char Ellipsis = '…';

    /// <summary>For titles and label values: line breaks and tabs are spaces, spaces are single, none at the ends.</summary>
    public static string OneLine(string text, int length) => IsClean(text) ? Cut(text, length) : Clean(text, length, keepLines: false);

    /// <summary>For descriptions: as <see cref="OneLine"/>, but lines stay lines.</summary>
    public static string Lines(string text, int length) => IsClean(text) ? Cut(text, length) : Clean(text, length, keepLines: true);

    /// <summary>At most so many UTF-16 code units. A cut text ends with <see cref="Ellipsis"/> and never within a character.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        while (end > 0 && ContinuesCharacter(text, end))
        {
            end--;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd(), [Ellipsis]);
    }

    /// <summary>Whether a cut before <paramref name="index"/> would split what a reader sees as one character.</summary>
    private static bool ContinuesCharacter(string text, int index) =>
        char.IsLowSurrogate(text[index])
        || text[index] is '\u200D' or (>= '\uFE00' and <= '\uFE0F') or (>= '\u0300' and <= '\u036F')
        || text[index - 1] == '\u200D';

    private static bool IsClean(string text)
    {
        var previous = ' ';
        foreach (var c in text)
        {
            if (c < ' ' || c == '\x7F' || (c == ' ' && previous == ' ') || (c >= '\x80' && (char.IsSurrogate(c) || IsBreak(c) || IsHidden(c) || IsJoiner(c))))
            {
                return false;
            }

            previous = c;
        }

        return previous != ' ' || text.Length == 0;
    }

    private static string Clean(string text, int length, bool keepLines)
    {
        var clean = new StringBuilder(Math.Min(text.Length, length + 2));
        for (var i = 0; i < text.Length && clean.Length <= length; i++)
        {
            var c = text[i];
            if (keepLines && c == '\n')
            {
                TrimEnd(clean);
                if (clean.Length > 0)
                {
                    clean.Append('\n');
                }
            }
            else if (IsBreak(c))
            {
                if (clean.Length > 0 && clean[^1] is not ' ' and not '\n')
                {
                    clean.Append(' ');
                }
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                // Plane 14 has nothing but tags and selectors, which are not seen.
                i++;
                if (c is not ('\uDB40' or '\uDB41'))
                {
                    clean.Append(c).Append(text[i]);
                }
            }
            else if (char.IsSurrogate(c))
            {
                clean.Append('\uFFFD');
            }
            else if (!IsHidden(c) && !(IsJoiner(c) && !Joins(text, i)))
            {
                clean.Append(c);
            }
        }

        TrimEnd(clean);
        while (clean.Length > 0 && clean[^1] == '\n')
        {
            clean.Length--;
        }

        return Cut(clean.ToString(), length);
    }

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }

    /// <summary>White space of any kind, and every control character that may stand for some.</summary>
    private static bool IsBreak(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Control and format characters (bidirectional marks, embeddings, overrides and isolates, characters of no width), and letters
    /// that are not seen.</summary>
    private static bool IsHidden(char c) => c < '\x80'
        ? c < ' ' || c == '\x7F'
        : c is '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or '\u3164' or '\uFFA0'
            || (!IsJoiner(c) && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format);

    private static bool IsJoiner(char c) => c is '\u200C' or '\u200D';

    /// <summary>Whether a joiner stands where scripts and emoji need one, and not inside a word that it would only make look like
    /// another.</summary>
    private static bool Joins(string text, int index)
    {
        const char FirstJoined = '\u0600';
        return index > 0 && index + 1 < text.Length && text[index - 1] >= FirstJoined && text[index + 1] >= FirstJoined
            && !IsHidden(text[index + 1]) && !IsJoiner(text[index + 1]);
    }
}
