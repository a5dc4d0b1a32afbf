using System.Text.Json;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization;

/// <summary>
/// What an event says whose type no row of the catalog knows, told by the names of its fields. A field is the better a subject, the more its
/// name speaks of what the detail type speaks of (<c>orderId</c> in an <c>OrderFailed</c>), the shallower it is, and the more its last word
/// promises (<c>name</c> before <c>id</c> before <c>key</c>).
/// </summary>
internal sealed class UnknownEvents(EventBridgeEvent e)
{
    private const int LongestSubject = 200;
    private const int LongestState = 60;
    private const int LongestReason = 120;
    private const int MostFacts = 12;

    /// <summary>What a subject's score starts from, so that even a poor one counts; and from where on it is better than the first resource.</summary>
    private const int PoorSubject = 100;
    private const int SpeaksOfTheDetailType = PoorSubject + 30;

    /// <summary>A reason that holds the state and is hardly longer says nothing more.</summary>
    private const int SaysNoMore = 6;

    private readonly string _typeWords = Words.Of(e.DetailType);
    private readonly string _sourceWords = Words.Of(e.Source[(e.Source.LastIndexOfAny(['.', '/']) + 1)..]);
    private List<DetailField>? _fields;
    private (DetailField Field, int Score)? _subject;
    private string? _message;

    private List<DetailField> Fields => _fields ??= DetailFields.Of(e.Detail);

    /// <summary>The thing that a part of an event names, such as the parameters of a CloudTrail call; null if it names none.</summary>
    public static string? Thing(EventBridgeEvent e, JsonElement part)
    {
        var call = FieldPath.Read("eventName", e) ?? "";
        var rules = new UnknownEvents(e with { DetailType = call, Detail = part, Resources = [] });
        return rules.SubjectField is { Score: > 0 } subject ? subject.Field.Text : null;
    }

    /// <summary>The thing it happened to; its source if the event names none.</summary>
    public string Subject()
    {
        if (e.Detail.ValueKind is not JsonValueKind.Object && FieldPath.Scalar(e.Detail) is { } text)
        {
            return text;
        }

        var (field, score) = SubjectField;
        return score >= SpeaksOfTheDetailType || (score > 0 && e.Resources.Count == 0) ? Arn.Shorten(field.Text) + Context(field)
            : e.Resources.Count > 0 ? Arn.Shorten(Resource())
            : Facts().Count == 0 && Message().Length == 0 ? e.Source
            : "";
    }

