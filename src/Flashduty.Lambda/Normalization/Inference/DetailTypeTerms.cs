using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>The words an event's detail type and source are made of: what the event speaks of.</summary>
internal sealed class DetailTypeTerms(EventBridgeEvent e)
{
    /// <summary>What a word is worth that the detail type has, too.</summary>
    public const int InDetailType = 30;

    private const int InSource = 12;

    private readonly string _source = NameTokenizer.Tokenize(e.Source[(e.Source.LastIndexOfAny(['.', '/']) + 1)..]);

    public string DetailType { get; } = NameTokenizer.Tokenize(e.DetailType);

    /// <summary>How much a name's words speak of what the detail type, or else the source, speaks of.</summary>
    /// <param name="words">A name's words.</param>
    /// <param name="unmatched">How many speak of something else.</param>
    /// <param name="noise">Whether one of these identifies the message or its surroundings.</param>
    public int Match(ReadOnlySpan<char> words, out int unmatched, out bool noise)
    {
        var score = 0;
        unmatched = 0;
        noise = false;
        foreach (var range in words.Split(' '))
        {
            var word = words[range];
            if (word.Length <= 2 || FieldNameLexicon.IsStopWord(word))
            {
                noise |= FieldNameLexicon.IsMetadata(word);
                continue;
            }

            if (IndexIn(DetailType, word) is var index and >= 0)
            {
                // The later word is the narrower one: the step of a cluster, the payment of an order.
                score = Math.Max(score + 3, InDetailType + Math.Min(index, 5));
            }
            else if (IndexIn(_source, word) >= 0)
            {
                score = Math.Max(score, InSource);
            }
            else
            {
                unmatched++;
                noise |= FieldNameLexicon.IsMetadata(word);
            }
        }

        return score;
    }

    /// <summary>Whether a text only says what the detail type says, so that a title need not say it twice.</summary>
    public bool SaysNothingNew(string text) =>
        NameTokenizer.Tokenize(text) is var words && (words == DetailType || DetailType.EndsWith(' ' + words, StringComparison.Ordinal));

    private static int IndexIn(string words, ReadOnlySpan<char> word)
    {
        var index = 0;
        foreach (var range in words.AsSpan().Split(' '))
        {
            if (NameTokenizer.Same(words.AsSpan(range), word))
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}
