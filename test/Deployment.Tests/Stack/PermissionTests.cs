using System.Text.Json.Nodes;
using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

public sealed class PermissionTests
{
    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void No_policy_allows_a_wildcard_action_or_resource(string name)
    {
        var statements = Statements(Stacks.Resolve(name)).ToList();

        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.DoesNotContain('*', statement["Action"].Texts().Aggregate("", string.Concat)));
        Assert.All(statements, statement => Assert.DoesNotContain('*', statement["Resource"].Texts().Aggregate("", string.Concat)));
    }

    [Fact]
    public void Only_tracing_adds_a_wildcard_since_X_Ray_knows_no_resources()
    {
        var wild = Statements(Stacks.Resolve(Stacks.In("ApiDestination"), ("Tracing", "true")))
            .Where(s => s["Resource"].Texts().Contains("*")).ToList();

        var statement = Assert.Single(wild);
        Assert.Equal(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], statement["Action"].Texts());
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_function_may_read_its_one_secret_and_its_queues_and_write_its_own_log(string name)
    {
        var stack = Stacks.Resolve(name);
        var secret = Stacks.Parameters(name)["ExistingSecretArn"] is { Length: > 0 } existing ? existing : "IntegrationSecret";
        var queues = stack.OfType("AWS::SQS::Queue").Keys.Order(StringComparer.Ordinal);

        var allowed = stack.Properties("FunctionRole").Statements()
            .SelectMany(statement => statement["Action"].Texts(), (statement, action) => (action, statement["Resource"].Targets()))
            .ToDictionary(each => each.action, each => each.Item2);

        Assert.Equal(
            [
                "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "sqs:DeleteMessage",
                "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage",
            ],
            allowed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([secret], allowed["secretsmanager:GetSecretValue"]);
        Assert.Equal(["FunctionLogGroup"], allowed["logs:PutLogEvents"]);
        Assert.Equal(["DeadLetterQueue"], allowed["sqs:SendMessage"]);
        Assert.Equal(queues, allowed["sqs:ReceiveMessage"].Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Rules_of_this_account_alone_may_send_to_the_queues(string name)
    {
        var stack = Stacks.Resolve(name);
        var policies = stack.OfType("AWS::SQS::QueuePolicy").Values.ToList();

        Assert.Equal(
            stack.OfType("AWS::SQS::Queue").Keys.Order(StringComparer.Ordinal),
            policies.SelectMany(policy => policy["Queues"].Targets()).Order(StringComparer.Ordinal));
        Assert.All(policies.SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray()), statement =>
        {
            Assert.Equal("events.amazonaws.com", statement!["Principal"]!["Service"]!.ToString());
            Assert.Equal(
                "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*",
                statement["Condition"]!["ArnLike"]!["aws:SourceArn"]!["Fn::Sub"]!.ToString());
        });
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Anyone_may_call_the_function_through_its_URL_and_only_so(string name)
    {
        var stack = Stacks.Resolve(name, ("DeliveryMode", "ApiDestination"));
        var everyone = stack.OfType("AWS::Lambda::Permission").Values.Where(permission => permission["Principal"]!.ToString() == "*")
            .ToDictionary(permission => permission["Action"]!.ToString());

        Assert.Equal("NONE", Assert.Single(stack.OfType("AWS::Lambda::Url")).Value["AuthType"]!.ToString());
        Assert.Equal(["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"], everyone.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("NONE", everyone["lambda:InvokeFunctionUrl"]["FunctionUrlAuthType"]!.ToString());
        Assert.Equal("true", everyone["lambda:InvokeFunction"]["InvokedViaFunctionUrl"]!.ToString());
    }

    private static IEnumerable<JsonNode> Statements(JsonObject stack) =>
    [
        .. stack.OfType("AWS::IAM::Role").Values.SelectMany(role => role.Statements()),
        .. stack.OfType("AWS::SQS::QueuePolicy").Values.SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(each => each!),
    ];
}
