namespace Re2.Tests;

/// <summary>How large an expression may be, and that it stays correct when its automaton is.</summary>
public sealed class Re2LimitTests
{
    [Theory]
    [InlineData("^a{1000}$", 1000, true)]
    [InlineData("^a{1000}$", 999, false)]
    [InlineData("^(?:a?){511}$", 511, true)]
    [InlineData("^(?:a?){511}$", 512, false)]
    [InlineData("^(?:a|b){1000}$", 1000, true)]
    [InlineData("^(?:a|b){1000}$", 999, false)]
    [InlineData("^(?:(?:aa){1,10}){1,30}$", 600, true)]
    [InlineData("^(?:(?:aa){1,10}){1,30}$", 601, false)]
    public void Counted_repetitions_are_matched_up_to_the_limit(string expression, int length, bool expected) =>
        Assert.Equal(expected, Re2Regex.Parse(expression).IsMatch(new string('a', length)));

    [Theory]
    [InlineData("a{1000}b{100}")]
    [InlineData("(?:a?){513}")]
    [InlineData("(?:(?:ab){1,10}c){1,100}")]
    public void Counted_repetitions_past_the_limit_are_refused(string expression)
    {
        var message = Assert.Throws<Re2Exception>(() => Re2Regex.Parse(expression)).Message;

        Assert.Contains("the limit is 1024: use smaller counts", message);
    }

    [Fact]
    public void Long_expression_without_counted_repetitions_is_never_too_large()
    {
        var names = string.Join('|', Enumerable.Range(0, 220).Select(i => $"host-{i:000}"));

        Assert.True(Re2Regex.Parse(names).IsMatch("host-219 is down"));
        Assert.False(Re2Regex.Parse(names).IsMatch("host-220 is down"));
        Assert.True(Re2Regex.Parse(string.Concat(Enumerable.Repeat("a?", 1023))).IsMatch(""));
    }

    [Fact]
    public void Automaton_with_more_states_than_are_kept_still_matches()
    {
        // The character 300 places before the end decides, and nearly every place of the text is a state of its own.
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 4_000).Select(_ => random.Next(2) == 0 ? "a" : "b"));
        var regex = Re2Regex.Parse("a[ab]{300}c");

        Assert.True(regex.IsMatch(text[..^301] + 'a' + text[^300..] + 'c'));
        Assert.False(regex.IsMatch(text[..^301] + 'b' + text[^300..] + 'c'));
        Assert.True(regex.IsMatch('a' + text[..300] + 'c'));
    }

    [Fact]
    public void Threads_share_an_expression()
    {
        var regex = Re2Regex.Parse(@"\b[a-z]+-[0-9]+$");

        Parallel.For(0, 2_000, i =>
        {
            Assert.True(regex.IsMatch($"the host web-{i}"));
            Assert.False(regex.IsMatch($"the host web-{i} is up"));
        });
    }

    [Fact]
    public void Deeply_nested_expression_is_matched()
    {
        var expression = new string('(', 1000) + "a" + new string(')', 1000);

        Assert.True(Re2Regex.Parse(expression).IsMatch("a"));
    }
}
