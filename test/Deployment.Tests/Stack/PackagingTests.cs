using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deployment.Tests.Templates;
using Flashduty.Lambda.Receiving;

namespace Deployment.Tests.Stack;

/// <summary>The files that sam, make and dotnet lambda read beside the template agree with it and with the code.</summary>
public sealed class PackagingTests
{
    private const string Function = "EventBridgeFunction";

    [Fact]
    public void Sam_finds_the_target_that_builds_the_function()
    {
        Assert.Equal("makefile", Stacks.Template()["Resources"]![Function]!["Metadata"]!["BuildMethod"]!.ToString());
        Assert.Matches(new Regex($"^build-{Function}:", RegexOptions.Multiline), Repository.Read("Makefile"));
        Assert.Matches(new Regex(@"^ +CodeUri: \.$", RegexOptions.Multiline), Repository.Read("template.yaml"));
    }

    [Fact]
    public void The_Makefile_and_dotnet_lambda_build_for_the_templates_own_architecture()
    {
        var architecture = Stacks.Template()["Parameters"]!["Architecture"]!["Default"]!.ToString();

        Assert.Contains($"ARCHITECTURE ?= {architecture}\n", Repository.Read("Makefile"), StringComparison.Ordinal);
        Assert.Equal(architecture, ToolsDefaults()["function-architecture"]!.ToString());
    }

    [Fact]
    public void Dotnet_lambda_makes_the_function_as_the_template_does()
    {
        var function = Stacks.Resolve(Stacks.In("Lambda")).Properties(Function);
        var defaults = ToolsDefaults();

        Assert.Equal(function["Runtime"]!.ToString(), defaults["function-runtime"]!.ToString());
        Assert.Equal(function["Handler"]!.ToString(), defaults["function-handler"]!.ToString());
        Assert.Equal(function["MemorySize"]!.ToString(), defaults["function-memory-size"]!.ToString());
        Assert.Equal(function["Timeout"]!.ToString(), defaults["function-timeout"]!.ToString());
        Assert.True(Directory.Exists(Repository.PathOf(defaults["project-location"]!.ToString())));
    }

    [Fact]
    public void Sam_local_passes_only_variables_that_the_template_names()
    {
        var named = Stacks.Resolve(Stacks.In("Lambda")).Properties(Function)["Environment"]!["Variables"]!.AsObject();
        var passed = JsonNode.Parse(Repository.Read("env.json"))!.AsObject();

        Assert.Equal([Function], passed.Select(function => function.Key));
        Assert.All(passed[Function]!.AsObject(), variable => Assert.True(named.ContainsKey(variable.Key), variable.Key));
    }

    [Fact]
    public void A_local_invocation_needs_no_account()
    {
        var variables = JsonNode.Parse(Repository.Read("env.json"))![Function]!.AsObject();

        var settings = Settings.FromEnvironment(name => variables[name]?.ToString());

        Assert.Null(settings.SecretId);
        Assert.True(settings.DryRun);
    }

    [Fact]
    public void The_Function_URL_sample_has_the_local_key_and_an_event()
    {
        var request = Invocation("function-url");
        var key = JsonNode.Parse(Repository.Read("env.json"))![Function]!["FLASHDUTY_INTEGRATION_KEY"]!.ToString();

        Assert.Equal("2.0", request["version"]!.ToString());
        Assert.Equal("POST", request["requestContext"]!["http"]!["method"]!.ToString());
        Assert.Equal(key, request["headers"]!["flashduty"]!.ToString());
        Assert.Equal("aws.ec2", Event(request["body"]!.ToString()).Source);
    }

    [Fact]
    public void The_EventBridge_sample_is_an_event() =>
        Assert.Equal("aws.cloudwatch", Event(Invocation("eventbridge-event").ToJsonString()).Source);

    [Fact]
    public void The_SQS_sample_has_an_event_and_what_a_failed_invocation_leaves()
    {
        var records = Invocation("sqs-batch")["Records"]!.AsArray();

        Assert.All(records, record => Assert.Equal("aws:sqs", record!["eventSource"]!.ToString()));
        Assert.Equal("aws.ec2", Event(records[0]!["body"]!.ToString()).Source);
        Assert.Equal("aws.guardduty", Event(JsonNode.Parse(records[1]!["body"]!.ToString())!["requestPayload"]!.ToJsonString()).Source);
    }

    private static JsonObject ToolsDefaults() => JsonNode.Parse(Repository.Read("aws-lambda-tools-defaults.json"))!.AsObject();

    private static JsonNode Invocation(string name) => JsonNode.Parse(Repository.Read("test", "events", "invoke", name + ".json"))!;

    private static EventBridgeEvent Event(string json) => EventReader.Read(JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(json)))
        .OrThrow();
}
