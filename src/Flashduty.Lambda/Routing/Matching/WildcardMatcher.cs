namespace Flashduty.Lambda.Routing.Matching;

/// <summary>A text with <c>*</c> (any characters, or none) and <c>?</c> (one character), for the whole field, without escapes.</summary>
/// <remarks>A character is a code point. <c>*</c> alone therefore matches every field that exists, an empty one too.</remarks>
internal sealed class WildcardMatcher(string pattern) : ValueMatcher
{
    /// <summary>At most the field's length times the pattern's: only the last <c>*</c> is ever retried.</summary>
    public override bool Matches(string field)
    {
        var (f, p) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (f < field.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (afterStar, retry) = (++p, f);
            }
            else if (p < pattern.Length && pattern[p] == '?')
            {
                f += CharacterLength(field, f);
                p++;
            }
            else if (p < pattern.Length && pattern[p] == field[f])
            {
                f++;
                p++;
            }
            else if (afterStar >= 0)
            {
                retry += CharacterLength(field, retry);
                (f, p) = (retry, afterStar);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimEnd('*').IsEmpty;
    }

    private static int CharacterLength(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
}
