using System.Globalization;
using System.Text;

namespace Flashduty.Lambda.Local.Output;

/// <summary>Text that is safe in a terminal: what an event says must not move the cursor or hide a line.</summary>
internal static class Printable
{
    /// <summary>One line: line breaks and other control and formatting characters as escapes (<c>\n</c>, <c>\u001b</c>).</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => line.Append(@"\n"),
                '\r' => line.Append(@"\r"),
                '\t' => line.Append(@"\t"),
                _ when IsShown(c) => line.Append(c),
                _ => line.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
            };
        }

        return line.ToString();
    }

    /// <summary>The lines of a text of several.</summary>
    public static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(Line);

    // Format characters include the bidirectional overrides; the joiner is part of emoji.
    private static bool IsShown(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        || c == '\u200d';
}
