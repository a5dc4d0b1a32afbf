using System.Globalization;
using System.Text;

namespace Re2;

/// <summary>Reads RE2's syntax, as Go's <c>regexp</c> takes it: https://github.com/google/re2/wiki/Syntax.</summary>
/// <remarks><c>\C</c> (one byte) is refused, as Go does: the text matched here has characters, not bytes.</remarks>
internal sealed class Parser
{
    /// <summary>RE2's limit of a repetition, and of nested ones multiplied.</summary>
    public const int MaxRepeat = 1000;

    private readonly string _text;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Flags _flags;
    private int _position;

    private Parser(string text) => _text = text;

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        Multiline = 2,
        DotAll = 4,
    }

    /// <exception cref="Re2Exception">RE2 refuses the text too.</exception>
    public static RegexNode Parse(string text)
    {
        var parser = new Parser(text);
        var node = parser.Alternation();
        if (parser._position < text.Length)
        {
            throw new Re2Exception("a ) has no ( before it: write \\) for the character");
        }

        CheckRepeats(node, MaxRepeat);
        return node;
    }

    private RegexNode Alternation()
    {
        var branches = new List<RegexNode> { Sequence() };
        while (Accept('|'))
        {
            branches.Add(Sequence());
        }

        return branches.Count == 1 ? branches[0] : new RegexNode.Either(branches);
    }

    private RegexNode Sequence()
    {
        var items = new List<RegexNode>();
        while (_position < _text.Length && _text[_position] is not ('|' or ')'))
        {
            var start = _position;
            if (Accept(@"\Q"))
            {
                Quoted(items);
            }
            else if (Item() is { } item)
            {
                items.Add(Repeated(item));
            }

            if (_position < _text.Length && RepetitionAt(_position) is { } stray)
            {
                throw new Re2Exception(
                    $"{stray.Text} has nothing to repeat in {_text[start..stray.End]}: RE2 has no possessive and no stacked repetition");
            }
        }

        return items.Count == 1 ? items[0] : new RegexNode.Sequence(items);
    }

    /// <summary><c>\Q</c> to <c>\E</c> or the end; a repetition after it takes the last character alone.</summary>
    private void Quoted(List<RegexNode> items)
    {
        var end = _text.IndexOf(@"\E", _position, StringComparison.Ordinal);
        var last = end < 0 ? _text.Length : end;
        while (_position < last)
        {
            items.Add(Literal(NextRune()));
        }

        if (end >= 0)
        {
            _position += 2;
        }

        if (items.Count > 0)
        {
            items[^1] = Repeated(items[^1]);
        }
    }

    /// <returns>Null for what only sets flags.</returns>
    private RegexNode? Item()
    {
        if (RepetitionAt(_position) is { } repetition)
        {
            throw new Re2Exception($"{repetition.Text} has nothing before it to repeat: write \\{repetition.Text[0]} for the character");
        }

        switch (_text[_position])
        {
            case '(':
                return Group();
            case '[':
                return new RegexNode.One(Class());
            case '.':
                _position++;
                return new RegexNode.One(_flags.HasFlag(Flags.DotAll) ? CodePointSet.Empty.Negated() : CodePointSet.Of('\n').Negated());
            case '^':
                _position++;
                return new RegexNode.Place(_flags.HasFlag(Flags.Multiline) ? "(?m:^)" : @"\A");
            case '$':
                _position++;
                return new RegexNode.Place(_flags.HasFlag(Flags.Multiline) ? "(?m:$)" : @"\z");
            case '\\':
                return Escape();
            default:
                return Literal(NextRune());
        }
    }

    private RegexNode.One Literal(int codePoint) => new RegexNode.One(Cased(CodePointSet.Of(codePoint)));

    private RegexNode Repeated(RegexNode item)
    {
        if (_position >= _text.Length || RepetitionAt(_position) is not { } repetition)
        {
            return item;
        }

        if (repetition.Min > MaxRepeat || repetition.Max > MaxRepeat)
        {
            throw new Re2Exception($"{repetition.Text} repeats more than {MaxRepeat} times, which is RE2's limit");
        }

        if (repetition.Min > repetition.Max)
        {
            throw new Re2Exception($"{repetition.Text} asks for at least {repetition.Min} and at most {repetition.Max}");
        }

        _position = repetition.End;
        Accept('?');
        return new RegexNode.Repeat(item, repetition.Min, repetition.Max);
    }

    /// <summary>A brace that begins no repetition is a character, in RE2 as in Perl.</summary>
    private Repetition? RepetitionAt(int start)
    {
        switch (_text[start])
        {
            case '*':
                return new Repetition("*", 0, null, start + 1);
            case '+':
                return new Repetition("+", 1, null, start + 1);
            case '?':
                return new Repetition("?", 0, 1, start + 1);
            case '{':
                var end = _text.IndexOf('}', start);
                if (end < 0)
                {
                    return null;
                }

                var text = _text[start..(end + 1)];
                var body = text.AsSpan(1, text.Length - 2);
                var comma = body.IndexOf(',');
                var min = Count(comma < 0 ? body : body[..comma]);
                if (min is null)
                {
                    return null;
                }

                if (comma == body.Length - 1)
                {
                    return new Repetition(text, min.Value, null, end + 1);
                }

                return (comma < 0 ? min : Count(body[(comma + 1)..])) is { } max ? new Repetition(text, min.Value, max, end + 1) : null;
            default:
                return null;
        }
    }

    /// <returns>Null if it is no count; a number too large to read is the largest there is.</returns>
    private static int? Count(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
        {
            return null;
        }

        return digits.Length < 9 ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue;
    }

    private RegexNode? Group()
    {
        var start = _position++;
        var outer = _flags;
        if (Accept("?P<") || (Looking("?<") && !Looking("?<=") && !Looking("?<!") && Accept("?<")))
        {
            GroupName();
        }
        else if (Accept('?'))
        {
            var flags = GroupFlags(start);
            if (_text[_position - 1] == ')')
            {
                _flags = flags;
                return null;
            }

            _flags = flags;
        }

        var node = Alternation();
        if (!Accept(')'))
        {
            throw new Re2Exception($"the ( at character {start + 1} is never closed: write \\( for the character");
        }

        _flags = outer;
        return node;
    }

    private void GroupName()
    {
        var end = _text.IndexOf('>', _position);
        var name = end < 0 ? "" : _text[_position..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new Re2Exception("a group's name has letters, digits and _ only, between < and >");
        }

        if (!_names.Add(name))
        {
            throw new Re2Exception($"two groups are named {name}");
        }

        _position = end + 1;
    }

    /// <summary>After <c>(?</c>, to the <c>:</c> or <c>)</c> and over it.</summary>
    private Flags GroupFlags(int start)
    {
        var flags = _flags;
        var (isNegative, isFlag) = (false, true);
        for (; _position < _text.Length; _position++)
        {
            var flag = Flags.None;
            switch (_text[_position])
            {
                case 'i': flag = Flags.IgnoreCase; break;
                case 'm': flag = Flags.Multiline; break;
                case 's': flag = Flags.DotAll; break;
                case 'U': break;
                case '-' when !isNegative:
                    (isNegative, isFlag) = (true, false);
                    continue;
                case ':' or ')' when isFlag:
                    _position++;
                    return flags;
                default:
                    throw new Re2Exception(Unsupported(start));
            }

            isFlag = true;
            flags = isNegative ? flags & ~flag : flags | flag;
        }

        throw new Re2Exception($"the ( at character {start + 1} is never closed: write \\( for the character");
    }

    private string Unsupported(int start)
    {
        var what = _text.AsSpan(start) switch
        {
            ['(', '?', '=', ..] or ['(', '?', '!', ..] => "looks ahead",
            ['(', '?', '<', ..] => "looks behind",
            ['(', '?', '>', ..] => "is an atomic group",
            ['(', '?', '(', ..] => "is a conditional",
            ['(', '?', '#', ..] => "is a comment",
            ['(', '?', 'P', '=', ..] => "refers back to a group",
            _ => "has flags RE2 does not know (it has i, m, s and U)",
        };
        return $"{_text.AsSpan(start, Math.Min(_text.Length - start, _position - start + 1))} {what}, which RE2 has not";
    }

    private RegexNode Escape()
    {
        switch (Peek(1))
        {
            case 'A':
                _position += 2;
                return new RegexNode.Place(@"\A");
            case 'z':
                _position += 2;
                return new RegexNode.Place(@"\z");
            case 'b':
                _position += 2;
                return new RegexNode.Place(@"\b");
            case 'B':
                _position += 2;
                return new RegexNode.Place(@"\B");
        }

        return NamedClass() is { } set ? new RegexNode.One(set) : Literal(EscapedCharacter());
    }

    /// <summary><c>[…]</c>.</summary>
    private CodePointSet Class()
    {
        var start = _position++;
        var isNegated = Accept('^');
        var ranges = new List<(int First, int Last)>();
        for (var isFirst = true; isFirst || Peek(0) != ']'; isFirst = false)
        {
            if (_position >= _text.Length)
            {
                throw new Re2Exception($"the [ at character {start + 1} is never closed: write \\[ for the character");
            }

            if (PosixClass() is { } posix)
            {
                ranges.AddRange(posix.Ranges);
                continue;
            }

            if (_text[_position] == '\\' && NamedClass() is { } named)
            {
                ranges.AddRange(named.Ranges);
                continue;
            }

            var rangeStart = _position;
            var first = ClassCharacter();
            var last = first;
            if (Peek(0) == '-' && Peek(1) is not (']' or '\0'))
            {
                _position++;
                last = ClassCharacter();
            }

            if (last < first)
            {
                throw new Re2Exception($"the range {_text[rangeStart.._position]} is the wrong way round");
            }

            ranges.AddRange(Cased(CodePointSet.Of([(first, last)])).Ranges);
        }

        _position++;
        var set = CodePointSet.Of(ranges);
        return isNegated ? set.Negated() : set;
    }

    private int ClassCharacter() => Peek(0) == '\\' ? EscapedCharacter() : _position < _text.Length ? NextRune() : '\0';

    private CodePointSet? PosixClass()
    {
        if (!Looking("[:") || _text.IndexOf(":]", _position + 2, StringComparison.Ordinal) is not (>= 0 and var end))
        {
            return null;
        }

        var name = _text[(_position + 2)..end];
        var isNegated = name.StartsWith('^');
        var set = UnicodeClasses.Posix(isNegated ? name[1..] : name)
            ?? throw new Re2Exception($"[:{name}:] is no POSIX class: there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, "
                + "punct, space, upper, word, xdigit");
        _position = end + 2;
        return Signed(set, isNegated);
    }

    /// <summary><c>\d</c>, <c>\pN</c> and the like; null if there is none at the position.</summary>
    private CodePointSet? NamedClass()
    {
        var letter = Peek(1);
        switch (letter)
        {
            case 'd' or 'D':
                _position += 2;
                return Signed(UnicodeClasses.Posix("digit")!, letter == 'D');
            case 's' or 'S':
                _position += 2;
                return Signed(UnicodeClasses.PerlSpace, letter == 'S');
            case 'w' or 'W':
                _position += 2;
                return Signed(UnicodeClasses.Posix("word")!, letter == 'W');
            case 'p' or 'P':
                break;
            default:
                return null;
        }

        var (name, length) = (Peek(2).ToString(), 3);
        if (name == "{")
        {
            var end = _text.IndexOf('}', _position);
            (name, length) = end < 0
                ? throw new Re2Exception($"\\{letter}{{ has no }} after it")
                : (_text[(_position + 3)..end], end + 1 - _position);
        }

        var isNegated = name.StartsWith('^');
        var set = UnicodeClasses.Unicode(isNegated ? name[1..] : name)
            ?? throw new Re2Exception($"\\{letter}{{{name}}} names no Unicode category or script known here");
        _position += length;
        return Signed(set, isNegated != (letter == 'P'));
    }

    private CodePointSet Signed(CodePointSet set, bool isNegated) => isNegated ? Cased(set).Negated() : Cased(set);

    private int EscapedCharacter()
    {
        if (_position + 1 >= _text.Length)
        {
            throw new Re2Exception("it ends in a lone \\: write \\\\ for the character");
        }

        var start = _position++;
        var c = _text[_position++];
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Hexadecimal();
            case '0':
            case >= '1' and <= '7' when Peek(0) is >= '0' and <= '7':
                var value = c - '0';
                for (var i = 0; i < 2 && Peek(0) is >= '0' and <= '7'; i++)
                {
                    value = (value * 8) + _text[_position++] - '0';
                }

                return value;
            case (>= '1' and <= '9') or 'k':
                throw new Re2Exception($"\\{c} refers back to a group, which RE2 has not");
            case 'C':
                throw new Re2Exception("\\C is one byte, and the text has characters: write (?s:.)");
            case 'Z':
                throw new Re2Exception("RE2 has no \\Z: write \\n?\\z, or \\z alone");
            case < '\x80' when !char.IsAsciiLetterOrDigit(c):
                return c;
            default:
                throw new Re2Exception($"RE2 has no {_text[start.._position]}");
        }
    }

    /// <summary>After <c>\x</c>: two digits, or any number in braces.</summary>
    private int Hexadecimal()
    {
        var length = 2;
        var isBraced = Accept('{');
        if (isBraced)
        {
            length = Math.Max(_text.IndexOf('}', _position), _position) - _position;
        }

        if (length is > 0 and <= 8 && _position + length <= _text.Length
            && int.TryParse(_text.AsSpan(_position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= CodePointSet.Max)
        {
            _position += isBraced ? length + 1 : length;
            return value;
        }

        throw new Re2Exception("\\x takes two hexadecimal digits, or up to 10FFFF in braces");
    }

    private CodePointSet Cased(CodePointSet set) => _flags.HasFlag(Flags.IgnoreCase) ? set.IgnoringCase() : set;

    private int NextRune()
    {
        Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out var length);
        _position += length;
        return rune.Value;
    }

    private char Peek(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    private bool Looking(string text) => string.CompareOrdinal(_text, _position, text, 0, text.Length) == 0;

    private bool Accept(string text)
    {
        var isThere = Looking(text);
        _position += isThere ? text.Length : 0;
        return isThere;
    }

    private bool Accept(char c)
    {
        var isThere = _position < _text.Length && _text[_position] == c;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private static void CheckRepeats(RegexNode node, int left)
    {
        switch (node)
        {
            case RegexNode.Repeat { Item: var item, Min: var min, Max: var max }:
                // As RE2: each repetition divides what the ones inside it may have.
                var times = Math.Max(max ?? min, 1);
                if (times > left)
                {
                    throw new Re2Exception($"its nested repetitions multiply to more than {MaxRepeat}, which is RE2's limit");
                }

                CheckRepeats(item, left / times);
                break;
            case RegexNode.Sequence { Items: var items }:
                foreach (var item in items)
                {
                    CheckRepeats(item, left);
                }

                break;
            case RegexNode.Either { Branches: var branches }:
                foreach (var branch in branches)
                {
                    CheckRepeats(branch, left);
                }

                break;
        }
    }

    private readonly record struct Repetition(string Text, int Min, int? Max, int End);
}
