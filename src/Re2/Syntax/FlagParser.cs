namespace Re2.Syntax;

/// <summary>Reads the flags of a group: <c>(?i)</c>, <c>(?s-i:…)</c>.</summary>
internal static class FlagParser
{
    /// <summary>After <c>(?</c>, up to and including the <c>:</c> or <c>)</c>.</summary>
    /// <param name="flags">Those that hold before.</param>
    /// <param name="start">The index of the group's parenthesis, for the error.</param>
    public static RegexFlags Read(PatternReader reader, RegexFlags flags, int start)
    {
        var (isNegative, isFlag) = (false, true);
        for (; !reader.IsAtEnd; reader.Position++)
        {
            var flag = RegexFlags.None;
            switch (reader.Peek())
            {
                case 'i': flag = RegexFlags.IgnoreCase; break;
                case 'm': flag = RegexFlags.Multiline; break;
                case 's': flag = RegexFlags.DotAll; break;
                case 'U': break;
                case '-' when !isNegative:
                    (isNegative, isFlag) = (true, false);
                    continue;
                case ':' or ')' when isFlag:
                    reader.Position++;
                    return flags;
                default:
                    throw Unsupported(reader, start);
            }

            isFlag = true;
            flags = isNegative ? flags & ~flag : flags | flag;
        }

        throw NeverClosed(start);
    }

    public static Re2Exception NeverClosed(int start) =>
        new($"the ( at character {start + 1} is never closed: write \\( for the character");

    private static Re2Exception Unsupported(PatternReader reader, int start)
    {
        var what = reader.Text.AsSpan(start) switch
        {
            ['(', '?', '=', ..] or ['(', '?', '!', ..] => "looks ahead",
            ['(', '?', '<', ..] => "looks behind",
            ['(', '?', '>', ..] => "is an atomic group",
            ['(', '?', '(', ..] => "is a conditional",
            ['(', '?', '#', ..] => "is a comment",
            ['(', '?', 'P', '=', ..] => "is a back reference",
            _ => "has flags other than i, m, s and U",
        };
        var end = Math.Min(reader.Text.Length, reader.Position + 1);
        return new Re2Exception($"{reader.Text[start..end]} {what}, which RE2 does not support");
    }
}
