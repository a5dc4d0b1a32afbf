using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deployment.Tests.Templates;

/// <summary>
/// Does with a template what CloudFormation does before it makes anything: puts the parameters in, decides the conditions, and
/// leaves out what they leave out. References to resources stay, since their values only exist in AWS.
/// </summary>
internal sealed partial class CloudFormation
{
    private readonly JsonObject _template;
    private readonly Dictionary<string, JsonNode> _parameters = [];
    private readonly Dictionary<string, bool> _conditions = [];

    private CloudFormation(JsonObject template, IReadOnlyDictionary<string, string> parameters)
    {
        _template = template;
        var declared = template["Parameters"]!.AsObject();
        foreach (var (name, value) in parameters)
        {
            if (name.StartsWith("AWS::", StringComparison.Ordinal))
            {
                _parameters[name] = JsonValue.Create(value);
            }
            else if (!declared.ContainsKey(name))
            {
                throw new ArgumentException($"The template has no parameter {name}.", nameof(parameters));
            }
        }

        _parameters.TryAdd("AWS::Region", JsonValue.Create("us-east-1"));
        _parameters.TryAdd("AWS::Partition", JsonValue.Create("aws"));
        _parameters.TryAdd("AWS::AccountId", JsonValue.Create("123456789012"));
        foreach (var (name, declaration) in declared)
        {
            var text = parameters.GetValueOrDefault(name) ?? declaration!["Default"]!.ToString();
            _parameters[name] = declaration!["Type"]!.ToString() == "CommaDelimitedList"
                ? new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => JsonValue.Create(item))])
                : JsonValue.Create(text);
        }
    }

    /// <summary>A template without parameters and conditions: what one stack holds.</summary>
    /// <param name="parameters">With pseudo parameters such as <c>AWS::Region</c>, which decide conditions only.</param>
    public static JsonObject Resolve(JsonObject template, IReadOnlyDictionary<string, string> parameters)
    {
        var formation = new CloudFormation(template, parameters);
        var resolved = new JsonObject { ["AWSTemplateFormatVersion"] = template["AWSTemplateFormatVersion"]!.DeepClone() };
        if (template["Mappings"] is { } mappings)
        {
            resolved["Mappings"] = mappings.DeepClone();
        }

        foreach (var section in (string[])["Resources", "Outputs"])
        {
            var kept = new JsonObject();
            foreach (var (name, item) in template[section]!.AsObject())
            {
                if (item!["Condition"] is not { } condition || formation.Condition(condition.ToString()))
                {
                    var copy = formation.Value(item)!.AsObject();
                    copy.Remove("Condition");
                    kept[name] = copy;
                }
            }

            resolved[section] = kept;
        }

        return resolved;
    }

    /// <summary>What the Rules section says of the parameters: the descriptions of the assertions that do not hold.</summary>
    public static IReadOnlyList<string> FailedAssertions(JsonObject template, IReadOnlyDictionary<string, string> parameters)
    {
        var formation = new CloudFormation(template, parameters);
        return
        [
            .. from rule in template["Rules"]!.AsObject()
               where rule.Value!["RuleCondition"] is not { } condition || formation.Decide(condition)
               from assertion in rule.Value!["Assertions"]!.AsArray()
               where !formation.Decide(assertion!["Assert"]!)
               select assertion["AssertDescription"]!.ToString(),
        ];
    }

    private bool Condition(string name)
    {
        if (!_conditions.TryGetValue(name, out var holds))
        {
            _conditions[name] = holds = Decide(_template["Conditions"]![name] ?? throw new KeyNotFoundException($"No condition {name}."));
        }

        return holds;
    }

    private bool Decide(JsonNode node)
    {
        var (function, argument) = node.AsObject().Single();
        return function switch
        {
            "Condition" => Condition(argument!.ToString()),
            "Fn::Not" => !Decide(argument![0]!),
            "Fn::And" => argument!.AsArray().All(each => Decide(each!)),
            "Fn::Or" => argument!.AsArray().Any(each => Decide(each!)),
            "Fn::Equals" => Decided(argument![0]) == Decided(argument[1]),
            "Fn::Contains" => argument![0]!.AsArray().Any(each => Decided(each) == Decided(argument[1])),
            _ => throw new NotSupportedException(function),
        };
    }

    private string Decided(JsonNode? node) =>
        node is JsonObject && node["Ref"] is { } name ? _parameters[name.ToString()].ToString() : Value(node)!.ToString();

    /// <summary>Null: <c>AWS::NoValue</c>, which takes the property away.</summary>
    private JsonNode? Value(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(Value).Where(item => item is not null)]);
            case JsonObject { Count: 1 } single when Function(single.Single()) is (true, var result):
                return result;
            case JsonObject map:
                var copy = new JsonObject();
                foreach (var (name, item) in map)
                {
                    if (Value(item) is { } value)
                    {
                        copy[name] = value;
                    }
                }

                return copy;
            default:
                return node!.DeepClone();
        }
    }

    private (bool IsFunction, JsonNode? Result) Function(KeyValuePair<string, JsonNode?> call)
    {
        var argument = call.Value;
        return call.Key switch
        {
            "Ref" when argument!.ToString() == "AWS::NoValue" => (true, null),
            "Ref" when Parameter(argument!.ToString()) is { } value => (true, value.DeepClone()),
            "Fn::If" => (true, Value(argument![Condition(argument[0]!.ToString()) ? 1 : 2])),
            "Fn::Join" when Value(argument![1]) is JsonArray items => (true, string.Join(argument[0]!.ToString(), items)),
            "Fn::Sub" => (true, Substitute(argument!)),
            _ => (false, null),
        };
    }

    /// <summary>Pseudo parameters stay references: what they are only matters to conditions.</summary>
    private JsonNode? Parameter(string name) =>
        name.StartsWith("AWS::", StringComparison.Ordinal) ? null : _parameters.GetValueOrDefault(name);

    private JsonNode Substitute(JsonNode argument)
    {
        var text = (argument is JsonArray pair ? pair[0]! : argument).ToString();
        var variables = argument is JsonArray { Count: 2 } withMap ? Value(withMap[1])!.AsObject() : [];
        text = Variable().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            return (variables[name] ?? Parameter(name)) is JsonValue value ? value.ToString() : match.Value;
        });
        foreach (var (name, _) in variables.Where(variable => variable.Value is JsonValue).ToList())
        {
            variables.Remove(name);
        }

        if (!Variable().IsMatch(text))
        {
            return text.Replace("${!", "${", StringComparison.Ordinal);
        }

        return new JsonObject { ["Fn::Sub"] = variables.Count == 0 ? text : new JsonArray(text, variables.DeepClone()) };
    }

    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    private static partial Regex Variable();
}
