using Re2.Unicode;

namespace Re2.Syntax;

/// <summary>Reads RE2's syntax, as Go's <c>regexp</c> takes it: https://github.com/google/re2/wiki/Syntax.</summary>
/// <remarks><c>\C</c> (one byte) is refused, as Go does: the text matched here has characters, not bytes.</remarks>
internal sealed class Parser
{
    private readonly PatternReader _reader;
    private readonly ClassParser _classes;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private RegexFlags _flags;

    private Parser(string text)
    {
        _reader = new PatternReader(text);
        _classes = new ClassParser(_reader);
    }

    private RegexFlags Flags
    {
        get => _flags;
        set
        {
            _flags = value;
            _classes.IgnoreCase = value.HasFlag(RegexFlags.IgnoreCase);
        }
    }

    /// <exception cref="Re2Exception">RE2 refuses the text too.</exception>
    public static RegexNode Parse(string text)
    {
        var parser = new Parser(text);
        var node = parser.ReadAlternation();
        if (!parser._reader.IsAtEnd)
        {
            throw new Re2Exception("a ) has no ( before it: write \\) for the character");
        }

        Quantifier.CheckNesting(node);
        return node;
    }

    private RegexNode ReadAlternation()
    {
        var branches = new List<RegexNode> { ReadConcatenation() };
        while (_reader.Accept('|'))
        {
            branches.Add(ReadConcatenation());
        }

        if (branches.Count == 1)
        {
            return branches[0];
        }

        // One instruction instead of three: a|b is [ab].
        var sets = branches.OfType<RegexNode.Character>().Select(character => character.Set).ToList();
        return sets.Count == branches.Count
            ? new RegexNode.Character(CodePointSet.Create([.. sets.SelectMany(set => set.Ranges.ToArray())]))
            : new RegexNode.Alternation(branches);
    }

    private RegexNode ReadConcatenation()
    {
        var items = new List<RegexNode>();
        while (!_reader.IsAtEnd && _reader.Peek() is not ('|' or ')'))
        {
            var start = _reader.Position;
            if (_reader.Accept(@"\Q"))
            {
                ReadQuoted(items);
            }
            else if (ReadItem() is { } item)
            {
                items.Add(ReadRepetition(item));
            }
            else if (items.Count > 0)
            {
                // In RE2 a repetition reaches over flags: a(?i)* is a*.
                items[^1] = ReadRepetition(items[^1]);
            }

            if (Quantifier.At(_reader.Text, _reader.Position) is { } stray)
            {
                throw new Re2Exception($"{stray.Text} has nothing to repeat in {_reader.Text[start..stray.End]}: "
                    + "RE2 does not support possessive and stacked repetitions");
            }
        }

        return items.Count == 1 ? items[0] : new RegexNode.Concatenation(items);
    }

    /// <summary>From <c>\Q</c> to <c>\E</c> or the end; a repetition after it takes the last character alone.</summary>
    private void ReadQuoted(List<RegexNode> items)
    {
        var end = _reader.Find(@"\E");
        var last = end < 0 ? _reader.Text.Length : end;
        while (_reader.Position < last)
        {
            items.Add(Literal(_reader.ReadCodePoint()));
        }

        _reader.Accept(@"\E");
        if (items.Count > 0)
        {
            items[^1] = ReadRepetition(items[^1]);
        }
    }

    /// <returns>Null for what only sets flags.</returns>
    private RegexNode? ReadItem()
    {
        if (Quantifier.At(_reader.Text, _reader.Position) is { } quantifier)
        {
            throw new Re2Exception($"{quantifier.Text} has nothing before it to repeat: write \\{quantifier.Text[0]} for the character");
        }

        switch (_reader.Peek())
        {
            case '(':
                return ReadGroup();
            case '[':
                return new RegexNode.Character(_classes.ReadBrackets());
            case '.':
                _reader.Position++;
                return new RegexNode.Character(
                    Flags.HasFlag(RegexFlags.DotAll) ? CodePointSet.Empty.Negated() : CodePointSet.Create('\n').Negated());
            case '^':
                return Assertion(1, Flags.HasFlag(RegexFlags.Multiline) ? AssertionKind.LineStart : AssertionKind.TextStart);
            case '$':
                return Assertion(1, Flags.HasFlag(RegexFlags.Multiline) ? AssertionKind.LineEnd : AssertionKind.TextEnd);
            case '\\':
                return ReadEscape();
            default:
                return Literal(_reader.ReadCodePoint());
        }
    }

    private RegexNode.Character Literal(int codePoint) => new(_classes.Literal(codePoint));

    private RegexNode.Assertion Assertion(int length, AssertionKind kind)
    {
        _reader.Position += length;
        return new RegexNode.Assertion(kind);
    }

    private RegexNode ReadEscape() => _reader.Peek(1) switch
    {
        'A' => Assertion(2, AssertionKind.TextStart),
        'z' => Assertion(2, AssertionKind.TextEnd),
        'b' => Assertion(2, AssertionKind.WordBoundary),
        'B' => Assertion(2, AssertionKind.NotWordBoundary),
        _ => _classes.ReadNamedClass() is { } set ? new RegexNode.Character(set) : Literal(_classes.ReadEscapedCharacter()),
    };

    private RegexNode ReadRepetition(RegexNode item)
    {
        if (Quantifier.At(_reader.Text, _reader.Position) is not { } quantifier)
        {
            return item;
        }

        if (quantifier.Min > Quantifier.MaxCount || quantifier.Max > Quantifier.MaxCount)
        {
            throw new Re2Exception($"{quantifier.Text} repeats more than {Quantifier.MaxCount} times, which is RE2's limit");
        }

        if (quantifier.Min > quantifier.Max)
        {
            throw new Re2Exception($"{quantifier.Text} asks for at least {quantifier.Min} and at most {quantifier.Max}");
        }

        _reader.Position = quantifier.End;
        _reader.Accept('?');
        return new RegexNode.Repetition(item, quantifier.Min, quantifier.Max);
    }

    private RegexNode? ReadGroup()
    {
        var start = _reader.Position++;
        var outer = Flags;
        if (_reader.Accept("?P<") || (_reader.IsAt("?<") && !_reader.IsAt("?<=") && !_reader.IsAt("?<!") && _reader.Accept("?<")))
        {
            ReadGroupName();
        }
        else if (_reader.Accept('?'))
        {
            Flags = FlagParser.Read(_reader, Flags, start);
            if (_reader.Peek(-1) == ')')
            {
                return null;
            }
        }

        var node = ReadAlternation();
        if (!_reader.Accept(')'))
        {
            throw FlagParser.NeverClosed(start);
        }

        Flags = outer;
        return node;
    }

    private void ReadGroupName()
    {
        var end = _reader.Find(">");
        var name = end < 0 ? "" : _reader.Text[_reader.Position..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new Re2Exception("a group's name has letters, digits and _ only, between < and >");
        }

        if (!_names.Add(name))
        {
            throw new Re2Exception($"two groups are named {name}");
        }

        _reader.Position = end + 1;
    }
}
