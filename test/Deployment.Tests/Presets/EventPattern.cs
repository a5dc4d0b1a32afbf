using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Presets;

/// <summary>EventBridge's pattern language.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, and for arrays of objects
/// https://github.com/aws/event-ruler: the fields that a pattern asks of such an array have to be in one element of it.
/// </remarks>
internal static class EventPattern
{
    /// <exception cref="NotSupportedException">The pattern has an operator that EventBridge does not have.</exception>
    public static bool Matches(JsonNode pattern, JsonNode @event) => MatchesObject(pattern.AsObject(), @event);

    private static bool MatchesObject(JsonObject pattern, JsonNode? value) => value switch
    {
        JsonArray elements => elements.Any(element => MatchesObject(pattern, element))
            || (elements.Count == 0 && MatchesObject(pattern, null)),
        _ => pattern.All(field => field.Key == "$or" && field.Value is JsonArray alternatives && IsOr(alternatives)
            ? alternatives.Any(alternative => MatchesObject(alternative!.AsObject(), value))
            : MatchesField(field.Value!, (value as JsonObject)?.ContainsKey(field.Key) == true, (value as JsonObject)?[field.Key])),
    };

    private static bool IsOr(JsonArray alternatives) =>
        alternatives.Count > 1 && alternatives.All(alternative => alternative is JsonObject);

    private static bool MatchesField(JsonNode pattern, bool isThere, JsonNode? value) => pattern switch
    {
        JsonObject fields => MatchesObject(fields, value),
        JsonArray conditions => conditions.Any(condition => MatchesCondition(condition, isThere, value)),
        _ => throw new NotSupportedException("The value of a field is a list or a map."),
    };

    private static bool MatchesCondition(JsonNode? condition, bool isThere, JsonNode? value)
    {
        // Only leaves exist: an object or an empty array is no value.
        var leaves = Leaves(isThere, value).ToList();
        if (condition is JsonObject { Count: 1 } map && map.Single() is var (name, argument) && name == "exists")
        {
            return argument!.GetValue<bool>() == (leaves.Count > 0);
        }

        return leaves.Any(leaf => MatchesLeaf(condition, leaf));
    }

    private static IEnumerable<JsonNode?> Leaves(bool isThere, JsonNode? value) => value switch
    {
        _ when !isThere => [],
        JsonArray list => list.SelectMany(item => Leaves(true, item)),
        JsonObject => [],
        _ => [value],
    };

    private static bool MatchesLeaf(JsonNode? condition, JsonNode? leaf)
    {
        if (condition is not JsonObject map)
        {
            return IsSame(condition, leaf);
        }

        var (name, argument) = map.Single();
        return name switch
        {
            "prefix" => Text(leaf) is { } text && text.StartsWith(Fold(argument!, out var comparison), comparison),
            "suffix" => Text(leaf) is { } text && text.EndsWith(Fold(argument!, out var comparison), comparison),
            "equals-ignore-case" => Text(leaf) is { } text && text.Equals(argument!.GetValue<string>(), StringComparison.OrdinalIgnoreCase),
            "wildcard" => Text(leaf) is { } text && MatchesWildcard(argument!.GetValue<string>(), text),
            "numeric" => leaf?.GetValueKind() == JsonValueKind.Number && MatchesNumber(argument!.AsArray(), leaf.GetValue<decimal>()),
            "cidr" => IPAddress.TryParse(Text(leaf), out var address) && Network(argument!.GetValue<string>()).Contains(address),
            "anything-but" => !Alternatives(argument).Any(each => MatchesLeaf(each, leaf)),
            _ => throw new NotSupportedException($"EventBridge has no operator {name}."),
        };
    }

    /// <summary>What <c>anything-but</c> excludes: one value or several, or an operator with one text or several.</summary>
    private static IEnumerable<JsonNode?> Alternatives(JsonNode? argument) => argument switch
    {
        JsonArray list => list,
        JsonObject map when map.Single() is { Value: JsonArray texts } each =>
            texts.Select(text => new JsonObject { [each.Key] = text!.DeepClone() }),
        _ => [argument],
    };

    private static string Fold(JsonNode argument, out StringComparison comparison)
    {
        var ignoresCase = argument is JsonObject;
        comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return (ignoresCase ? argument["equals-ignore-case"]! : argument).GetValue<string>();
    }

    private static string? Text(JsonNode? leaf) => leaf?.GetValueKind() == JsonValueKind.String ? leaf.GetValue<string>() : null;

    private static bool IsSame(JsonNode? expected, JsonNode? leaf) => (expected?.GetValueKind(), leaf?.GetValueKind()) switch
    {
        (null, null) => true,
        (JsonValueKind.Number, JsonValueKind.Number) => expected!.GetValue<decimal>() == leaf!.GetValue<decimal>(),
        var (a, b) => a == b && expected!.ToJsonString() == leaf!.ToJsonString(),
    };

    private static bool MatchesNumber(JsonArray comparisons, decimal number) => comparisons.Chunk(2).All(pair =>
    {
        var limit = pair[1]!.GetValue<decimal>();
        return pair[0]!.GetValue<string>() switch
        {
            "=" => number == limit,
            "<" => number < limit,
            "<=" => number <= limit,
            ">" => number > limit,
            ">=" => number >= limit,
            var other => throw new NotSupportedException($"EventBridge has no comparison {other}."),
        };
    });

    private static IPNetwork Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(text[..slash]);
        var bytes = address.GetAddressBytes();
        var length = int.Parse(text[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    /// <summary><c>*</c> is any text; <c>\*</c> and <c>\\</c> are the characters themselves.</summary>
    private static bool MatchesWildcard(string pattern, string text)
    {
        if (pattern.Length == 0)
        {
            return text.Length == 0;
        }

        if (pattern[0] == '*')
        {
            return Enumerable.Range(0, text.Length + 1).Any(start => MatchesWildcard(pattern[1..], text[start..]));
        }

        var escaped = pattern[0] == '\\';
        return text.Length > 0 && text[0] == pattern[escaped ? 1 : 0] && MatchesWildcard(pattern[(escaped ? 2 : 1)..], text[1..]);
    }
}
