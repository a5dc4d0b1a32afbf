using System.Globalization;
using System.Text;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>Reads an <see cref="Expression"/>. From the loosest to the tightest: <c>|</c>, <c>||</c>, <c>&amp;&amp;</c>, comparisons,
/// <c>!</c>, steps of a path.</summary>
internal sealed class ExpressionParser
{
    /// <summary>Deeper nesting is an error, and would cost the stack.</summary>
    private const int MaxDepth = 32;

    private static readonly string[] Comparators = ["==", "!=", "<=", ">=", "<", ">"];

    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text, int start)
    {
        _text = text;
        _at = start;
    }

    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text, 0);
        var expression = parser.ParsePipe();
        return parser._at == text.Length ? expression : throw parser.Error($"Unexpected '{text[parser._at]}'");
    }

    /// <summary>Reads an expression that is followed by a closing brace.</summary>
    /// <param name="text">A template.</param>
    /// <param name="at">After the opening brace; then after the closing one.</param>
    /// <exception cref="ExpressionException">There is no expression, or no closing brace.</exception>
    public static Expression ParseBraced(string text, ref int at)
    {
        var parser = new ExpressionParser(text, at);
        var expression = parser.ParsePipe();
        parser.Expect('}');
        at = parser._at;
        return expression;
    }

    private Expression ParsePipe()
    {
        if (++_depth > MaxDepth)
        {
            throw Error("Nested too deep");
        }

        var left = ParseOr();
        while (Peek() == '|' && Peek(1) != '|')
        {
            _at++;
            left = new Pipe(left, ParseOr());
        }

        _depth--;
        return left;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (Accept("||"))
        {
            left = new Either(left, ParseAnd());
        }

        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseComparison();
        while (Accept("&&"))
        {
            left = new Both(left, ParseComparison());
        }

        return left;
    }

    private Expression ParseComparison()
    {
        var left = ParseUnary();
        foreach (var comparator in Comparators)
        {
            if (Accept(comparator))
            {
                return new Comparison(comparator, left, ParseUnary());
            }
        }

        return left;
    }

    private Expression ParseUnary()
    {
        if (++_depth > MaxDepth)
        {
            throw Error("Nested too deep");
        }

        var expression = Peek() == '!' && Peek(1) != '=' && Accept("!") ? new Not(ParseUnary()) : ParsePath();
        _depth--;
        return expression;
    }

    private Expression ParsePath()
    {
        var path = ParseFirst();
        while (true)
        {
            if (Peek() == '[')
            {
                path = ParseBracket(path);
            }
            else if (Accept("."))
            {
                path = Accept("*") ? new AllMembers(path) : new Member(path, ParseName("a name after the dot"));
            }
            else
            {
                return path;
            }
        }
    }

    private Expression ParseFirst()
    {
        switch (Peek())
        {
            case '\'':
                return new Literal(ParseQuoted('\''));
            case '`':
                return new Literal(ParseQuoted('`').Trim('"'));
            case '@':
                _at++;
                return IsNameStart(Current) ? ParseRoot() : CurrentValue.Instance;
            case '(':
                _at++;
                var inner = ParsePipe();
                Expect(')');
                return inner;
            case '[':
                return CurrentValue.Instance;
            case '*':
                _at++;
                return new AllMembers(CurrentValue.Instance);
            default:
                var isQuoted = Peek() == '"';
                var start = _at;
                var name = ParseName("an expression");
                return !isQuoted && Current == '(' ? ParseCall(name, start) : new Member(CurrentValue.Instance, name);
        }
    }

    private EnvelopeRoot ParseRoot()
    {
        var start = _at;
        var name = ParseName("a name after @");
        return ExpressionScope.EnvelopeRoots.Contains(name) || ExpressionScope.SummaryRoots.Contains(name)
            ? new EnvelopeRoot(name)
            : throw Error($"Unknown @{name}", start);
    }

    private FunctionCall ParseCall(string name, int start)
    {
        var arity = ExpressionFunctions.Arity(name) ?? throw Error($"Unknown function {name}", start);
        _at++;
        var arguments = new Expression[arity];
        for (var i = 0; i < arity; i++)
        {
            if (i > 0)
            {
                Expect(',');
            }

            // JMESPath's mark of an expression that is evaluated for each element; without it the meaning is the same.
            Accept("&");
            arguments[i] = ParsePipe();
        }

        Expect(')');
        return new FunctionCall(name, arguments);
    }

    private Expression ParseBracket(Expression parent)
    {
        _at++;
        if (Accept("]"))
        {
            return new AllElements(parent);
        }

        if (Accept("?"))
        {
            var condition = ParsePipe();
            Expect(']');
            return new Filter(parent, condition);
        }

        if (Accept("*"))
        {
            Expect(']');
            return new AllElements(parent);
        }

        var start = _at;
        _at += Current == '-' ? 1 : 0;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        if (!int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position))
        {
            throw Error("Expected a position, a condition that begins with ?, or ]", start);
        }

        Expect(']');
        return new Element(parent, position);
    }

    private string ParseName(string expected)
    {
        if (Peek() == '"')
        {
            return ParseQuoted('"');
        }

        var start = _at;
        if (IsNameStart(Current))
        {
            while (IsNameStart(Current) || char.IsAsciiDigit(Current) || Current == '-')
            {
                _at++;
            }
        }

        return _at > start ? _text[start.._at] : throw Error($"Expected {expected}");
    }

    /// <summary>Text between two quotes; a backslash takes the next character as it is.</summary>
    private string ParseQuoted(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        while (Current != quote)
        {
            _at += Current == '\\' ? 1 : 0;
            if (_at >= _text.Length)
            {
                throw Error($"No closing {quote}", start);
            }

            text.Append(_text[_at++]);
        }

        _at++;
        return text.ToString();
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The next character that is not a blank, which becomes the current one.</summary>
    private char Peek(int ahead = 0)
    {
        while (Current == ' ')
        {
            _at++;
        }

        return _at + ahead < _text.Length ? _text[_at + ahead] : '\0';
    }

    private bool Accept(string token)
    {
        Peek();
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private void Expect(char token)
    {
        if (Peek() != token)
        {
            throw Error($"Expected {token}");
        }

        _at++;
    }

    private ExpressionException Error(string problem, int? at = null) => new(problem, (at ?? _at) + 1, _text);

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
