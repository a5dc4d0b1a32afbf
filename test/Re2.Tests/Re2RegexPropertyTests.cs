using System.Text.RegularExpressions;
using CsCheck;
using Re2.Syntax;

namespace Re2.Tests;

public sealed class Re2RegexPropertyTests
{
    private static readonly Gen<string> Quantifiers = OneOf("*", "+", "?", "*?", "{2}", "{1,2}", "{2,}", "{0,3}");

    private static readonly Gen<string> Re2Atoms = Gen.OneOf(
        Gen.Char["ab\n -"].Select(c => c.ToString()),
        OneOf(
            ".", "[ab]", "[^a]", "\\d", "\\w", "^", "$", "\\b", "\\B", "(?i)A", "(?s:.)", "(?:)", "(?m:^)", "(?m:$)", "[[:alpha:]]", "数",
            "[据-数]", "\\pL", "(?i:é)", "[^\\n]"));

    /// <summary>What RE2 and .NET agree on, for a text in ASCII.</summary>
    private static readonly Gen<string> CommonAtoms = Gen.OneOf(
        Gen.Char["abAB1_ "].Select(c => c.ToString()),
        OneOf(".", "[ab]", "[^a]", "\\d", "\\D", "\\w", "\\W", "\\A", "\\z", "\\b", "\\B", "(?s:.)", "(?m:^)", "(?m:$)", "(?i:a)", "\\x41"));

    /// <summary>.NET ends a repetition whose item has matched the empty text, RE2 does not: every repeated item takes a character.</summary>
    private static readonly Gen<string> CommonRepeatedAtoms = OneOf("a", ".", "[ab]", "\\w");

    private static readonly Gen<string> Texts = Gen.Char["abAB1_\n -数据éÉ"].Array[0, 12].Select(characters => new string(characters));

    private static readonly Gen<string> AsciiTexts = Gen.Char["abAB1_\n -"].Array[0, 30].Select(characters => new string(characters));

    [Fact]
    public void Random_expression_matches_as_a_search_of_all_ways_does() =>
        Gen.Select(Expressions(Re2Atoms), Texts).Sample(
            (expression, text) => Re2Regex.Parse(expression).IsMatch(text) == Search(Parser.Parse(expression), text),
            iter: 3_000);

    [Fact]
    public void Random_expression_matches_as_in_NET_where_the_dialects_agree() =>
        Gen.Select(Expressions(CommonAtoms, CommonRepeatedAtoms), AsciiTexts.Array[1, 4]).Sample(
            (expression, texts) =>
            {
                var regex = Re2Regex.Parse(expression);
                var reference = new Regex(expression, RegexOptions.CultureInvariant);
                return texts.All(text => regex.IsMatch(text) == reference.IsMatch(text));
            },
            iter: 3_000);

    [Fact]
    public void Earlier_texts_do_not_change_a_match() =>
        Gen.Select(Expressions(Re2Atoms), Texts.Array[2, 8]).Sample(
            (expression, texts) =>
            {
                var used = Re2Regex.Parse(expression);
                return texts.All(text => used.IsMatch(text) == Re2Regex.Parse(expression).IsMatch(text));
            },
            iter: 1_000);

    private static Gen<string> OneOf(params string[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    /// <param name="repeatedAtoms">What every repeated item begins with, if anything.</param>
    private static Gen<string> Expressions(Gen<string> atoms, Gen<string>? repeatedAtoms = null) =>
        Gen.Recursive<string>((depth, inner) => depth > 3
            ? atoms
            : Gen.Frequency(
                (4, atoms),
                (2, Gen.Select(inner, inner, (a, b) => a + b)),
                (2, Gen.Select(inner, inner, (a, b) => $"(?:{a}|{b})")),
                (2, Gen.Select(repeatedAtoms ?? Gen.Const(""), inner, Quantifiers, (first, a, quantifier) => $"({first}{a}){quantifier}"))));

    /// <summary>Tries every way to match, at every place; too slow for anything but short texts.</summary>
    private static bool Search(RegexNode node, string text)
    {
        int[] characters = [.. text.EnumerateRunes().Select(rune => rune.Value)];
        return Enumerable.Range(0, characters.Length + 1).Any(start => Ends(node, characters, start).Count > 0);
    }

    /// <summary>Where a match may end that begins at the start.</summary>
    private static HashSet<int> Ends(RegexNode node, int[] text, int start)
    {
        switch (node)
        {
            case RegexNode.Character character:
                return start < text.Length && character.Set.Contains(text[start]) ? [start + 1] : [];
            case RegexNode.Assertion assertion:
                return IsAt(assertion.Kind, text, start) ? [start] : [];
            case RegexNode.Concatenation concatenation:
                return concatenation.Items.Aggregate((HashSet<int>)[start], (starts, item) => [.. starts.SelectMany(s => Ends(item, text, s))]);
            case RegexNode.Alternation alternation:
                return [.. alternation.Branches.SelectMany(branch => Ends(branch, text, start))];
            case RegexNode.Repetition repetition:
                HashSet<int> ends = repetition.Min == 0 ? [start] : [];
                HashSet<int> starts = [start];
                for (var times = 1; times <= Math.Min(repetition.Max ?? int.MaxValue, repetition.Min + text.Length + 1); times++)
                {
                    starts = [.. starts.SelectMany(s => Ends(repetition.Item, text, s))];
                    ends.UnionWith(times >= repetition.Min ? starts : []);
                }

                return ends;
            default:
                throw new ArgumentException(node.ToString());
        }
    }

    private static bool IsAt(AssertionKind kind, int[] text, int index)
    {
        var isBoundary = IsWord(index - 1) != IsWord(index);
        return kind switch
        {
            AssertionKind.TextStart => index == 0,
            AssertionKind.TextEnd => index == text.Length,
            AssertionKind.WordBoundary => isBoundary,
            AssertionKind.NotWordBoundary => !isBoundary,
            AssertionKind.LineStart => index == 0 || text[index - 1] == '\n',
            AssertionKind.LineEnd => index == text.Length || text[index] == '\n',
            _ => throw new ArgumentException(kind.ToString()),
        };

        bool IsWord(int i) => i >= 0 && i < text.Length && text[i] < 0x80 && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] == '_');
    }
}
