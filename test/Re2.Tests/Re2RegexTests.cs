using CsCheck;


namespace Re2.Tests;

/// <summary>Where RE2 and .NET part: https://github.com/google/re2/wiki/Syntax.</summary>
public sealed class Re2RegexTests
{
    [Theory]
    // Word boundaries are ASCII's: a Chinese letter is no word character, as it is in .NET.
    [InlineData(@"\bcpu\b", "主机cpu过高", true)]
    [InlineData(@"\bcpu\b", "主机cpus过高", false)]
    [InlineData(@"\bcpu\b.*过高", "主机cpu过高", true)]
    [InlineData(@"\Bcpu", "主机cpu", false)]
    [InlineData(@"\Bcpu", "xcpu", true)]
    [InlineData(@"^\W+$", "主机é", true)]
    [InlineData(@"^\S$", "\u00a0", true)]
    [InlineData(@"^\s+$", "\t\n\f\r ", true)]
    [InlineData(@"^\s$", "\v", false)]
    [InlineData(@"^[[:space:]]$", "\v", true)]
    [InlineData(@"^\D$", "٣", true)]
    // Characters are code points, beyond the basic plane too.
    [InlineData("^..$", "😀a", true)]
    [InlineData("^...$", "😀a", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("^😀{2}$", "😀😀", true)]
    [InlineData("^😀+$", "😁", false)]
    [InlineData(@"^[\x{1F600}-\x{1F64F}]$", "😁", true)]
    [InlineData(@"^\pL$", "𝒜", true)]
    [InlineData(@"^\p{Han}+$", "数据库", true)]
    [InlineData(@"^\p{Han}+$", "数据ab", false)]
    [InlineData(@"^\p{^Han}+$", "abc", true)]
    [InlineData(@"^\P{Han}+$", "数", false)]
    [InlineData(@"^\P{^Han}+$", "数", true)]
    [InlineData(@"^[\p{Han}a-c]+$", "数a", true)]
    [InlineData(@"^\p{Old_Italic}$", "𐌀", true)]
    [InlineData(@"^\p{Any}$", "x", true)]
    [InlineData(@"^\pN+$", "1²Ⅷ", true)]
    [InlineData(@"^\p{Lu}$", "É", true)]
    [InlineData(@"^\p{Lu}$", "é", false)]
    [InlineData(@"(?i)^\p{Lu}$", "é", true)]
    // Case folds without a culture.
    [InlineData("(?i)straße", "STRAßE", true)]
    [InlineData("(?i)straße", "STRASSE", false)]
    [InlineData("(?i)é", "É", true)]
    [InlineData("(?i)σ", "ς", true)]
    [InlineData("(?i)k", "\u212A", true)]
    [InlineData("(?i)s", "ſ", true)]
    [InlineData("(?i)i", "İ", false)]
    [InlineData("(?i)i", "ı", false)]
    [InlineData("(?i)[a-c]", "B", true)]
    [InlineData("(?i)^[^a]$", "A", false)]
    [InlineData(@"(?i)^[^\W]$", "A", true)]
    // Flags, wherever RE2 takes them.
    [InlineData("a(?i)b|c", "C", true)]
    [InlineData("(?:a(?i)b)c", "aBC", false)]
    [InlineData("(?i)a(?-i)b", "Ab", true)]
    [InlineData("(?i)a(?-i)b", "AB", false)]
    [InlineData("(?i)a(?-i:b)c", "AbC", true)]
    [InlineData("(?im-s)^b.$", "a\nBc", true)]
    [InlineData("(?is)a.b", "A\nB", true)]
    [InlineData("(?U)^a+$", "aaa", true)]
    [InlineData("(?U:a+?)", "a", true)]
    // Places.
    [InlineData("a$", "a\n", false)]
    [InlineData("(?m)a$", "a\nb", true)]
    [InlineData("(?m)^$", "a\n", true)]
    [InlineData("^*a", "ba", true)]
    [InlineData(@"(?:\b)+a", "a", true)]
    [InlineData(@"a\zb", "ab", false)]
    // Escapes.
    [InlineData(@"^\101\x42\x{43}\0$", "ABC\0", true)]
    [InlineData(@"^\a\f\n\r\t\v$", "\a\f\n\r\t\v", true)]
    [InlineData(@"^\_\-\/\.$", "_-/.", true)]
    [InlineData(@"^\Qa+\E+$", "a++", true)]
    [InlineData(@"^\Q[(", "[(", true)]
    [InlineData(@"^\Q\E$", "", true)]
    // Classes.
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[^]a]$", "]", false)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^[-a]+$", "a-", true)]
    [InlineData("^[[:word:]-]+$", "a_-9", true)]
    [InlineData("^[[:^word:]]$", "-", true)]
    [InlineData("^[[:punct:]]+$", "!/:@[`{~", true)]
    [InlineData("^[[:xdigit:]]+$", "09afAF", true)]
    [InlineData("^[[:a]+$", "[:a", true)]
    [InlineData(@"^[\d\-x]+$", "1-x", true)]
    [InlineData("^[.*+?]+$", ".*+?", true)]
    [InlineData("^[a-c-e]+$", "b-e", true)]
    [InlineData(@"[^\x00-\x{10FFFF}]", "a", false)]
    // Repetitions, and braces that are none.
    [InlineData("^a{2,}$", "aaa", true)]
    [InlineData("^a{0}$", "", true)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("^a{x}$", "a{x}", true)]
    [InlineData("^a{01}$", "a{01}", true)]
    [InlineData("^{1$", "{1", true)]
    [InlineData("^(a{2}){2}$", "aaaa", true)]
    [InlineData("^(?:|a)*$", "aa", true)]
    [InlineData("a(?:-+|){1,2}", "ab", true)]
    [InlineData("a(?:-+|^*){2}", "ab", true)]
    [InlineData("a(?:-+|(?:){3}|b{0}){2}", "ab", true)]
    [InlineData("^()$", "", true)]
    public void It_matches_as_RE2_does(string expression, string text, bool expected) =>
        Assert.Equal(expected, Re2Regex.Parse(expression).IsMatch(text));

    [Theory]
    [InlineData("a**", "nothing to repeat")]
    [InlineData("a*+", "nothing to repeat")]
    [InlineData("a{2}{3}", "nothing to repeat")]
    [InlineData("*a", "nothing before it")]
    [InlineData("(+a)", "nothing before it")]
    [InlineData("a|?", "nothing before it")]
    [InlineData("(?i)*", "nothing to repeat")]
    [InlineData("a{1001,}", "1000")]
    [InlineData("a{0,1001}", "1000")]
    [InlineData("a{99999999999}", "1000")]
    [InlineData("(a{100}){11}", "nested")]
    [InlineData("((a{10}){10}b){11}", "nested")]
    [InlineData("a{3,2}", "at least 3")]
    [InlineData("(?=a)", "looks ahead")]
    [InlineData("(?<!a)", "looks behind")]
    [InlineData("(?>a)", "atomic")]
    [InlineData("(?#a)", "comment")]
    [InlineData("(?P=a)", "back")]
    [InlineData("(?P>a)", "RE2 has not")]
    [InlineData("(?i-)a", "RE2 has not")]
    [InlineData("(?x)a", "flags")]
    [InlineData("(?i", "never closed")]
    [InlineData("(?P<a>b)(?P<a>c)", "two groups")]
    [InlineData("(?P<a-b>c)", "name")]
    [InlineData("(?P<>c)", "name")]
    [InlineData(@"\1", "back")]
    [InlineData(@"\8", "back")]
    [InlineData(@"\C", "byte")]
    [InlineData(@"\Z", @"\z")]
    [InlineData(@"\G", @"no \G")]
    [InlineData(@"\E", @"no \E")]
    [InlineData(@"\u0041", @"no \u")]
    [InlineData(@"\cA", @"no \c")]
    [InlineData(@"[\b]", @"no \b")]
    [InlineData(@"[a-\d]", @"no \d")]
    [InlineData(@"[a-z-[aeiou]", "never closed", true)]
    [InlineData(@"\x4", "hexadecimal")]
    [InlineData(@"\x{110000}", "hexadecimal")]
    [InlineData(@"\x{}", "hexadecimal")]
    [InlineData(@"\xZZ", "hexadecimal")]
    [InlineData(@"\p{IsGreek}", "category or script")]
    [InlineData(@"\p{greek}", "category or script")]
    [InlineData(@"\p{L", "no }")]
    [InlineData("[[:foo:]]", "POSIX")]
    [InlineData("[b-a]", "wrong way")]
    [InlineData("[]", "never closed")]
    [InlineData("[^]", "never closed")]
    public void What_RE2_refuses_is_refused_and_why(string expression, string reason, bool isTaken = false)
    {
        if (isTaken)
        {
            // .NET would subtract a class here; for RE2 it is a class that holds an opening bracket.
            Assert.True(Re2Regex.Parse(expression).IsMatch("["));
            return;
        }

        Assert.Contains(reason, Assert.Throws<Re2Exception>(() => Re2Regex.Parse(expression)).Message);
    }

    [Theory]
    [InlineData("cpu|disk", "the disk", true)]
    [InlineData("cpu|disk", "the Disk", false)]
    [InlineData("cpu|disk", "磁盘 disk", true)]
    [InlineData("数据|cpu", "数据库", true)]
    [InlineData("cpu|(?:disk|io)", "io", true)]
    [InlineData("(?i)task", "TA\u017FK", true)]
    [InlineData("(?i)task", "TASK", true)]
    [InlineData("(?i)task", "tas", false)]
    [InlineData("(?i)数task", "TASK", false)]
    [InlineData("[Tt]ask", "Task", true)]
    [InlineData("ab+c", "abbc", true)]
    [InlineData("ab*c", "ac", true)]
    [InlineData("(?:ab){2}c|d.e", "ababc", true)]
    [InlineData("(?:ab){2}c|d.e", "abc", false)]
    [InlineData("^ab$", "xabx", false)]
    [InlineData(@"a\x{D800}", "ab", false)]
    public void Looking_for_required_text_first_changes_no_answer(string expression, string text, bool expected) =>
        Assert.Equal(expected, Re2Regex.Parse(expression).IsMatch(text));

    private static Gen<string> OneOf(params string[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static readonly Gen<string> Atom = Gen.OneOf(
        Gen.Char["ab\n -"].Select(c => c.ToString()),
        OneOf(".", "[ab]", "[^a]", "\\d", "\\w", "^", "$", "\\b", "\\B", "(?i)A", "(?s:.)", "(?:)", "(?m:^)", "(?m:$)", "[[:alpha:]]", "数", "[据-数]", "\\pL"));

    private static readonly Gen<string> Expressions = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Atom
        : Gen.Frequency(
            (4, Atom),
            (2, Gen.Select(inner, inner, (a, b) => a + b)),
            (2, Gen.Select(inner, inner, (a, b) => $"(?:{a}|{b})")),
            (2, Gen.Select(inner, OneOf("*", "+", "?", "*?", "{2}", "{1,2}", "{2,}"), (a, r) => $"({a}){r}"))));

    private static readonly Gen<string> Texts = Gen.Char["abAB1_\n -数据é"].Array[0, 8].Select(characters => new string(characters));

    [Fact]
    public void What_is_accepted_matches_as_a_plain_search_of_all_ways_does() =>
        Gen.Select(Expressions, Texts).Sample(
            (expression, text) => Re2Regex.Parse(expression).IsMatch(text) == Search(Parser.Parse(expression), text),
            iter: 2_000);

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
            case RegexNode.One one:
                return start < text.Length && one.Set.Contains(text[start]) ? [start + 1] : [];
            case RegexNode.Place place:
                return IsAt(place.Pattern, text, start) ? [start] : [];
            case RegexNode.Sequence sequence:
                return sequence.Items.Aggregate((HashSet<int>)[start], (starts, item) => [.. starts.SelectMany(s => Ends(item, text, s))]);
            case RegexNode.Either either:
                return [.. either.Branches.SelectMany(branch => Ends(branch, text, start))];
            case RegexNode.Repeat repeat:
                HashSet<int> ends = repeat.Min == 0 ? [start] : [];
                HashSet<int> starts = [start];
                for (var times = 1; times <= Math.Min(repeat.Max ?? int.MaxValue, repeat.Min + text.Length + 1); times++)
                {
                    starts = [.. starts.SelectMany(s => Ends(repeat.Item, text, s))];
                    ends.UnionWith(times >= repeat.Min ? starts : []);
                }

                return ends;
            default:
                throw new ArgumentException(node.ToString());
        }
    }

    private static bool IsAt(string place, int[] text, int index)
    {
        var isBoundary = IsWord(index - 1) != IsWord(index);
        return place switch
        {
            @"\A" => index == 0,
            @"\z" => index == text.Length,
            @"\b" => isBoundary,
            @"\B" => !isBoundary,
            "(?m:^)" => index == 0 || text[index - 1] == '\n',
            "(?m:$)" => index == text.Length || text[index] == '\n',
            _ => throw new ArgumentException(place),
        };

        bool IsWord(int i) => i >= 0 && i < text.Length && text[i] < 0x80 && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] == '_');
    }

    [Theory]
    [InlineData("(?:a{1000}){1}b{1000}c{1000}d{1000}e{1000}f{1000}g{1000}h{1000}i{1000}")]
    [InlineData("(?s).{1000}x.{1000}y.{1000}数{1000}")]
    [InlineData("(?:a?){1000}(?:b|cd){1000}")]
    [InlineData("(?:(?:ab){1,10}c){1,100}")]
    public void The_largest_expression_accepted_can_be_matched(string expression) =>
        Assert.False(Re2Regex.Parse(expression).IsMatch("zzz数"));

    [Fact]
    public void An_expression_too_large_to_match_is_refused_when_it_is_read() => Assert.Contains(
        "9000",
        Assert.Throws<Re2Exception>(() => Re2Regex.Parse(string.Concat(Enumerable.Repeat("a{1000}", 10)))).Message);

    [Fact]
    public void The_most_deeply_nested_expression_that_a_value_has_room_for_can_be_matched()
    {
        var expression = new string('(', 1000) + "a" + new string(')', 1000);

        Assert.True(Re2Regex.Parse(expression).IsMatch("a"));
    }
}
