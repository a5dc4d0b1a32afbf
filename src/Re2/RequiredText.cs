using System.Text;

namespace Re2;

/// <summary>Texts of which every match of an expression has one at least.</summary>
/// <remarks>.NET needs up to a millisecond to build a regular expression. A text that has none of these does not match, which takes
/// no regular expression to say; and an expression that is nothing else (<c>/outage/</c>, <c>/cpu|disk/</c>) never needs one.</remarks>
internal sealed class RequiredText
{
    private const int MaxTexts = 16;

    private readonly List<string> _texts;

    private RequiredText(List<string> texts, bool isAll)
    {
        _texts = texts;
        IsAll = isAll;
    }

    /// <summary>Whether a text that has one of them matches.</summary>
    public bool IsAll { get; }

    /// <returns>Null if there are none.</returns>
    public static RequiredText? Of(RegexNode node) => Texts(node) is { } texts ? new RequiredText(texts, IsLiteral(node)) : null;

    /// <summary>Exact if <see cref="IsAll"/>; otherwise without regard to the case of ASCII's letters, for a text that is ASCII.</summary>
    public bool IsIn(string text)
    {
        var comparison = IsAll ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        foreach (var required in _texts)
        {
            if (text.Contains(required, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLiteral(RegexNode node) => node switch
    {
        RegexNode.One one => one.Set.Ranges is [var (first, last)] && first == last && Rune.IsValid(first),
        RegexNode.Sequence sequence => sequence.Items.All(item => item is RegexNode.One && IsLiteral(item)),
        RegexNode.Either either => either.Branches.All(branch => branch is not RegexNode.Either && IsLiteral(branch)),
        _ => false,
    };

    private static List<string>? Texts(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.One:
                return Best([node]);
            case RegexNode.Sequence sequence:
                return Best(sequence.Items);
            case RegexNode.Repeat { Min: > 0 } repeat:
                return Texts(repeat.Item);
            case RegexNode.Either either:
                var all = new List<string>();
                foreach (var branch in either.Branches)
                {
                    if (Texts(branch) is not { } texts || all.Count + texts.Count > MaxTexts)
                    {
                        return null;
                    }

                    all.AddRange(texts);
                }

                return all;
            default:
                return null;
        }
    }

    /// <summary>Of what the items require, one after the other, what is longest: it is in the fewest texts.</summary>
    private static List<string>? Best(IReadOnlyList<RegexNode> items)
    {
        List<string>? best = null;
        var run = new StringBuilder();
        foreach (var item in items)
        {
            if (item is RegexNode.One one)
            {
                if (Character(one.Set) is { } character)
                {
                    run.Append(character.ToString());
                    continue;
                }

                EndRun();
                continue;
            }

            EndRun();
            Consider(Texts(item));
        }

        EndRun();
        return best;

        void EndRun()
        {
            Consider(run.Length > 0 ? [run.ToString()] : null);
            run.Clear();
        }

        void Consider(List<string>? texts)
        {
            if (texts is not null && (best is null || texts.Min(text => text.Length) > best.Min(text => text.Length)))
            {
                best = texts;
            }
        }
    }

    /// <summary>The set's only character; or the letter whose upper and lower case it is, which beyond ASCII ſ or the Kelvin sign may join.</summary>
    private static Rune? Character(CodePointSet set) => set.Ranges switch
    {
        [var (first, last)] when first == last && Rune.IsValid(first) => new Rune(first),
        [var (upper, upperLast), var (lower, lowerLast), .. var rest] when upper == upperLast && lower == lowerLast
            && upper is >= 'A' and <= 'Z' && lower == upper + 32
            && (rest.IsEmpty || (rest is [var (first, last)] && first == last && first is 0x17F or 0x212A)) => new Rune(upper),
        _ => null,
    };
}
