using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>A scalar of an event's detail, with what the rules for unknown events need to know of its place.</summary>
/// <param name="Path">The names that lead to it, as the event writes them, joined by dots.</param>
/// <param name="Words">The name's words; where the name says only what kind of value it is (<c>id</c>, <c>name</c>, <c>value</c>), those of
/// the object around it come before: <c>ticket id</c>.</param>
/// <param name="Depth">Zero for a member of the detail itself, and for those of an object that only wraps (<c>data</c>,
/// <c>payload</c>).</param>
/// <param name="HasGenericName">Whether the name alone says nothing of what it names: <c>id</c>, <c>name</c>.</param>
/// <param name="InArray">Whether it belongs to one of several.</param>
/// <param name="HasWrapperSibling">Whether an object that wraps stands beside it, so that <c>id</c> is the message's and not the
/// thing's.</param>
/// <param name="Value">Not an object; an array only of scalars.</param>
/// <param name="Text">The value as text, never empty.</param>
internal readonly record struct DetailField(
    string Path, string Words, int Depth, bool HasGenericName, bool InArray, bool HasWrapperSibling, JsonElement Value, string Text)
{
    public bool IsNumber => Value.ValueKind == JsonValueKind.Number;

    public bool IsBoolean => Value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public bool IsText => Value.ValueKind is JsonValueKind.String or JsonValueKind.Array;
}

/// <summary>The scalars of an event's detail, shallow ones first.</summary>
internal static class DetailFields
{
    /// <summary>What says something of an event stands near its top; a bound keeps a huge event from costing more than a large
    /// one.</summary>
    private const int MostFields = 200;
    private const int MostObjects = 60;
    private const int MostMembers = 100;
    private const int MostElements = 3;

    public static List<DetailField> From(JsonElement detail)
    {
        var fields = new List<DetailField>();
        var objects = new Queue<(JsonElement Object, string Path, string Words, int Depth, bool InArray)>();
        Enqueue(detail, "", "", 0, inArray: false);

        while (objects.TryDequeue(out var next) && fields.Count < MostFields)
        {
            var wraps = next.Depth == 0 && HasWrapper(next.Object);
            var members = 0;
            foreach (var member in next.Object.EnumerateObject())
            {
                if (fields.Count == MostFields || ++members > MostMembers)
                {
                    break;
                }

                var name = JsonText.NameOf(member);
                var own = NameTokenizer.TokenizeFieldName(name);
                var bare = IsGenericName(own);
                var words = bare && next.Words.Length > 0 ? $"{next.Words} {own}" : own;
                var path = next.Path.Length > 0 ? $"{next.Path}.{name}" : name;
                var value = Unwrapped(member.Value);

                if (value.ValueKind == JsonValueKind.Object || (value.ValueKind == JsonValueKind.Array && ScalarText.Join(value) is null))
                {
                    var isWrapper = IsWrapper(own);
                    var depth = isWrapper ? next.Depth : next.Depth + (IsContextObject(own) ? 3 : 1);
                    Enqueue(value, path, isWrapper ? next.Words : own, depth, next.InArray);
                }
                else if (ScalarText.Read(value) is { } text)
                {
                    fields.Add(new DetailField(path, words, next.Depth, bare, next.InArray, wraps, value, text));
                }
            }
        }

        return fields;

        void Enqueue(JsonElement value, string path, string words, int depth, bool inArray)
        {
            if (objects.Count >= MostObjects)
            {
                return;
            }

            if (value.ValueKind == JsonValueKind.Object)
            {
                objects.Enqueue((value, path, words, depth, inArray));
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                var elements = 0;
                var several = value.GetArrayLength() > 1;
                foreach (var element in value.EnumerateArray())
                {
                    if (++elements > MostElements)
                    {
                        break;
                    }

                    if (element.ValueKind == JsonValueKind.Object)
                    {
                        Enqueue(element, path, words, depth, inArray || several);
                    }
                }
            }
        }
    }

    /// <summary>Typed values as databases write them: <c>{"$oid": "…"}</c>, <c>{"S": "…"}</c>.</summary>
    private static JsonElement Unwrapped(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return value;
        }

        JsonElement? only = null;
        foreach (var member in value.EnumerateObject())
        {
            if (only is not null || JsonText.NameOf(member) is not ("$oid" or "$date" or "$numberLong" or "$numberInt" or "S" or "N"))
            {
                return value;
            }

            only = member.Value;
        }

        return only ?? value;
    }

    private static bool HasWrapper(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && IsWrapper(NameTokenizer.Tokenize(JsonText.NameOf(member))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWrapper(string words) => words is "data" or "payload" or "body" or "detail" or "details" or "object" or "event"
        or "record" or "attributes" or "properties" or "fields" or "content" or "resource" or "entity" or "item" or "full document"
        or "event data" or "event detail" or "event details" or "service event details" or "message" or "context" or "after";

    /// <summary>What surrounds the thing and is not it.</summary>
    private static bool IsContextObject(string words) => words is "metadata" or "meta data" or "headers" or "request" or "tags" or "labels"
        or "user identity"
        or "actor" or "user agent" or "trace" or "sender" or "authentication" or "location" or "before" or "mail";

    /// <summary>Names that say what kind of value it is, not whose.</summary>
    private static bool IsGenericName(string words) => words is "id" or "uid" or "uuid" or "guid" or "name" or "arn" or "identifier" or "key"
        or "number" or "title" or "subject" or "value" or "code" or "state" or "status" or "type" or "reason" or "message" or "description"
        or "text" or "label" or "slug" or "display name" or "url" or "ref" or "handle" or "result" or "email";
}
