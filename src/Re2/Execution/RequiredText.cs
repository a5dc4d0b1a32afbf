using System.Text;
using Re2.Syntax;
using Re2.Unicode;

namespace Re2.Execution;

/// <summary>Literal texts, at least one of which is in every match of an expression.</summary>
/// <remarks>A text without any of them does not match, which a search tells in a fraction of the time; and an expression that is nothing
/// else (<c>/outage/</c>, <c>/cpu|disk/</c>) needs no machine at all.</remarks>
internal sealed class RequiredText
{
    private const int MaxTexts = 16;

    private readonly List<string>? _texts;

    /// <summary>Whether the case of ASCII's letters does not count.</summary>
    private bool _ignoreCase;

    private RequiredText(RegexNode node)
    {
        _texts = Texts(node);
        IsWholeExpression = IsLiteral(node);
    }

    /// <summary>Whether every text that has one of them matches.</summary>
    public bool IsWholeExpression { get; }

    /// <returns>Null if there are none.</returns>
    public static RequiredText? Find(RegexNode node) => new RequiredText(node) is { _texts: not null } required ? required : null;

    /// <returns>False only if the text has none of them.</returns>
    public bool MayBeIn(string text)
    {
        if (_ignoreCase && !Ascii.IsValid(text))
        {
            // Beyond ASCII, letters fold in ways that a search does not know: the Kelvin sign is a k.
            return true;
        }

        var comparison = _ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var required in _texts!)
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
        RegexNode.Character character => character.Set.Ranges is [var (first, last)] && first == last && Rune.IsValid(first),
        RegexNode.Concatenation concatenation => concatenation.Items.All(item => item is RegexNode.Character && IsLiteral(item)),
        RegexNode.Alternation alternation => alternation.Branches.All(branch => branch is not RegexNode.Alternation && IsLiteral(branch)),
        _ => false,
    };

    private List<string>? Texts(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.Character:
                return Best([node]);
            case RegexNode.Concatenation concatenation:
                return Best(concatenation.Items);
            case RegexNode.Repetition { Min: > 0 } repetition:
                return Texts(repetition.Item);
            case RegexNode.Alternation alternation:
                var all = new List<string>();
                foreach (var branch in alternation.Branches)
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
    private List<string>? Best(IReadOnlyList<RegexNode> items)
    {
        List<string>? best = null;
        var run = new StringBuilder();
        foreach (var item in items)
        {
            if (item is RegexNode.Character { Set: var set })
            {
                if (Character(set) is { } character)
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

    /// <summary>The set's only character; or the letter whose upper and lower case it is (ſ and the Kelvin sign fold to ASCII too).</summary>
    private Rune? Character(CodePointSet set)
    {
        switch (set.Ranges)
        {
            case [var (first, last)] when first == last && Rune.IsValid(first):
                return new Rune(first);
            case [var (upper, upperLast), var (lower, lowerLast), .. var rest]
                when upper == upperLast && lower == lowerLast && upper is >= 'A' and <= 'Z' && lower == upper + 32
                && (rest.IsEmpty || (rest is [var (first, last)] && first == last && first is 0x17F or 0x212A)):
                _ignoreCase = true;
                return new Rune(upper);
            default:
                return null;
        }
    }
}
