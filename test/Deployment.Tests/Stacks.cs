using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deployment.Tests;

/// <summary>The stack that template.yaml makes, for every combination of parameters that changes its shape.</summary>
internal static partial class Stacks
{
    /// <summary>Stands for the integration key: wherever this text is found, the key would be.</summary>
    public const string Key = "0123456789abcdef-the-key";

    public const string ExistingSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:flashduty/eventbridge-AbCdEf";
    public const string KmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:pager";

    private static readonly Dictionary<string, Dictionary<string, string>> Combinations =
    (
        from mode in (string[])["ApiDestination", "Lambda", "Queue"]
        from architecture in (string[])["arm64", "x86_64"]
        from existing in (bool[])[false, true]
        from topic in (bool[])[false, true]
        select KeyValuePair.Create(
            $"{mode}, {architecture}, {(existing ? "existing" : "own")} secret, {(topic ? "with" : "without")} topic",
            new Dictionary<string, string>
            {
                ["DeliveryMode"] = mode,
                ["Architecture"] = architecture,
                ["IntegrationKey"] = existing ? "" : Key,
                ["ExistingSecretArn"] = existing ? ExistingSecret : "",
                ["AlarmTopicArn"] = topic ? Topic : "",
            })
    ).ToDictionary();

    /// <summary>Each combination's template, as the SAM translator makes it of template.yaml.</summary>
    private static readonly Lazy<Dictionary<string, JsonObject>> Translated = new(() =>
    {
        var (exitCode, output, errors) = Tool.Run(
            "python3",
            [Repository.PathOf("test", "Deployment.Tests", "translate.py"), Repository.PathOf("template.yaml")],
            JsonSerializer.Serialize(Combinations.Values));
        Assert.True(exitCode == 0, errors);
        return Combinations.Keys.Zip(JsonNode.Parse(output)!.AsArray(), KeyValuePair.Create)
            .ToDictionary(each => each.Key, each => each.Value!.AsObject());
    });

    public static IEnumerable<string> Names => Combinations.Keys;

    public static TheoryData<string> All() => new(Names);

    public static IReadOnlyDictionary<string, string> Parameters(string name) => Combinations[name];

    /// <summary>The translated template, with its parameters and conditions.</summary>
    public static JsonObject Template(string? name = null)
    {
        PythonTools.Require();
        return Translated.Value[name ?? Combinations.Keys.First()];
    }

    /// <summary>What the stack holds, with <paramref name="more"/> parameters than the combination's own.</summary>
    public static JsonObject Of(string name, params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string>(Combinations[name]);
        foreach (var (parameter, value) in more)
        {
            parameters[parameter] = value;
        }

        return CloudFormation.Resolve(Template(name), parameters);
    }

    public static string In(string mode) => $"{mode}, arm64, own secret, without topic";

    public static JsonObject Properties(this JsonObject stack, string resource) =>
        (stack["Resources"]![resource] ?? throw new KeyNotFoundException($"The stack has no {resource}."))["Properties"]!.AsObject();

    /// <summary>The resources of one CloudFormation type, by logical id.</summary>
    public static Dictionary<string, JsonObject> OfType(this JsonObject stack, string type) => stack["Resources"]!.AsObject()
        .Where(resource => resource.Value!["Type"]!.ToString() == type)
        .ToDictionary(resource => resource.Key, resource => resource.Value!["Properties"]!.AsObject());

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

    /// <summary>The dashboard's JSON, with a word in the place of every reference.</summary>
    public static string DashboardBody(this JsonObject stack) =>
        Reference().Replace(stack.Properties("Dashboard")["DashboardBody"].Substituted(), "value").Replace("${!", "${", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\{[^!}][^}]*\}")]
    private static partial Regex Reference();
}
