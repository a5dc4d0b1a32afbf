using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>The words of an event's detail type and source: what the event is about.</summary>
internal sealed class DetailTypeTerms(EventBridgeEvent e)
{
    private readonly string _source = NameTokenizer.Tokenize(e.Source[(e.Source.LastIndexOfAny(['.', '/']) + 1)..]);

    private readonly string _subject = WithoutProduct(NameTokenizer.Tokenize(e.DetailType), e.Source);

    public string DetailType { get; } = NameTokenizer.Tokenize(e.DetailType);

    /// <summary>Where in the detail type a noun stands, counted from one; zero if the detail type does not name it. Later is narrower: the
    /// step of a cluster.</summary>
    /// <param name="noun">Words of a name without what kind of value it is: <c>order</c> of <c>orderId</c>. Its last word decides, as
    /// <c>deployment group</c> is a group.</param>
    public int IndexInDetailType(ReadOnlySpan<char> noun) => IndexIn(_subject, NameTokenizer.Last(noun));

    /// <summary>Whether the detail type has the last word of a noun, be it of the service's name.</summary>
    public bool IsInDetailType(ReadOnlySpan<char> noun) => IndexIn(DetailType, NameTokenizer.Last(noun)) > 0;

    /// <summary>Whether a noun ends as a word of the detail type does: <c>gamesessionqueue</c> in a <c>Queue Placement Event</c>.</summary>
    public bool EndsWithWordOfDetailType(string noun)
    {
        foreach (var range in DetailType.AsSpan().Split(' '))
        {
            var word = DetailType.AsSpan(range);
            if (word.Length > 3 && !FieldNameLexicon.IsStopWord(word) && noun.AsSpan().EndsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many words of a noun the detail type has.</summary>
    public int CountInDetailType(ReadOnlySpan<char> noun)
    {
        var count = 0;
        foreach (var range in noun.Split(' '))
        {
            count += IndexIn(_subject, noun[range]) > 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether the source names the noun.</summary>
    public bool IsInSource(ReadOnlySpan<char> noun) => IndexIn(_source, NameTokenizer.Last(noun)) > 0;

    /// <summary>Whether the detail type says what happened: <c>Object Created</c>, <c>Import Job Failed</c>.</summary>
    public bool SaysOutcome { get; } = FieldNameLexicon.IsOutcome(NameTokenizer.Tokenize(e.DetailType));

    /// <summary>Whether a text only says what the detail type says, so that a title need not say it twice.</summary>
    public bool SaysNothingNew(string text) =>
        NameTokenizer.Tokenize(text) is var words
        && (words == DetailType || DetailType.EndsWith(' ' + words, StringComparison.Ordinal) || SaysWithoutSpaces(words));

    /// <summary>Whether the detail type says that this is what changed, as in <c>Object Storage Class Changed</c>: then its value is the new
    /// state.</summary>
    public bool IsWhatChanged(ReadOnlySpan<char> words)
    {
        var changed = NameTokenizer.Last(DetailType) is "changed" or "updated" ? NameTokenizer.Last(NameTokenizer.Stem(DetailType)) : default;
        return !changed.IsEmpty && !FieldNameLexicon.IsEntityNoun(changed) && changed.SequenceEqual(NameTokenizer.Last(words));
    }

    /// <summary>A detail type without the service's own name, which names no resource: <c>CodeCommit</c>.</summary>
    private static string WithoutProduct(string words, string source)
    {
        var product = source[(source.LastIndexOfAny(['.', '/']) + 1)..].Replace("-", "", StringComparison.Ordinal);
        var parts = words.Split(' ');
        for (var from = 0; from < parts.Length; from++)
        {
            var joined = parts[from];
            for (var to = from + 1; to < parts.Length && joined.Length < product.Length; to++)
            {
                joined += parts[to];
                if (joined.Equals(product, StringComparison.OrdinalIgnoreCase))
                {
                    return string.Join(' ', [.. parts[..from], .. parts[(to + 1)..]]);
                }
            }
        }

        return words;
    }

    private bool SaysWithoutSpaces(string words) =>
        DetailType.Replace(" ", "", StringComparison.Ordinal).EndsWith(words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    private static int IndexIn(string words, ReadOnlySpan<char> word)
    {
        if (word.Length <= 2 || FieldNameLexicon.IsStopWord(word))
        {
            return 0;
        }

        var index = 0;
        var previous = ReadOnlySpan<char>.Empty;
        var found = 0;
        foreach (var range in words.AsSpan().Split(' '))
        {
            index++;
            var current = words.AsSpan(range);
            var joins = word.Length == previous.Length + current.Length && word.StartsWith(previous) && word.EndsWith(current);
            if (joins || NameTokenizer.Same(current, word))
            {
                found = index;
            }

            previous = current;
        }

        return found;
    }
}
