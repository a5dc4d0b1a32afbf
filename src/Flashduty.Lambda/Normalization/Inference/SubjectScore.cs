using System.Text.Json;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>How well a field names the thing an event is about.</summary>
internal static class SubjectScore
{
    /// <summary>The least that a good subject has. A poor one, with less, is better than none.</summary>
    public const int Good = 100;

    /// <summary>The least of one that speaks of what the detail type speaks of; it is better than the event's first resource.</summary>
    public const int SpeaksOfTheDetailType = Good + DetailTypeTerms.InDetailType;

    private const int LongestSubject = 200;

    /// <returns>Zero for a field that names nothing.</returns>
    public static int Calculate(in DetailField field, DetailTypeTerms of)
    {
        if (field is { IsText: false, IsNumber: false } || FieldNameLexicon.IsPreviousState(field.Words) || FieldNameLexicon.IsAboutTime(field.Words))
        {
            return 0;
        }

        var words = field.Words;
        var last = NameTokenizer.Last(words);
        var kind = last switch
        {
            "name" or "hostname" or "host" or "fqdn" => 12,
            "title" or "subject" or "headline" or "summary" => 11,
            "id" or "ids" or "identifier" or "uuid" or "guid" or "uid" or "oid" or "sid" => 10,
            "arn" => 9,
            "number" or "sku" or "slug" => 8,
            "key" or "ref" or "reference" or "handle" or "path" or "url" or "uri" or "username" or "filename" or "file" => 6,
            "email" or "address" or "ip" or "code" or "label" => 2,
            _ when last.Length > 2 && NameTokenizer.Contain(of.DetailType, last) && !FieldNameLexicon.IsStopWord(last) => 7,
            _ when FieldNameLexicon.IsEntityNoun(last) => 7,
            _ => 0,
        };
        if (kind == 0 || field.Text.Length > LongestSubject || (field.IsNumber && kind is 7 or 11 or 12))
        {
            return 0;
        }

        var stem = kind == 7 ? words : NameTokenizer.Stem(words);
        var match = of.Match(stem, out var unmatched, out var noise);
        var isOneOfMany = (field.InArray ? 8 : 0) + (field.Value.ValueKind == JsonValueKind.Array ? 4 : 0);
        var score = kind + match - (2 * Math.Min(unmatched, 3)) - (6 * field.Depth) - isOneOfMany;
        if (field.HasGenericName && stem.IsEmpty)
        {
            score += field.HasWrapperSibling ? -8 : 14;
        }
        else if (kind == 11 && stem is "msg" or "message" or "alert" or "event" or "short")
        {
            score += 18;
        }
        else if (noise)
        {
            score -= match == 0 ? 25 : 6;
        }
        else if (match == 0 && FieldNameLexicon.IsActor(stem))
        {
            score -= 3;
        }

        return Math.Max(1, Good + score);
    }
}
