using System.Text.Json;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>
/// What an event says whose type no row of the catalog knows, told by the names of its fields. A field is the better a subject, the more
/// its name speaks of what the detail type speaks of (<c>orderId</c> in an <c>OrderFailed</c>), the shallower it is, and the more its last
/// word promises (<c>name</c> before <c>id</c> before <c>key</c>).
/// </summary>
internal sealed class FieldInference(EventBridgeEvent e)
{
    private const int LongestState = 60;
    private const int LongestReason = 120;
    private const int MostFacts = 12;

    /// <summary>A reason that holds the state and is hardly longer says nothing more.</summary>
    private const int SaysNoMore = 6;

    private readonly DetailTypeTerms _words = new(e);
    private List<DetailField>? _fields;
    private (DetailField Field, int Score)? _subject;
    private string? _message;

    private List<DetailField> Fields => _fields ??= DetailFields.From(e.Detail);

    /// <summary>The thing that a part of an event names, such as the parameters of a CloudTrail call; null if it names none.</summary>
    public static string? Thing(EventBridgeEvent e, JsonElement part)
    {
        var call = FieldPath.Read("eventName", e) ?? "";
        var rules = new FieldInference(e with { DetailType = call, Detail = part, Resources = [] });
        return rules.SubjectField is { Score: > 0 } subject ? subject.Field.Text : null;
    }

    /// <summary>The thing it happened to; its source if the event names none.</summary>
    public string Subject()
    {
        if (e.Detail.ValueKind is not JsonValueKind.Object && ScalarText.Read(e.Detail) is { } text)
        {
            return text;
        }

        var (field, score) = SubjectField;
        return score >= SubjectScore.SpeaksOfTheDetailType || (score > 0 && e.Resources.Count == 0) ? Arn.Shorten(field.Text) + Context(field)
            : e.Resources.Count > 0 ? Arn.Shorten(Resource())
            : Facts().Count == 0 && Message().Length == 0 ? e.Source
            : "";
    }

    /// <summary>A name in parentheses for a subject that is only an id: <c>35436 (Printer is on fire)</c>.</summary>
    private string Context(in DetailField subject)
    {
        if (!FieldNameLexicon.IsIdentifier(subject.Words) && NameTokenizer.Last(subject.Words) is not "number")
        {
            return "";
        }

        (string Text, int Score) best = ("", SubjectScore.Good);
        foreach (var field in Fields)
        {
            var last = NameTokenizer.Last(field.Words);
            var isName = last is "name" or "title" or "subject" || (last.Length == field.Words.Length && FieldNameLexicon.IsEntityNoun(last));
            if (isName && field.Value.ValueKind == JsonValueKind.String && field.Depth <= subject.Depth && field.Text.Length <= LongestState
                && field.Text != subject.Text && !FieldNameLexicon.IsMetadata(field.Words) && !FieldNameLexicon.IsActor(field.Words)
                && SubjectScore.Calculate(field, _words) is var score && score > best.Score)
            {
                best = (field.Text, score);
            }
        }

        return best.Text.Length > 0 ? $" ({Arn.Shorten(best.Text)})" : "";
    }

    /// <summary>What tells this thing from others of its kind; empty if nothing does.</summary>
    public string Identity() => SubjectField is { Score: > 0 } subject && !SubjectIsProse ? subject.Field.Text : "";

    /// <summary>What became of it, and why, if that can be said in a few words.</summary>
    public string State()
    {
        var state = Best(FieldScores.State, LongestState);
        state = state.Length > 0 ? state : Best(FieldScores.Error, LongestState);
        var prose = SubjectIsProse;
        var reason = Best(FieldScores.Reason, LongestReason);
        if (state.Length == 0 && !prose)
        {
            state = Best(FieldScores.Action, LongestState);
            reason = state.Length == 0 || reason.Length > 0 ? reason : Fitting(Message(), LongestReason);
        }

        if (state.Length > 0)
        {
            var saysNoMore = reason.Length == 0 || Says(state, reason) || (Says(reason, state) && reason.Length < state.Length + SaysNoMore);
            return saysNoMore ? state : $"{state} ({reason})";
        }

        return reason.Length > 0 ? reason
            : prose ? Best(FieldScores.Severity, LongestState)
            : FirstSentence(Message()) is { Length: > 0 } sentence ? sentence
            : Measures() is { Length: > 0 } measures ? measures
            : Best(FieldScores.Category, LongestState);
    }

