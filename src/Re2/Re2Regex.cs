using Re2.Execution;
using Re2.Syntax;

namespace Re2;

/// <summary>A regular expression in RE2's dialect: https://github.com/google/re2/wiki/Syntax. Immutable, for any number of threads.</summary>
/// <remarks>
/// It says whether a text matches, not where. Matching takes time linear in the text, whatever the expression. Characters are Unicode
/// code points; <c>\b</c>, <c>\d</c>, <c>\s</c> and <c>\w</c> are ASCII's, as in RE2.
/// </remarks>
public sealed class Re2Regex
{
    private readonly RegexNode _node;
    private readonly RequiredText? _required;
    private Program? _program;

    /// <summary>A machine that no thread uses now.</summary>
    private Machine? _idle;

    private Re2Regex(RegexNode node)
    {
        _node = node;
        _required = RequiredText.Find(node);
    }

    /// <exception cref="Re2Exception">RE2 refuses the text, or its repetitions written out are too large.</exception>
    public static Re2Regex Parse(string text)
    {
        var node = Parser.Parse(text);

        // Without counted repetitions it is never larger than its text.
        return node.Size <= Math.Max(Program.MaxSize, text.Length)
            ? new Re2Regex(node)
            : throw new Re2Exception(
                $"with its repetitions written out it comes to {node.Size} instructions; the limit is {Program.MaxSize}: "
                + "use smaller counts, or * or +");
    }

    /// <summary>Whether the expression matches anywhere in the text.</summary>
    public bool IsMatch(string text)
    {
        if (_required is not null)
        {
            // Many texts need no machine, which costs far more than all else when it first runs.
            if (!_required.MayBeIn(text))
            {
                return false;
            }

            if (_required.IsWholeExpression)
            {
                return true;
            }
        }

        var machine = Interlocked.Exchange(ref _idle, null) ?? new Machine(_program ??= Program.Compile(_node));
        var isMatch = machine.IsMatch(text);
        _idle = machine;
        return isMatch;
    }
}
