using System.Runtime.InteropServices;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>The scalars of an event's detail, shallow ones first.</summary>
internal sealed class DetailFields
{
    /// <summary>The telling fields stand near the top; these bounds keep a huge event from costing more than a large one.</summary>
    private const int MaxFields = 200;
    private const int MaxTellingFields = 300;
    private const int MaxObjects = 60;
    private const int MaxMembers = 20_000;

    /// <summary>How many fields of one object are read whatever their names are.</summary>
    private const int MaxMembersOfObject = 100;

    private readonly List<DetailField> _fields = [];
    private readonly Queue<(JsonElement Object, string Path, string Words, int Depth, int Among)> _objects = new();
    private int _members;

    private DetailFields()
    {
    }

    public static List<DetailField> From(JsonElement detail)
    {
        var walk = new DetailFields();
        walk.Enqueue(EmbeddedJson.Unwrap(detail), "", "", 0, among: 0);
        while (walk._objects.TryDequeue(out var next) && walk._fields.Count < MaxTellingFields)
        {
            walk.Add(next.Object, next.Path, next.Words, next.Depth, next.Among);
        }

        return walk._fields;
    }

    private void Add(JsonElement parent, string parentPath, string parentWords, int depth, int among)
    {
        var wraps = depth == 0 && NameTokenizer.Last(NameTokenizer.Tokenize(parentPath)) is "" or "event" or "message" or "payload" or "detail" && HasWrapper(parent);
        var members = 0;
        foreach (var member in parent.EnumerateObject())
        {
            members++;
            var isFull = _fields.Count >= MaxFields || members > MaxMembersOfObject;
            if (++_members > MaxMembers || _fields.Count >= MaxTellingFields)
            {
                return;
            }

            if (isFull && !IsTelling(JsonMarshal.GetRawUtf8PropertyName(member)))
            {
                continue;
            }

            var name = JsonText.NameOf(member);
            var own = NameTokenizer.TokenizeFieldName(name);
            var generic = IsGenericName(own);
            var words = !generic || parentWords.Length == 0 ? own : own == "value" ? parentWords : $"{parentWords} {own}";
            var path = parentPath.Length > 0 ? $"{parentPath}.{name}" : name;
            var value = EmbeddedJson.Unwrap(UnwrapTyped(member.Value));

            if (value.ValueKind == JsonValueKind.Object || (value.ValueKind == JsonValueKind.Array && ScalarText.Join(value) is null))
            {
                var isWrapper = value.ValueKind == JsonValueKind.Object && IsWrapper(own);
                Enqueue(value, path, isWrapper ? parentWords : own, isWrapper ? depth : depth + (IsContextObject(own) ? 3 : 1), among);
            }
            else if (ScalarText.Read(value) is { } text && text != SecretText.Mask)
            {
                _fields.Add(new DetailField(path, words, depth, generic, among, wraps, value, text));
            }
        }
    }

    private void Enqueue(JsonElement value, string path, string words, int depth, int among)
    {
        if (_objects.Count >= MaxObjects)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            _objects.Enqueue((value, path, words, depth, among));
        }
        else if (ArrayElements.Worst(value) is { } worst)
        {
            _objects.Enqueue((worst, path, words, depth, Math.Max(among, value.GetArrayLength())));
        }
    }

    /// <summary>Typed values as databases write them: <c>{"$oid": "…"}</c>, <c>{"S": "…"}</c>.</summary>
    private static JsonElement UnwrapTyped(JsonElement value)
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
        var members = 0;
        foreach (var member in value.EnumerateObject())
        {
            if (++members > MaxMembersOfObject)
            {
                break;
            }

            if (member.Value.ValueKind == JsonValueKind.Object && IsWrapper(NameTokenizer.Tokenize(JsonText.NameOf(member))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a field of an object with very many is read: one that may name a resource or say how it is.</summary>
    private static bool IsTelling(ReadOnlySpan<byte> name)
    {
        foreach (var ending in Endings)
        {
            if (name.Length >= ending.Length && System.Text.Ascii.EqualsIgnoreCase(name[^ending.Length..], ending))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly string[] Endings = ["name", "id", "arn", "state", "status", "title", "message", "reason", "error", "severity", "key"];

    private static bool IsWrapper(string words) => words is "data" or "payload" or "body" or "detail" or "details" or "object" or "event"
        or "record" or "attributes" or "properties" or "fields" or "content" or "resource" or "entity" or "item" or "full document"
        or "event data" or "event detail" or "event details" or "service event details" or "message" or "context" or "after"
        or "request parameters" or "involved object" or "regarding" || words.EndsWith(" event", StringComparison.Ordinal);

    /// <summary>What surrounds the resource.</summary>
    private static bool IsContextObject(string words) => words is "headers" or "request" or "tags" or "labels" or "user identity" or "actor"
        or "user agent" or "trace" or "sender" or "authentication" or "location" or "before" or "mail" or "system attributes" or "managed fields"
        or "response elements" or "tls details" or "reviewer";

    /// <summary>Names that say what kind of value it is, not whose.</summary>
    private static bool IsGenericName(string words) => words is "id" or "uid" or "uuid" or "guid" or "name" or "arn" or "identifier" or "key"
        or "number" or "title" or "subject" or "value" or "code" or "state" or "status" or "type" or "reason" or "message" or "description"
        or "text" or "label" or "slug" or "display name" or "url" or "ref" or "handle" or "result" or "email" or "error message"
        or "error code" or "full name" or "summary";
}