    /// <summary>What happened, in the event's own sentences.</summary>
    public string Message() => _message ??= Best(FieldScores.Message, int.MaxValue);

    /// <summary>The shallow fields in the event's order.</summary>
    public List<KeyValuePair<string, string>> Facts()
    {
        var facts = new List<KeyValuePair<string, string>>();
        foreach (var field in Fields)
        {
            if (field is { Depth: <= 1, InArray: false } && facts.Count < MostFacts && field.Text != Message())
            {
                facts.Add(new(field.Path, field.Text));
            }
        }

        return facts;
    }

    /// <summary>A subject that is a sentence says already what happened.</summary>
    private bool SubjectIsProse => SubjectField is { Score: > 0 } subject
        && (FieldNameLexicon.IsProse(subject.Field.Words) || subject.Field.Text.AsSpan().Count(' ') >= 3);

    private (DetailField Field, int Score) SubjectField => _subject ??= FindSubject();

    /// <summary>The first resource of a kind the detail type names, else the first.</summary>
    private string Resource()
    {
        foreach (var resource in e.Resources)
        {
            if (Arn.TryParse(resource, out var arn) && arn.Type.Length > 0 && NameTokenizer.Contain(_words.DetailType, NameTokenizer.Tokenize(arn.Type)))
            {
                return resource;
            }
        }

        return e.Resources[0];
    }

    /// <summary>Up to two fields with their names: <c>temperature 92.4, threshold 80</c>. Numbers say more than texts.</summary>
    private string Measures()
    {
        const int Most = 2;
        var measures = new List<string>();
        AddMeasures(field => field.IsNumber);
        if (measures.Count == 0)
        {
            AddMeasures(field => !field.IsNumber && field.Text.Length <= LongestState);
        }

        return string.Join(", ", measures);

        void AddMeasures(Func<DetailField, bool> take)
        {
            foreach (var field in Fields)
            {
                var isMeasure = field is { Depth: <= 1, InArray: false } && field != SubjectField.Field
                    && !FieldNameLexicon.IsIdentifier(field.Words) && !FieldNameLexicon.IsName(field.Words) && !FieldNameLexicon.IsPointInTime(field.Words)
                    && !FieldNameLexicon.IsMetadata(field.Words) && !FieldNameLexicon.IsContact(field.Words);
                if (measures.Count < Most && isMeasure && take(field))
                {
                    measures.Add(field.IsBoolean ? Said(field) : $"{field.Words} {field.Text}");
                }
            }
        }
    }

    private (DetailField, int) FindSubject()
    {
        (DetailField Field, int Score) best = (default, 0);
        foreach (var field in Fields)
        {
            if (SubjectScore.Calculate(field, _words) is var score && score > best.Score)
            {
                best = (field, score);
            }
        }

        return best;
    }

    /// <summary>The text of the field with the highest score, the first of equals; empty if none scores. A longer text than the longest
    /// counts by its first sentence, if that is short enough.</summary>
    private string Best(Func<DetailField, DetailTypeTerms, int> score, int longest)
    {
        var best = "";
        var most = 0;
        foreach (var field in Fields)
        {
            if (score(field, _words) is var s && s > most && Fitting(field.IsBoolean ? Said(field) : field.Text, longest) is { Length: > 0 } text)
            {
                best = text;
                most = s;
            }
        }

        return best;
    }

    /// <summary>Yes or no in words: <c>failed</c>, <c>not healthy</c>.</summary>
    private static string Said(in DetailField field)
    {
        var words = field.Words.StartsWith("is ", StringComparison.Ordinal) ? field.Words["is ".Length..] : field.Words;
        return field.Text == "true" ? words : words is "success" or "succeeded" or "successful" or "ok"
            or "passed" ? "failed" : $"not {words}";
    }

    private static string Fitting(string text, int longest) =>
        FieldNameLexicon.IsPlaceholder(text) ? ""
        : text.Length <= longest ? text
        : FirstSentence(text) is var sentence && sentence.Length <= longest ? sentence
        : "";

    private static string FirstSentence(string text)
    {
        const int Longest = 160;
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        var sentence = end < 0 ? text : text[..end];
        end = sentence.IndexOf(". ", StringComparison.Ordinal);
        return TextSanitizer.Cut((end < 0 ? sentence : sentence[..end]).TrimEnd('.'), Longest);
    }

    private static bool Says(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
