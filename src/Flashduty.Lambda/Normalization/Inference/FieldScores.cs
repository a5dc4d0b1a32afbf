using System.Text.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>How well a field says what became of the thing an event is about, by its name. Zero: not at all.</summary>
internal static class FieldScores
{
    /// <summary>Fields that name a state or an outcome.</summary>
    public static int State(DetailField field, DetailTypeTerms of)
    {
        var words = field.Words;
        var stem = NameTokenizer.Stem(words);
        var score = NameTokenizer.Last(words) switch
        {
            "state" or "status" => 20,
            "value" or "name" or "code" or "label" when NameTokenizer.Last(stem) is "state" or "status" => 18,
            "type" when NameTokenizer.Last(stem) is "compliance" => 16,
            // A run that is completed has a conclusion, too, and that tells more.
            "conclusion" or "outcome" or "verdict" => 28,
            "result" or "resolution" or "disposition" or "decision" => 16,
            "success" or "succeeded" or "successful" or "ok" or "passed" or "failed" or "healthy" or "available" or "reachable"
                or "online" or "alive"
                or "connected" when field.IsBoolean => 14,
            "phase" or "health" or "compliance" or "transition" or "condition" => 12,
            _ => 0,
        };
        var saysNothing = field.Value.ValueKind == JsonValueKind.Array || (field.IsText && !field.Text.Any(char.IsLetter));
        if (score == 0 || saysNothing || FieldNameLexicon.IsPreviousState(words) || FieldNameLexicon.IsDesiredState(stem))
        {
            return 0;
        }

        score += NameTokenizer.Contain(stem, "current") || NameTokenizer.Contain(stem, "new") || NameTokenizer.Contain(stem, "latest") || NameTokenizer.Contain(stem, "final") ? 6
            : of.IndexInDetailType(stem) > 0 ? 6
            : stem.IsEmpty ? 8
            : -2;
        return score - (4 * field.Depth) - (field.InArray ? 8 : 0) - (field.IsNumber ? 6 : 0);
    }

    /// <summary>Fields that name an error, by a code or in a word.</summary>
    public static int Error(DetailField field, DetailTypeTerms _) => !field.IsText && !field.IsNumber ? 0 : WithDepthPenalty(field, NameTokenizer.Last(field.Words) switch
    {
        "error" or "exception" or "fault" => 18,
        "code" or "type" or "name" when NameTokenizer.Last(NameTokenizer.Stem(field.Words)) is "error" or "exception" or "failure" or "fault" or "decline" => 20,
        _ => 0,
    });

    /// <summary>Fields that name what happened: an action, an event.</summary>
    public static int Action(DetailField field, DetailTypeTerms of)
    {
        if (field.Value.ValueKind != JsonValueKind.String || FieldNameLexicon.IsPreviousState(field.Words))
        {
            return 0;
        }

        var score = field.Words switch
        {
            "event name" or "event" or "action" or "operation" or "transition" or "trans name" => 20,
            "event type" or "operation type" or "action type" or "change type" or "type of change" or "update type" or "sub type"
                or "subtype" => 18,
            "alert type" when of.IsInDetailType("alert") => 20,
            "notification type" or "alert type" or "trigger" or "verb" or "topic" => 12,
            _ when of.IsWhatChanged(field.Words) => 20,
            _ when NameTokenizer.Last(field.Words) is "action" or "event" or "operation" => 10,
            _ when NameTokenizer.Last(field.Words) is "type" && FieldNameLexicon.IsOutcome(NameTokenizer.Tokenize(field.Text)) => 16,
            _ => 0,
        };
        return score > 0 && !of.SaysNothingNew(field.Text) ? WithDepthPenalty(field, score) : 0;
    }

    /// <summary>Fields that say why.</summary>
    public static int Reason(DetailField field, DetailTypeTerms _) => field.Value.ValueKind != JsonValueKind.String
        ? 0
        : WithDepthPenalty(field, NameTokenizer.Last(field.Words) switch
        {
            "reason" or "cause" => 20,
            "message" or "description" or "text" or "detail" or "details"
                when NameTokenizer.Last(NameTokenizer.Stem(field.Words)) is "error" or "status" or "state" or "failure" or "exception" or "reason" => 16,
            "error" or "exception" => 14,
            _ => 0,
        });

    /// <summary>Fields that say how bad it is.</summary>
    public static int Severity(DetailField field, DetailTypeTerms _) => field.Depth > 1 || field.InArray || !(field.IsText || field.IsNumber)
        || FieldNameLexicon.IsPreviousState(field.Words)
        ? 0
        : WithDepthPenalty(field, NameTokenizer.Last(field.Words) switch
        {
            "severity" or "sev" => 20,
            "level" when NameTokenizer.Stem(field.Words) is "" or "severity" or "alert" or "risk" => 16,
            "urgency" => 16,
            "priority" => 13,
            _ => 0,
        });

    /// <summary>What is better than nothing: how bad, of what kind.</summary>
    public static int Category(DetailField field, DetailTypeTerms of) => field.Value.ValueKind != JsonValueKind.String || of.SaysNothingNew(field.Text)
        ? 0
        : WithDepthPenalty(field, NameTokenizer.Last(field.Words) switch
        {
            "type" or "category" or "kind" => 12,
            _ => 0,
        });

    /// <summary>Fields that tell it in sentences.</summary>
    public static int Message(DetailField field, DetailTypeTerms _)
    {
        if (field.Value.ValueKind != JsonValueKind.String || field.Text.AsSpan().TrimStart() is ['{' or '[' or '<', ..])
        {
            return 0;
        }

        var score = NameTokenizer.Last(field.Words) switch
        {
            "message" or "msg" => 22,
            "reason" or "cause" => 19,
            "error" or "exception" => 17,
            "description" => 16,
            "summary" or "explanation" => 15,
            "text" or "body" or "comment" or "note" or "notes" or "details" or "annotation" => 13,
            "title" or "headline" or "subject" => 6,
            _ => 0,
        };
        return WithDepthPenalty(field, score);
    }

    private static int WithDepthPenalty(DetailField field, int score) => score == 0 ? 0 : Math.Max(1, score - (4 * field.Depth) - (field.InArray ? 6 : 0));
}
