using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Inference;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>
/// Where in an event a value is: the detail's member names joined by dots, as in <c>state.value</c>. After a name, <c>[0]</c> is an array's
/// first element and <c>[language=en_US]</c> the first one with that member; <c>[]</c> is every element, their values joined by a comma. A
/// last <c>*</c> is the member that names a thing, by the rules for unknown events. A path that begins with <c>@</c> is a part of the
/// envelope: <c>@resource</c> (the first one), <c>@resource:instance</c> (the first of that ARN type), <c>@account</c>, <c>@region</c>,
/// <c>@type</c> (the detail type).
/// </summary>
internal static class FieldPath
{
    /// <summary>The value as text; null if there is none: nothing at the path, null, an object, or empty.</summary>
    public static string? Read(ReadOnlySpan<char> path, EventBridgeEvent e)
    {
        if (path[0] == '@')
        {
            return Envelope(path[1..], e);
        }

        if (path.IndexOf("[]") is var all and >= 0)
        {
            return Find(path[..all], e.Detail) is { ValueKind: JsonValueKind.Array } array ? EachOf(array, path[(all + 2)..].TrimStart('.')) : null;
        }

        if (path.EndsWith(".*"))
        {
            return Find(path[..^2], e.Detail) is { } within ? FieldInference.Thing(e, within) : null;
        }

        return Find(path, e.Detail) is { } value ? ScalarText.Read(value) : null;
    }

    /// <summary>The element at a path of the detail; null if there is none. Does not know <c>[]</c>.</summary>
    public static JsonElement? Find(ReadOnlySpan<char> path, JsonElement element)
    {
        while (path.Length > 0)
        {
            var end = path.IndexOfAny('.', '[');
            var name = end < 0 ? path : path[..end];
            if (name.Length > 0)
            {
                if (Member(element, name) is not { } member)
                {
                    return null;
                }

                element = member;
            }

            if (end < 0)
            {
                break;
            }

            if (path[end] == '[')
            {
                var close = end + path[end..].IndexOf(']');
                if (Element(element, path[(end + 1)..close]) is not { } chosen)
                {
                    return null;
                }

                element = chosen;
                end = close;
            }

            path = path[(end + 1)..].TrimStart('.');
        }

        return element;
    }

    /// <inheritdoc cref="JsonMembers.TryGetMember"/>
    public static JsonElement? Member(JsonElement element, ReadOnlySpan<char> name) => element.TryGetMember(name, out var value) ? value : null;

    private static JsonElement? Element(JsonElement array, ReadOnlySpan<char> selector)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var equals = selector.IndexOf('=');
        if (equals < 0)
        {
            var index = int.Parse(selector, System.Globalization.CultureInfo.InvariantCulture);
            return index < array.GetArrayLength() ? array[index] : null;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (Member(item, selector[..equals]) is { } member && selector[(equals + 1)..].SequenceEqual(JsonText.Of(member)))
            {
                return item;
            }
        }

        return null;
    }

    private static string? EachOf(JsonElement array, ReadOnlySpan<char> rest)
    {
        const int Most = 20;
        var texts = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (Find(rest, item) is { } value && ScalarText.Read(value) is { } text && !texts.Contains(text))
            {
                texts.Add(text);
            }

            if (texts.Count == Most)
            {
                break;
            }
        }

        return texts.Count == 0 ? null : string.Join(", ", texts);
    }

    private static string? Envelope(ReadOnlySpan<char> name, EventBridgeEvent e)
    {
        var text = name switch
        {
            "account" => e.Account,
            "region" => e.Region,
            "type" => e.DetailType,
            "resource" => e.Resources.Count > 0 ? e.Resources[0] : "",
            _ when name.StartsWith("resource:") => ResourceOf(name["resource:".Length..], e.Resources),
            _ => throw new ArgumentException($"The catalog names @{name}, which no envelope has."),
        };
        return text.Length == 0 ? null : text;
    }

    private static string ResourceOf(ReadOnlySpan<char> type, IReadOnlyList<string> resources)
    {
        foreach (var resource in resources)
        {
            if (Arn.TryParse(resource, out var arn) && type.SequenceEqual(arn.Type))
            {
                return resource;
            }
        }

        return "";
    }
}
