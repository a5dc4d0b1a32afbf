using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>What an event's fields say about what became of its resource: the current state, an error, an action, a reason; where it has
/// none of these, its sentence or its figures.</summary>
internal sealed class OutcomeFinder(List<DetailField> fields, DetailTypeTerms terms)
{
    private const int MaxState = 60;
    private const int MaxReason = 120;
    private const int MaxMeasures = 2;

    /// <summary>A reason that holds the state and is hardly longer says nothing more.</summary>
    private const int MinNewCharacters = 6;

    private string? _message;

    public string Message => _message ??= Best(FieldScores.Message, int.MaxValue).Text;

    public string Severity => Best(FieldScores.Severity, MaxState).Text;

    /// <param name="hasHeadline">Whether the subject is a sentence that says already what happened.</param>
    /// <param name="subject">What the title names, so that it is not repeated.</param>
    public string Describe(bool hasHeadline, NamedResource? subject)
    {
        var (state, field) = Best(FieldScores.State, MaxState);
        if (state.Length == 0)
        {
            state = Best(FieldScores.Error, MaxState).Text;
        }
        else
        {
            state = WithDecisive(state, field!.Value);
        }

        var reason = Best(FieldScores.Reason, MaxReason).Text;
        if (state.Length == 0 && !hasHeadline)
        {
            (state, field) = Best(FieldScores.Action, MaxState);
            state = subject?.Has(state) == true ? "" : state;
            reason = state.Length == 0 || reason.Length > 0 ? reason : Fit(Message, MaxReason);
        }

        if (state.Length > 0)
        {
            var saysNoMore = reason.Length == 0 || Says(state, reason) || (Says(reason, state) && reason.Length < state.Length + MinNewCharacters);
            return saysNoMore ? state : $"{state} ({reason})";
        }

        return reason.Length > 0 ? reason
            : hasHeadline ? ""
            : FirstSentence(Message) is { Length: > 0 } sentence ? sentence
            : Measures(subject) is { Length: > 0 } measures ? measures
            : Best(FieldScores.Category, MaxState).Text;
    }

    /// <summary>A state with the one that decides: <c>PUSH SUCCESS</c>, <c>ACTIVE, latest update attempt FAILED</c>.</summary>
    private string WithDecisive(string state, in DetailField field)
    {
        if (Best(FieldScores.Action, MaxState) is { Text.Length: > 0 } action && !FieldNameLexicon.IsOutcome(NameTokenizer.Tokenize(action.Text))
            && (NameTokenizer.Last(field.Words) is "result" or "outcome" || action.Field!.Value.Words is "alert type" || action.Field!.Value.Depth < field.Depth || terms.IsWhatChanged(action.Field!.Value.Words)))
        {
            return $"{action.Text} {state}";
        }

        foreach (var other in fields)
        {
            if (IsVerdict(other.Words) && IsOther(other, field, state))
            {
                return $"{state} {other.Text}";
            }
        }

        foreach (var other in fields)
        {
            if (Values.Severity.IsBad(other.Text) && !Values.Severity.IsBad(state) && other.Depth <= field.Depth + 1 && IsOther(other, field, state))
            {
                return $"{state}, {NameTokenizer.Stem(other.Words)} {other.Text}";
            }
        }

        return state;
    }

    private bool IsOther(in DetailField other, in DetailField field, string state) =>
        other.Path != field.Path && other.Text != state && !other.InArray && other.Text.Length <= MaxState && FieldScores.State(other, terms) > 0;

    private static bool IsVerdict(string words) => NameTokenizer.Last(words) is "decision" or "verdict" or "conclusion"
        || words is "scan result status" or "latest update attempt status" or "compliance status";

    /// <summary>Where nothing names a resource: the first short text that is not a state or a time.</summary>
    public string? FirstText()
    {
        if (Best(FieldScores.State, MaxState).Text.Length == 0)
        {
            return null;
        }

        foreach (var field in fields)
        {
            if (field is { IsText: true, Depth: 0, InArray: false } && field.Text.Length <= MaxState && FieldScores.State(field, terms) == 0
                && IsMeasure(field, null) && field.Text != Message && !FieldNameLexicon.IsProperty(NameTokenizer.Last(field.Words)))
            {
                return field.Text;
            }
        }

        return null;
    }

    /// <summary>Up to two fields with their names: <c>temperature 92.4, threshold 80</c>. Numbers say more than texts.</summary>
    private string Measures(NamedResource? subject)
    {
        var measures = new List<string>();
        Add(field => field.IsNumber);
        if (measures.Count == 0)
        {
            Add(field => !field.IsNumber && field.Text.Length <= MaxState);
        }

        return string.Join(", ", measures);

        void Add(Func<DetailField, bool> take)
        {
            foreach (var field in fields)
            {
                if (measures.Count < MaxMeasures && IsMeasure(field, subject) && take(field))
                {
                    measures.Add(field.IsBoolean ? InWords(field) : $"{field.Words} {field.Text}");
                }
            }
        }
    }

    private static bool IsMeasure(in DetailField field, NamedResource? subject) =>
        field is { Depth: <= 1, InArray: false } && subject?.Has(field.Text) != true
        && !FieldNameLexicon.IsIdentifier(field.Words) && !FieldNameLexicon.IsName(field.Words) && !FieldNameLexicon.IsPointInTime(field.Words)
        && !FieldNameLexicon.Any(field.Words, FieldNameLexicon.IsSurroundings) && !FieldNameLexicon.IsContact(field.Words)
        && NameTokenizer.Last(field.Words) is not ("severity" or "urgency" or "priority")
        && !FieldNameLexicon.Any(field.Words, static word => word is "version" or "event" or "message" or "request");

    /// <summary>The field with the highest score and its text, the first of equals. A longer text than the longest counts by its first
    /// sentence, if that is short enough.</summary>
    private (string Text, DetailField? Field) Best(Func<DetailField, DetailTypeTerms, int> score, int longest)
    {
        (string Text, DetailField? Field) best = ("", null);
        var most = 0;
        foreach (var field in fields)
        {
            if (score(field, terms) is var s && s > most && Fit(field.IsBoolean ? InWords(field) : field.Text, longest) is { Length: > 0 } text)
            {
                best = (text, field);
                most = s;
            }
        }

        return best;
    }

    /// <summary>Yes or no in words: <c>failed</c>, <c>not healthy</c>.</summary>
    private static string InWords(in DetailField field)
    {
        var words = field.Words.StartsWith("is ", StringComparison.Ordinal) ? field.Words["is ".Length..] : field.Words;
        return field.Text == "true" ? words : words is "success" or "succeeded" or "successful" or "ok"
            or "passed" ? "failed" : $"not {words}";
    }

    private static string Fit(string text, int longest) =>
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
