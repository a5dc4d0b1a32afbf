using System.Text.Json.Nodes;

namespace Deployment.Tests.Templates;

/// <summary>The stack that template.yaml makes, for every combination of parameters that changes its shape.</summary>
internal static class Stacks
{
    /// <summary>Stands for the integration key: wherever this text is found, the key would be.</summary>
    public const string Key = "0123456789abcdef-the-key";

    public const string ExistingSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:flashduty/eventbridge-AbCdEf";
    public const string KmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:pager";
    public const string Organization = "o-a1b2c3d4e5";

    public static readonly IReadOnlyList<string> Modes = ["ApiDestination", "Lambda", "Queue"];

    private static readonly Dictionary<string, Dictionary<string, string>> Combinations =
    (
        from mode in Modes
        from architecture in (string[])["arm64", "x86_64"]
        from existing in (bool[])[false, true]
        from topic in (bool[])[false, true]
        select KeyValuePair.Create(
            $"{mode}, {architecture}, {(existing ? "existing" : "own")} secret, {(topic ? "with" : "without")} topic",
            new Dictionary<string, string>
            {
                ["DeliveryMode"] = mode,
                ["Architecture"] = architecture,
                ["IntegrationKey"] = existing ? "none" : Key,
                ["ExistingSecretArn"] = existing ? ExistingSecret : "",
                ["AlarmTopicArn"] = topic ? Topic : "",
            })
    ).ToDictionary();

    /// <summary>Each combination's template, as the SAM translator makes it of template.yaml.</summary>
    private static readonly Lazy<Dictionary<string, JsonObject>> Translated = new(() =>
    {
        var translated = Translate(Repository.PathOf("template.yaml"), Combinations.Values);
        return Combinations.Keys.Zip(translated, KeyValuePair.Create).ToDictionary();
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

    /// <summary>What the stack holds.</summary>
    /// <param name="more">Parameters besides the combination's own.</param>
    public static JsonObject Resolve(string name, params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string>(Combinations[name]);
        foreach (var (parameter, value) in more)
        {
            parameters[parameter] = value;
        }

        return CloudFormation.Resolve(Template(name), parameters);
    }

    /// <summary>A combination for tests that only depend on the delivery mode.</summary>
    public static string In(string mode) => $"{mode}, arm64, own secret, without topic";

    /// <summary>Every switch on and every optional part there.</summary>
    public static JsonObject Whole(string mode, params (string Name, string Value)[] more) => Resolve(
        In(mode),
        [
            ("SendsHealthPlanned", "true"), ("SendsDelivery", "true"), ("CustomEventSources", "com.example.orders"),
                ("EventBusName", "orders"),
            ("OrganizationId", Organization), ("AlarmEmail", "oncall@example.com"), ("AlarmTopicArn", Topic), ("KmsKeyArn", KmsKey),
            ("Tracing", "true"), ("ReservedConcurrency", "10"), ("RoutesFile", "team/routes.json"), .. more,
        ]);

    /// <summary>Templates as the SAM translator makes them of one file, one for each set of parameters.</summary>
    public static IEnumerable<JsonObject> Translate(string path, params IEnumerable<Dictionary<string, string>> parameterSets)
    {
        var jobs = parameterSets.Select(JsonNode (parameters) => new JsonObject
        {
            ["template"] = path,
            ["parameters"] = new JsonObject(parameters.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))),
        });
        return PythonTools.Run("translate.py", new JsonArray([.. jobs])).Select(template => template!.AsObject());
    }
}
