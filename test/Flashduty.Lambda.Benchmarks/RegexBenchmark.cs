using BenchmarkDotNet.Attributes;
using Re2;

namespace Flashduty.Lambda.Benchmarks;

/// <summary>Long texts that do not match, the worst case: 2,048 characters, a field's limit. At most 0.2 ms each.</summary>
[MemoryDiagnoser]
public class RegexBenchmark
{
    private Re2Regex _regex = null!;
    private string _text = "";

    // None requires a literal text that would spare the search: an alternation, one with a class everywhere, one whose
    // automaton has hundreds of states, one that looks at both sides of each place, and one beyond ASCII.
    [Params(
        @"(?i)(a|b|c)[0-9]+(x|y)$",
        @"^[a-z ]+[0-9]{4}$",
        @"[a-z]{1,300}[0-9]",
        @"(?m)\b[A-Z]\w*\b$",
        @"\p{Han}+[据库]")]
    public string Expression { get; set; } = "";

    [Params("ascii", "chinese")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _regex = Re2Regex.Parse(Expression);
        var words = Text == "ascii" ? "the quick brown fox jumps over the lazy dog " : "磁盘空间不足 disk almost full ";
        _text = string.Concat(Enumerable.Repeat(words, 100))[..2048];
        if (_regex.IsMatch(_text))
        {
            throw new InvalidOperationException("The text is meant not to match.");
        }
    }

    [Benchmark]
    public bool IsMatch() => _regex.IsMatch(_text);

    /// <summary>With nothing built before, as in a cold start.</summary>
    [Benchmark]
    public bool ParseAndMatch() => Re2Regex.Parse(Expression).IsMatch(_text);
}
