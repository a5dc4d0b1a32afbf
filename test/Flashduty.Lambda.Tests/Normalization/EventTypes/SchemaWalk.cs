using System.Text.Json;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

/// <summary>Follows expressions through a published schema, and collects the members that it does not have.</summary>
internal sealed class SchemaWalk
{
    /// <summary>The members that were looked for in vain.</summary>
    public List<string> Missing { get; } = [];

    /// <returns>What the schema says of the value; null where it says nothing.</returns>
    public JsonElement? Walk(Expression expression, JsonElement? current)
    {
        switch (expression)
        {
            case CurrentValue:
                return current;
            case Member member:
                return Walk(member.Parent, current) is { } parent ? Find(parent, member.MemberName) : null;
            case Element or AllElements:
                return Walk(((PathStep)expression).Parent, current) is { } array ? ElementOf(array) : null;
            case Filter filter:
                var element = Walk(filter.Parent, current) is { } filtered ? ElementOf(filtered) : null;
                Walk(filter.Condition, element);
                return element;
            case AllMembers members:
                return Walk(members.Parent, current) is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty("*", out var value) ? value : null;
            case Pipe pipe:
                // What a filter finds is an array of what it has already been narrowed to.
                var left = Walk(pipe.Left, current);
                return Walk(pipe.Right, left);
            case Either either:
                return Walk(either.Left, current) is var a && Walk(either.Right, current) is { } b ? a ?? b : a;
            case Both both:
                Walk(both.Left, current);
                return Walk(both.Right, current);
            case Comparison comparison:
                Walk(comparison.Left, current);
                Walk(comparison.Right, current);
                return null;
            case Not not:
                Walk(not.Operand, current);
                return null;
            case FunctionCall { Function: "worst" } worst:
                var item = Walk(worst.Arguments[0], current) is { } items ? ElementOf(items) : null;
                Walk(worst.Arguments[1], item);
                return item;
            case FunctionCall call:
                foreach (var argument in call.Arguments)
                {
                    Walk(argument, current);
                }

                return null;
            default:
                return null;
        }
    }

    private JsonElement? Find(JsonElement schema, string name)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            schema = schema[0];
        }

        if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (var suffix in (string[])["", "?"])
            {
                if (schema.TryGetProperty(name + suffix, out var found))
                {
                    return found;
                }
            }

            if (schema.TryGetProperty("*", out var any))
            {
                return any;
            }
        }

        var isAnything = schema.ValueKind == JsonValueKind.String ? schema.GetString() is "json" or "union" : !schema.EnumerateObject().Any();
        if (!isAnything)
        {
            Missing.Add(name);
        }

        return null;
    }

    private static JsonElement? ElementOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Array && schema.GetArrayLength() > 0 ? schema[0] : schema;
}
