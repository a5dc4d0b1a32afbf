using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deployment.Tests.Templates;

/// <summary>Reads a resolved template, whose references to resources are still there.</summary>
internal static partial class StackReading
{
    public static JsonObject Properties(this JsonObject stack, string resource) =>
        (stack["Resources"]![resource] ?? throw new KeyNotFoundException($"The stack has no {resource}."))["Properties"]!.AsObject();

    /// <summary>The resources of one CloudFormation type, by logical id.</summary>
    public static Dictionary<string, JsonObject> OfType(this JsonObject stack, string type) => stack["Resources"]!.AsObject()
        .Where(resource => resource.Value!["Type"]!.ToString() == type)
        .ToDictionary(resource => resource.Key, resource => resource.Value!["Properties"]!.AsObject());

    public static IEnumerable<string> LogicalIds(this JsonObject stack) => stack["Resources"]!.AsObject().Select(resource => resource.Key);

    /// <summary>The logical id that a <c>Ref</c> or the <c>Fn::GetAtt</c> of one attribute names; otherwise the text itself.</summary>
    public static string Target(this JsonNode? reference, string attribute = "Arn") => reference switch
    {
        JsonObject map when map["Ref"] is { } id => id.ToString(),
        JsonObject map when map["Fn::GetAtt"] is JsonArray parts && parts[1]!.ToString() == attribute => parts[0]!.ToString(),
        _ => reference!.ToString(),
    };

    /// <summary>A text whose references stand in it as <c>${…}</c>, its own variables replaced.</summary>
    public static string Substituted(this JsonNode? node) => (node as JsonObject)?["Fn::Sub"] switch
    {
        JsonArray pair => pair[1]!.AsObject().Aggregate(
            pair[0]!.ToString(),
            (text, variable) => text.Replace(
                "${" + variable.Key + "}",
                variable.Value!["Fn::Sub"] is { } inner ? inner.ToString() : "${" + variable.Value.Target() + "}",
                StringComparison.Ordinal)),
        JsonValue text => text.ToString(),
        _ => node!.ToString(),
    };

    /// <summary>The dashboard's JSON, with a word instead of every reference.</summary>
    public static string DashboardBody(this JsonObject stack) =>
        Reference().Replace(stack.Properties("Dashboard")["DashboardBody"].Substituted(), "value")
            .Replace("${!", "${", StringComparison.Ordinal);

    public static int Number(this JsonNode? node) => node is null ? 0 : int.Parse(node.ToString(), CultureInfo.InvariantCulture);

    public static List<string> Texts(this JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => item!.ToString())],
        _ => [node.ToString()],
    };

    public static List<string> Targets(this JsonNode? node) =>
        node is JsonArray list ? [.. list.Select(item => item.Target())] : [node.Target()];

    /// <summary>The statements of a role's inline policies.</summary>
    public static IEnumerable<JsonNode> Statements(this JsonObject role) =>
        role["Policies"]!.AsArray().SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(statement => statement!);

    /// <summary>The function's environment variables, a reference as the logical id it names.</summary>
    public static Dictionary<string, string> Environment(this JsonObject stack) =>
        stack.Properties("EventBridgeFunction")["Environment"]!["Variables"]!.AsObject()
            .ToDictionary(variable => variable.Key, variable => variable.Value.Target());

    [GeneratedRegex(@"\$\{[^!}][^}]*\}")]
    private static partial Regex Reference();
}
