using System.Globalization;
using System.Text;
using Flashduty.Lambda.Limits;

namespace Flashduty.Lambda.Logging;

/// <summary>Text from outside, made safe for a log line: of bounded length, and without characters that hide, reorder or forge
/// text.</summary>
internal static class LogText
{
    private const char Ellipsis = '…';

    /// <param name="text">Any text.</param>
    /// <param name="maxLength">In UTF-16 code units.</param>
    /// <param name="keepLines">Whether line breaks and tabs stay, as in a stack trace.</param>
    public static string Clean(string text, int maxLength = SizeLimits.LogField, bool keepLines = false) =>
        text.Length <= maxLength && IsPlain(text) ? text : Rewrite(text, maxLength, keepLines);

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or >= '\x7F')
            {
                return false;
            }
        }

        return true;
    }

    private static string Rewrite(string text, int maxLength, bool keepLines)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength - 1)
            {
                clean.Append(Ellipsis);
                break;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when keepLines && rune.Value is '\n' or '\r' or '\t':
                    clean.Append((char)rune.Value);
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                case UnicodeCategory.Format: // bidirectional controls, zero-width characters, tags
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }

        return clean.ToString();
    }
}
