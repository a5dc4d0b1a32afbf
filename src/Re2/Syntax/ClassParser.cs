using System.Globalization;
using Re2.Unicode;

namespace Re2.Syntax;

/// <summary>Reads single characters and classes of them: escapes, <c>[…]</c>, <c>\d</c>, <c>\pN</c>, <c>[[:alpha:]]</c>.</summary>
internal sealed class ClassParser(PatternReader reader)
{
    private Dictionary<string, CodePointSet>? _unicodeClasses;

    /// <summary>Whether <c>(?i)</c> holds where the reader stands.</summary>
    public bool IgnoreCase { get; set; }

    public CodePointSet Literal(int codePoint) => Cased(CodePointSet.Create(codePoint));

    /// <summary><c>[…]</c>.</summary>
    public CodePointSet ReadBrackets()
    {
        var start = reader.Position++;
        var isNegated = reader.Accept('^');
        var ranges = new List<(int First, int Last)>();
        for (var isFirst = true; isFirst || reader.Peek() != ']'; isFirst = false)
        {
            if (reader.IsAtEnd)
            {
                throw new Re2Exception($"the [ at character {start + 1} is never closed: write \\[ for the character");
            }

            ranges.AddRange((ReadPosixClass() ?? (reader.Peek() == '\\' ? ReadNamedClass() : null) ?? ReadRange()).Ranges);
        }

        reader.Position++;
        var set = CodePointSet.Create(ranges);
        return isNegated ? set.Negated() : set;
    }

    private CodePointSet ReadRange()
    {
        var start = reader.Position;
        var first = ReadClassCharacter();
        var last = first;
        if (reader.Peek() == '-' && reader.Peek(1) is not (']' or '\0'))
        {
            reader.Position++;
            last = ReadClassCharacter();
        }

        return last >= first
            ? Cased(CodePointSet.Create([(first, last)]))
            : throw new Re2Exception($"the range {reader.Text[start..reader.Position]} is the wrong way round");
    }

    private int ReadClassCharacter() => reader.Peek() == '\\' ? ReadEscapedCharacter() : reader.IsAtEnd ? '\0' : reader.ReadCodePoint();

    private CodePointSet? ReadPosixClass()
    {
        if (!reader.IsAt("[:") || reader.Text.IndexOf(":]", reader.Position + 2, StringComparison.Ordinal) is not (>= 0 and var end))
        {
            return null;
        }

        var name = reader.Text[(reader.Position + 2)..end];
        var isNegated = name.StartsWith('^');
        var set = UnicodeClasses.Posix(isNegated ? name[1..] : name)
            ?? throw new Re2Exception($"[:{name}:] is not a POSIX class; they are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, "
                + "print, punct, space, upper, word, xdigit");
        reader.Position = end + 2;
        return Signed(set, isNegated);
    }

    /// <summary>At a backslash: <c>\d</c>, <c>\pN</c> and the like.</summary>
    /// <returns>Null if it begins another escape.</returns>
    public CodePointSet? ReadNamedClass()
    {
        var letter = reader.Peek(1);
        switch (letter)
        {
            case 'd' or 'D':
                reader.Position += 2;
                return Signed(UnicodeClasses.Posix("digit")!, letter == 'D');
            case 's' or 'S':
                reader.Position += 2;
                return Signed(UnicodeClasses.PerlSpace, letter == 'S');
            case 'w' or 'W':
                reader.Position += 2;
                return Signed(UnicodeClasses.Posix("word")!, letter == 'W');
            case 'p' or 'P':
                return ReadUnicodeClass(letter);
            default:
                return null;
        }
    }

    private CodePointSet ReadUnicodeClass(char letter)
    {
        var (name, length) = (reader.Peek(2).ToString(), 3);
        if (name == "{")
        {
            var end = reader.Find("}");
            (name, length) = end < 0
                ? throw new Re2Exception($"\\{letter}{{ is not closed by a }}")
                : (reader.Text[(reader.Position + 3)..end], end + 1 - reader.Position);
        }

        var isNegated = name.StartsWith('^');
        var key = isNegated ? name[1..] : name;
        if (_unicodeClasses is null || !_unicodeClasses.TryGetValue(key, out var set))
        {
            set = UnicodeClasses.Unicode(key) ?? throw new Re2Exception($"\\{letter}{{{name}}} is not a known Unicode category or script");
            (_unicodeClasses ??= []).Add(key, set);
        }

        reader.Position += length;
        return Signed(set, isNegated != (letter == 'P'));
    }

    /// <summary>At a backslash: the one character that the escape is.</summary>
    public int ReadEscapedCharacter()
    {
        if (reader.Position + 1 >= reader.Text.Length)
        {
            throw new Re2Exception("it ends in a single \\: write \\\\ for the character");
        }

        var start = reader.Position++;
        var c = reader.Text[reader.Position++];
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return ReadHexadecimal();
            case '0':
            case >= '1' and <= '7' when reader.Peek() is >= '0' and <= '7':
                var value = c - '0';
                for (var i = 0; i < 2 && reader.Peek() is >= '0' and <= '7'; i++)
                {
                    value = (value * 8) + reader.Text[reader.Position++] - '0';
                }

                return value;
            case (>= '1' and <= '9') or 'k':
                throw new Re2Exception($"\\{c} is a back reference, which RE2 does not support");
            case 'C':
                throw new Re2Exception("\\C is one byte, and the text has characters: write (?s:.)");
            case 'Z':
                throw new Re2Exception("RE2 does not support \\Z: write \\n?\\z, or \\z alone");
            case < '\x80' when !char.IsAsciiLetterOrDigit(c):
                return c;
            default:
                throw new Re2Exception($"RE2 does not support {reader.Text[start..reader.Position]}");
        }
    }

    /// <summary>After <c>\x</c>: two digits, or any number of them in braces.</summary>
    private int ReadHexadecimal()
    {
        var length = 2;
        var isBraced = reader.Accept('{');
        if (isBraced)
        {
            length = Math.Max(reader.Find("}"), reader.Position) - reader.Position;
        }

        if (length is > 0 and <= 8 && reader.Position + length <= reader.Text.Length
            && int.TryParse(
                reader.Text.AsSpan(reader.Position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= CodePointSet.Max)
        {
            reader.Position += isBraced ? length + 1 : length;
            return value;
        }

        throw new Re2Exception("\\x takes two hexadecimal digits, or up to 10FFFF in braces");
    }

    private CodePointSet Signed(CodePointSet set, bool isNegated) => isNegated ? Cased(set).Negated() : Cased(set);

    private CodePointSet Cased(CodePointSet set) => IgnoreCase ? CaseFolding.Close(set) : set;
}