    /// <summary>A name in parentheses for a subject that is only an id: <c>35436 (Printer is on fire)</c>.</summary>
    private string Context(in DetailField subject)
    {
        if (!FieldWords.IsIdentifier(subject.Words) && Words.Last(subject.Words) is not "number")
        {
            return "";
        }

        (string Text, int Score) best = ("", PoorSubject);
        foreach (var field in Fields)
        {
            var last = Words.Last(field.Words);
            if (field.Value.ValueKind == JsonValueKind.String && field.Depth <= subject.Depth && (last is "name" or "title" or "subject" || (last.Length == field.Words.Length && FieldWords.IsThing(last)))
                && !FieldWords.IsNoise(field.Words) && !FieldWords.IsPerson(field.Words) && field.Text != subject.Text
                && field.Text.Length <= LongestState && SubjectScore(field) is var score && score > best.Score)
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
        var state = Best(StateScore, LongestState);
        state = state.Length > 0 ? state : Best(ErrorScore, LongestState);
        var prose = SubjectIsProse;
        var reason = Best(ReasonScore, LongestReason);
        if (state.Length == 0 && !prose)
        {
            state = Best(HappeningScore, LongestState);
            reason = state.Length == 0 || reason.Length > 0 ? reason : Fitting(Message(), LongestReason);
        }

        if (state.Length > 0)
        {
            return reason.Length == 0 || Says(state, reason) || (Says(reason, state) && reason.Length < state.Length + SaysNoMore) ? state : $"{state} ({reason})";
        }

        return reason.Length > 0 ? reason
            : prose ? Best(SeverityScore, LongestState)
            : FirstSentence(Message()) is { Length: > 0 } sentence ? sentence
            : Measures() is { Length: > 0 } measures ? measures
            : Best(KindScore, LongestState);
    }

    /// <summary>What happened, in the event's own sentences.</summary>
    public string Message() => _message ??= Best(MessageScore, int.MaxValue);

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
        && (FieldWords.IsProse(subject.Field.Words) || subject.Field.Text.AsSpan().Count(' ') >= 3);

    private (DetailField Field, int Score) SubjectField => _subject ??= FindSubject();

    /// <summary>The first resource of a kind the detail type names, else the first.</summary>
    private string Resource()
    {
        foreach (var resource in e.Resources)
        {
            if (Arn.TryParse(resource, out var arn) && arn.Type.Length > 0 && Words.Contain(_typeWords, Words.Of(arn.Type)))
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
                if (measures.Count < Most && field is { Depth: <= 1, InArray: false } && take(field) && !FieldWords.IsIdentifier(field.Words) && !FieldWords.IsPointInTime(field.Words)
                    && !FieldWords.IsNoise(field.Words) && !FieldWords.IsContact(field.Words) && field != SubjectField.Field && !FieldWords.IsName(field.Words))
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
            if (SubjectScore(field) is var score && score > best.Score)
            {
                best = (field, score);
            }
        }

        return best;
    }

    private int SubjectScore(in DetailField field)
    {
        if (field is { IsText: false, IsNumber: false } || FieldWords.IsFormer(field.Words) || FieldWords.IsAboutTime(field.Words))
        {
            return 0;
        }

        var words = field.Words;
        var last = Words.Last(words);
        var kind = last switch
        {
            "name" or "hostname" or "host" or "fqdn" => 12,
            "title" or "subject" or "headline" or "summary" => 11,
            "id" or "ids" or "identifier" or "uuid" or "guid" or "uid" or "oid" or "sid" => 10,
            "arn" => 9,
            "number" or "sku" or "slug" => 8,
            "key" or "ref" or "reference" or "handle" or "path" or "url" or "uri" or "username" or "filename" or "file" => 6,
            "email" or "address" or "ip" or "code" or "label" => 2,
            _ when last.Length > 2 && Words.Contain(_typeWords, last) && !FieldWords.IsStopWord(last) => 7,
            _ when FieldWords.IsThing(last) => 7,
            _ => 0,
        };
        if (kind == 0 || field.Text.Length > LongestSubject || (field.IsNumber && kind is 7 or 11 or 12))
        {
            return 0;
        }

        var stem = kind == 7 ? words : Words.Stem(words);
        var match = Match(stem, out var unmatched, out var noise);
        var score = kind + match - (2 * Math.Min(unmatched, 3)) - (6 * field.Depth) - (field.InArray ? 8 : 0) - (field.Value.ValueKind == JsonValueKind.Array ? 4 : 0);
        if (field.IsBare && stem.IsEmpty)
        {
            score += field.BesideWrapper ? -8 : 14;
        }
        else if (kind == 11 && stem is "msg" or "message" or "alert" or "event" or "short")
        {
            score += 18;
        }
        else if (noise)
        {
            score -= match == 0 ? 25 : 6;
        }
        else if (match == 0 && FieldWords.IsPerson(stem))
        {
            score -= 3;
        }

        return Math.Max(1, PoorSubject + score);
    }

    /// <summary>How much the words speak of what the detail type, or else the source, speaks of.</summary>
    private int Match(ReadOnlySpan<char> words, out int unmatched, out bool noise)
    {
        var score = 0;
        unmatched = 0;
        noise = false;
        foreach (var range in words.Split(' '))
        {
            var word = words[range];
            if (word.Length <= 2 || FieldWords.IsStopWord(word))
            {
                noise |= FieldWords.IsNoise(word);
                continue;
            }

            if (IndexIn(_typeWords, word) is var index and >= 0)
            {
                // The later word is the narrower one: the step of a cluster, the payment of an order.
                score = Math.Max(score + 3, 30 + Math.Min(index, 5));
            }
            else if (IndexIn(_sourceWords, word) >= 0)
            {
                score = Math.Max(score, 12);
            }
            else
            {
                unmatched++;
                noise |= FieldWords.IsNoise(word);
            }
        }

        return score;
    }

    private int StateScore(DetailField field)
    {
        var words = field.Words;
        var stem = Words.Stem(words);
        var score = Words.Last(words) switch
        {
            "state" or "status" => 20,
            "value" or "name" or "code" or "label" when Words.Last(stem) is "state" or "status" => 18,
            "type" when Words.Last(stem) is "compliance" => 16,
            // A run that is completed has a conclusion, too, and that tells more.
            "conclusion" or "outcome" or "verdict" => 28,
            "result" or "resolution" or "disposition" or "decision" => 16,
            "success" or "succeeded" or "successful" or "ok" or "passed" or "failed" or "healthy" or "available" or "reachable" or "online" or "alive"
                or "connected" when field.IsBoolean => 14,
            "phase" or "health" or "compliance" or "transition" or "condition" => 12,
            _ => 0,
        };
        if (score == 0 || (field.IsText && !field.Text.Any(char.IsLetter)) || FieldWords.IsFormer(words) || FieldWords.IsWished(stem) || field.Value.ValueKind == JsonValueKind.Array)
        {
            return 0;
        }

        score += Words.Contain(stem, "current") || Words.Contain(stem, "new") || Words.Contain(stem, "latest") || Words.Contain(stem, "final") ? 6
            : Match(stem, out _, out _) >= 30 ? 6
            : stem.IsEmpty ? 8
            : -2;
        return score - (4 * field.Depth) - (field.InArray ? 8 : 0) - (field.IsNumber ? 6 : 0);
    }

    private int ErrorScore(DetailField field) => !field.IsText && !field.IsNumber ? 0 : Near(field, Words.Last(field.Words) switch
    {
        "error" or "exception" or "fault" => 18,
        "code" or "type" or "name" when Words.Last(Words.Stem(field.Words)) is "error" or "exception" or "failure" or "fault" or "decline" => 20,
        _ => 0,
    });

    /// <summary>Fields that name what happened: an action, an event.</summary>
    private int HappeningScore(DetailField field)
    {
        if (field.Value.ValueKind != JsonValueKind.String || FieldWords.IsFormer(field.Words))
        {
            return 0;
        }

        var score = field.Words switch
        {
            "event name" or "event" or "action" or "operation" or "transition" or "trans name" => 20,
            "event type" or "operation type" or "action type" or "change type" or "type of change" or "update type" or "sub type" or "subtype" => 18,
            "notification type" or "alert type" or "trigger" or "verb" or "topic" => 12,
            _ when Words.Last(field.Words) is "action" or "event" or "operation" => 10,
            _ when Words.Last(field.Words) is "type" && FieldWords.SaysWhatHappened(Words.Of(field.Text)) => 16,
            _ => 0,
        };
        return score > 0 && !SaysTheDetailType(field.Text) ? Near(field, score) : 0;
    }

    private int ReasonScore(DetailField field) => field.Value.ValueKind != JsonValueKind.String ? 0 : Near(field, Words.Last(field.Words) switch
    {
        "reason" or "cause" => 20,
        "message" or "description" or "text" or "detail" or "details"
            when Words.Stem(field.Words) is "error" or "status" or "state" or "failure" or "exception" or "reason" => 16,
        "error" or "exception" => 14,
        _ => 0,
    });

    private int SeverityScore(DetailField field) => KindScore(field) is var score && score > 13 ? score : 0;

    /// <summary>What is better than nothing: how bad, of what kind.</summary>
    private int KindScore(DetailField field) => field.Value.ValueKind != JsonValueKind.String || SaysTheDetailType(field.Text) ? 0 : Near(field, Words.Last(field.Words) switch
    {
        "severity" => 20,
        "level" or "urgency" => 16,
        "priority" => 13,
        "type" or "category" or "kind" => 12,
        _ => 0,
    });

    private int MessageScore(DetailField field)
    {
        if (field.Value.ValueKind != JsonValueKind.String || field.Text.AsSpan().TrimStart() is ['{' or '[' or '<', ..])
        {
            return 0;
        }

        var score = Words.Last(field.Words) switch
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
        return Near(field, score);
    }

    private static int Near(DetailField field, int score) => score == 0 ? 0 : Math.Max(1, score - (4 * field.Depth) - (field.InArray ? 6 : 0));

    /// <summary>The text of the field with the highest score, the first of equals; empty if none scores. A longer text than the longest
    /// counts by its first sentence, if that is short enough.</summary>
    private string Best(Func<DetailField, int> score, int longest)
    {
        var best = "";
        var most = 0;
        foreach (var field in Fields)
        {
            if (score(field) is var s && s > most && Fitting(field.IsBoolean ? Said(field) : field.Text, longest) is { Length: > 0 } text)
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
        return field.Text == "true" ? words : words is "success" or "succeeded" or "successful" or "ok" or "passed" ? "failed" : $"not {words}";
    }

    private static string Fitting(string text, int longest) =>
        FieldWords.IsNothing(text) ? "" : text.Length <= longest ? text : FirstSentence(text) is var sentence && sentence.Length <= longest ? sentence : "";

    private static string FirstSentence(string text)
    {
        const int Longest = 160;
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        var sentence = end < 0 ? text : text[..end];
        end = sentence.IndexOf(". ", StringComparison.Ordinal);
        return Text.Cut((end < 0 ? sentence : sentence[..end]).TrimEnd('.'), Longest);
    }

    private static bool Says(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private bool SaysTheDetailType(string text) => Words.Of(text) is var words && (words == _typeWords || _typeWords.EndsWith(' ' + words, StringComparison.Ordinal));

    private static int IndexIn(string words, ReadOnlySpan<char> word)
    {
        var index = 0;
        foreach (var range in words.AsSpan().Split(' '))
        {
            if (Words.Same(words.AsSpan(range), word))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

}
