using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

public sealed class ParameterTests
{
    [Fact]
    public void Every_parameter_is_described_labelled_and_in_one_group()
    {
        var template = Stacks.Template();
        var names = Parameters(template).Select(parameter => parameter.Key).Order(StringComparer.Ordinal).ToList();
        var form = template["Metadata"]!["AWS::CloudFormation::Interface"]!;

        Assert.Equal(
            names,
            form["ParameterGroups"]!.AsArray().SelectMany(group => group!["Parameters"]!.AsArray()).Select(name => name!.ToString())
                .Order(StringComparer.Ordinal));
        Assert.Equal(names, form["ParameterLabels"]!.AsObject().Select(label => label.Key).Order(StringComparer.Ordinal));
        Assert.All(Parameters(template), parameter => Assert.NotEmpty(parameter.Value!["Description"]!.ToString()));
    }

    [Fact]
    public void A_value_that_is_refused_is_explained()
    {
        var limited = Parameters(Stacks.Template()).Where(parameter =>
            parameter.Value!["AllowedPattern"] is not null || parameter.Value["MinValue"] is not null).ToList();

        Assert.NotEmpty(limited);
        Assert.All(limited, parameter => Assert.NotEmpty(parameter.Value!["ConstraintDescription"]!.ToString()));
    }

    [Fact]
    public void Every_parameter_has_a_default_that_it_allows() => Assert.All(Parameters(Stacks.Template()), parameter =>
    {
        var declaration = parameter.Value!;
        var value = declaration["Default"]!.ToString();

        Assert.True(declaration["AllowedPattern"] is not { } pattern || Regex.IsMatch(value, pattern.ToString()));
        Assert.True(declaration["AllowedValues"] is not JsonArray allowed || allowed.Any(each => each!.ToString() == value));
    });

    [Fact]
    public void Only_the_key_is_hidden() =>
        Assert.Equal(
            "IntegrationKey",
            Assert.Single(Parameters(Stacks.Template()), parameter => parameter.Value!["NoEcho"] is not null).Key);

    [Theory]
    [InlineData("", "", false)]
    [InlineData("none", "none", false)]
    [InlineData("none", "", false)]
    [InlineData(Stacks.Key, "", true)]
    [InlineData(Stacks.Key, "none", true)]
    [InlineData("none", Stacks.ExistingSecret, true)]
    [InlineData("", Stacks.ExistingSecret, true)]
    [InlineData(Stacks.Key, Stacks.ExistingSecret, false)]
    public void A_stack_needs_the_key_or_a_secret_that_holds_it_and_not_both(string key, string secret, bool accepted)
    {
        var broken = CloudFormation.FailedAssertions(
            Stacks.Template(), new Dictionary<string, string> { ["IntegrationKey"] = key, ["ExistingSecretArn"] = secret });

        Assert.Equal(accepted ? [] : ["Give either IntegrationKey or ExistingSecretArn, and not both."], broken);
    }

    [Theory]
    [InlineData("IntegrationKey", "9fa0b3c7d1e24f5a8b6c", true)]
    [InlineData("IntegrationKey", "https://api.flashcat.cloud/event/push/alert/aws-eventbridge?integration_key=9fa0b3c7", false)]
    [InlineData("IntegrationKey", "9fa0\",\"x\":\"", false)]
    [InlineData("ExistingSecretArn", Stacks.ExistingSecret, true)]
    [InlineData("ExistingSecretArn", "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:flashduty-AbCdEf", true)]
    [InlineData("ExistingSecretArn", "flashduty/eventbridge", false)]
    [InlineData("ExistingSecretArn", "arn:aws:secretsmanager:us-east-1:123456789012:secret:*", false)]
    [InlineData("KmsKeyArn", Stacks.KmsKey, true)]
    [InlineData("KmsKeyArn", "alias/flashduty", false)]
    [InlineData("ApiBaseUrl", "https://api.flashcat.cloud", true)]
    [InlineData("ApiBaseUrl", "https://flashduty.example.com:8443/", true)]
    [InlineData("ApiBaseUrl", "http://api.flashcat.cloud", false)]
    [InlineData("ApiBaseUrl", "https://api.flashcat.cloud/event/push?integration_key=9f", false)]
    [InlineData("AlarmTopicArn", Stacks.Topic, true)]
    [InlineData("AlarmTopicArn", "pager", false)]
    [InlineData("EventBusName", "aws.partner/example.com/orders", true)]
    [InlineData("EventBusName", "", false)]
    [InlineData("OrganizationId", Stacks.Organization, true)]
    [InlineData("OrganizationId", "r-ab12", false)]
    [InlineData("AlarmEmail", "oncall@example.com", true)]
    [InlineData("AlarmEmail", "oncall", false)]
    [InlineData("CustomEventSources", "com.example.orders", true)]
    [InlineData("CustomEventSources", "*", true)]
    [InlineData("CustomEventSources", "aws.guardduty", false)]
    [InlineData("RoutesFile", "team/routes.json", true)]
    [InlineData("RoutesFile", "routes json", false)]
    public void A_value_of_the_wrong_form_is_refused_before_anything_is_made(string parameter, string value, bool accepted) =>
        Assert.Equal(accepted, Regex.IsMatch(value, Parameters(Stacks.Template())[parameter]!["AllowedPattern"]!.ToString()));

    /// <summary>An empty value is lost between a shell, <c>sam deploy --parameter-overrides</c> and a prompt.</summary>
    [Theory]
    [InlineData("IntegrationKey")]
    [InlineData("ExistingSecretArn")]
    [InlineData("KmsKeyArn")]
    [InlineData("RoutesFile")]
    [InlineData("AlertsFile")]
    [InlineData("CustomEventSources")]
    [InlineData("CustomEventDetailTypes")]
    [InlineData("OrganizationId")]
    [InlineData("AlarmEmail")]
    [InlineData("AlarmTopicArn")]
    public void A_value_can_be_taken_back_with_the_word_none(string parameter) =>
        Assert.Matches(Parameters(Stacks.Template())[parameter]!["AllowedPattern"]?.ToString() ?? "", "none");

    [Theory]
    [InlineData("AlarmTopicArn", "none", "AlarmTopicArn", "")]
    [InlineData("KmsKeyArn", "none", "KmsKeyArn", "")]
    [InlineData("RoutesFile", "none", "RoutesFile", "")]
    [InlineData("AlarmEmail", "none", "AlarmEmail", "")]
    [InlineData("OrganizationId", "none", "DryRun", "false")]
    [InlineData("CustomEventDetailTypes", "none", "CustomEventSources", "none")]
    public void None_makes_the_same_stack_as_nothing(string parameter, string value, string other, string otherValue) =>
        Assert.Equal(
            Stacks.Resolve(Stacks.In("Queue"), (other, otherValue)).ToJsonString(),
            Stacks.Resolve(Stacks.In("Queue"), (parameter, value)).ToJsonString());

    private static JsonObject Parameters(JsonObject template) => template["Parameters"]!.AsObject();
}
