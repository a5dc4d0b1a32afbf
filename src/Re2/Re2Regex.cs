using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Re2;

/// <summary>A regular expression in RE2's dialect, matched by .NET's <see cref="RegexOptions.NonBacktracking"/> in linear time.</summary>
/// <remarks>
/// .NET matches UTF-16 code units, and calls letters of every script word characters; RE2 matches code points, and its <c>\b</c> is
/// ASCII's. So the expression is written over an alphabet of its own: ASCII as it is, and beyond it one private-use character (which .NET
/// takes for no word) for each range of code points that the expression tells apart. A text outside ASCII is put into that alphabet before
/// it is matched; another, nearly every one, is matched as it is.
/// </remarks>
public sealed class Re2Regex
{
    /// <summary>How many single characters an expression may come to with its repetitions written out; .NET's own limit is 10,000.</summary>
    public const int MaxSize = 9_000;

    private const char FirstSymbol = '\uE000';
    private const int MaxSymbols = 0xF8FF - 0xE000 + 1;

    private readonly RegexNode _node;
    private readonly RequiredText? _required;

    /// <summary>Where the ranges that the symbols stand for begin, but the first one, which begins at U+0080.</summary>
    private readonly int[] _cuts;

    /// <summary>Built when a text first needs it: it costs a hundred times what checking the expression does.</summary>
    private Regex? _regex;

    private Re2Regex(RegexNode node, int[] cuts)
    {
        _node = node;
        _required = RequiredText.Of(node);
        _cuts = cuts;
    }

    /// <exception cref="Re2Exception">RE2 refuses the text, or it is larger than can be matched.</exception>
    public static Re2Regex Parse(string text)
    {
        var node = Simplified(Parser.Parse(text));
        if (Size(node) > MaxSize)
        {
            throw new Re2Exception($"with its repetitions written out it has more than {MaxSize} characters");
        }

        var cuts = new SortedSet<int>();
        AddCuts(node, cuts);
        return cuts.Count < MaxSymbols
            ? new Re2Regex(node, [.. cuts])
            : throw new Re2Exception($"it tells more than {MaxSymbols} ranges of characters apart");
    }

    /// <summary>Whether the expression matches anywhere in the text.</summary>
    public bool IsMatch(string text)
    {
        if (_required is { IsAll: true })
        {
            return _required.IsIn(text);
        }

        var isAscii = Ascii.IsValid(text);
        if (isAscii && _required is not null && !_required.IsIn(text))
        {
            return false;
        }

        _regex ??= new Regex(Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        if (isAscii)
        {
            return _regex.IsMatch(text);
        }

        var symbols = ArrayPool<char>.Shared.Rent(text.Length);
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            symbols[count++] = rune.IsAscii ? (char)rune.Value : Symbol(rune.Value);
        }

        var isMatch = _regex.IsMatch(symbols.AsSpan(0, count));
        ArrayPool<char>.Shared.Return(symbols);
        return isMatch;
    }

    /// <summary>The expression as .NET writes it.</summary>
    internal string Translate()
    {
        var pattern = new StringBuilder();
        Write(_node, pattern);
        return pattern.ToString();
    }

    /// <summary>The same expression without repetitions of what has no length, and without empty branches.</summary>
    /// <remarks>.NET (10.0 and before) gets one of them wrong, with and without backtracking: <c>a(?:-+|){1,2}</c> does not match
    /// <c>a</c>, where <c>a(?:(?:-+)?){1,2}</c> does.</remarks>
    private static RegexNode Simplified(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.Sequence sequence:
                RegexNode[] items = [.. sequence.Items.Select(Simplified).Where(item => !IsEmpty(item))];
                return items.Length == 1 ? items[0] : new RegexNode.Sequence(items);
            case RegexNode.Either either:
                RegexNode[] branches = [.. either.Branches.Select(Simplified).Where(branch => !IsEmpty(branch))];
                RegexNode choice = branches.Length switch
                {
                    0 => new RegexNode.Sequence([]),
                    1 => branches[0],
                    _ => new RegexNode.Either(branches),
                };
                return branches.Length == 0 || branches.Length == either.Branches.Count ? choice : Simplified(new RegexNode.Repeat(choice, 0, 1));
            case RegexNode.Repeat repeat:
                var repeated = Simplified(repeat.Item);
                return repeat.Max == 0 || (Size(repeated) == 0 && repeat.Min == 0) ? new RegexNode.Sequence([])
                    : Size(repeated) == 0 ? repeated
                    : new RegexNode.Repeat(repeated, repeat.Min, repeat.Max);
            default:
                return node;
        }

        static bool IsEmpty(RegexNode node) => node is RegexNode.Sequence { Items.Count: 0 };
    }

    private static long Size(RegexNode node) => node switch
    {
        RegexNode.One => 1,
        RegexNode.Sequence sequence => sequence.Items.Sum(Size),
        RegexNode.Either either => either.Branches.Sum(Size),
        RegexNode.Repeat repeat => Size(repeat.Item) * Math.Max(repeat.Max ?? repeat.Min, 1),
        _ => 0,
    };

    private static void AddCuts(RegexNode node, SortedSet<int> cuts)
    {
        switch (node)
        {
            case RegexNode.One one:
                foreach (var (first, last) in one.Set.Ranges)
                {
                    Add(first);
                    Add(last + 1);
                }

                break;
            case RegexNode.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    AddCuts(item, cuts);
                }

                break;
            case RegexNode.Either either:
                foreach (var branch in either.Branches)
                {
                    AddCuts(branch, cuts);
                }

                break;
            case RegexNode.Repeat repeat:
                AddCuts(repeat.Item, cuts);
                break;
        }

        void Add(int cut)
        {
            if (cut is > 0x80 and <= CodePointSet.Max)
            {
                cuts.Add(cut);
            }
        }
    }

    private char Symbol(int codePoint)
    {
        var index = Array.BinarySearch(_cuts, codePoint);
        return (char)(FirstSymbol + (index >= 0 ? index + 1 : ~index));
    }

    private void Write(RegexNode node, StringBuilder pattern)
    {
        switch (node)
        {
            case RegexNode.One one:
                WriteSet(one.Set, pattern);
                break;
            case RegexNode.Place place:
                pattern.Append(place.Pattern);
                break;
            case RegexNode.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Write(item, pattern);
                }

                break;
            case RegexNode.Either either:
                pattern.Append("(?:");
                for (var i = 0; i < either.Branches.Count; i++)
                {
                    pattern.Append(i == 0 ? "" : "|");
                    Write(either.Branches[i], pattern);
                }

                pattern.Append(')');
                break;
            case RegexNode.Repeat repeat:
                pattern.Append("(?:");
                Write(repeat.Item, pattern);
                pattern.Append(CultureInfo.InvariantCulture, $"){{{repeat.Min},{repeat.Max}}}");
                break;
        }
    }

    private void WriteSet(CodePointSet set, StringBuilder pattern)
    {
        if (set.Ranges.IsEmpty)
        {
            pattern.Append(@"[^\u0000-\uFFFF]");
            return;
        }

        pattern.Append('[');
        foreach (var (first, last) in set.Ranges)
        {
            if (first < 0x80)
            {
                WriteRange((char)first, (char)Math.Min(last, 0x7F));
            }

            if (last >= 0x80)
            {
                WriteRange(Symbol(Math.Max(first, 0x80)), Symbol(last));
            }
        }

        pattern.Append(']');

        void WriteRange(char first, char last) =>
            pattern.Append(CultureInfo.InvariantCulture, $"\\u{(int)first:X4}-\\u{(int)last:X4}");
    }
}
