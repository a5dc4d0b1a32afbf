using Deployment.Tests.Templates;

namespace Deployment.Tests.Stack;

public sealed class DeliveryTests
{
    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Every_queue_is_encrypted_and_keeps_its_messages_for_two_weeks(string name) =>
        Assert.All(Stacks.Resolve(name).OfType("AWS::SQS::Queue").Values, queue =>
        {
            Assert.Equal("true", queue["SqsManagedSseEnabled"]!.ToString());
            Assert.Equal("1209600", queue["MessageRetentionPeriod"]!.ToString());
        });

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Every_target_retries_for_a_day_and_then_dead_letters(string name)
    {
        var targets = Stacks.Resolve(name).OfType("AWS::Events::Rule").Values.SelectMany(rule => rule["Targets"]!.AsArray()).ToList();

        Assert.Equal(17, targets.Count);
        Assert.All(targets, target =>
        {
            Assert.Equal("86400", target!["RetryPolicy"]!["MaximumEventAgeInSeconds"]!.ToString());
            Assert.Equal("185", target["RetryPolicy"]!["MaximumRetryAttempts"]!.ToString());
            Assert.Equal("DeadLetterQueue", target["DeadLetterConfig"]!["Arn"].Target());
        });
    }

    [Theory]
    [InlineData(
        "ApiDestination",
        "ApiDestination",
        "ApiDestination, Connection, EventBridgeFunctionURLInvokeAllowPublicAccess, EventBridgeFunctionUrl, "
        + "EventBridgeFunctionUrlPublicPermissions, RuleRole, WaitingAlarm, WaitingSecurityAlarm, WaitingWorkloadsAlarm")]
    [InlineData("Lambda", "EventBridgeFunction", "AsyncEventAgeAlarm, RulePermission")]
    [InlineData("Queue", "EventQueue", "EventQueue, EventQueueMapping, EventQueuePolicy, OldestMessageAlarm")]
    public void A_delivery_mode_has_its_own_target_and_nothing_of_the_others(string mode, string target, string own)
    {
        var stack = Stacks.Resolve(Stacks.In(mode));
        var everywhere = Stacks.Resolve(Stacks.In("Lambda")).LogicalIds().Intersect(Stacks.Resolve(Stacks.In("Queue")).LogicalIds());

        Assert.Equal(own, string.Join(", ", stack.LogicalIds().Except(everywhere).Order(StringComparer.Ordinal)));
        Assert.All(stack.OfType("AWS::Events::Rule").Values, rule =>
        {
            Assert.Equal(target, rule["Targets"]![0]!["Arn"].Target());
            Assert.Equal(mode == "ApiDestination" ? "RuleRole" : null, rule["Targets"]![0]!["RoleArn"]?.Target());
        });
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void A_message_stays_hidden_for_six_times_the_function_timeout(string name)
    {
        var stack = Stacks.Resolve(name);
        var timeout = stack.Properties("EventBridgeFunction")["Timeout"].Number();
        var mappings = stack.OfType("AWS::Lambda::EventSourceMapping").Values.ToList();

        Assert.Equal(stack.OfType("AWS::SQS::Queue").Count, mappings.Count);
        Assert.All(mappings, mapping =>
        {
            var hidden = stack.Properties(mapping["EventSourceArn"].Target())["VisibilityTimeout"].Number();
            Assert.True(hidden >= (6 * timeout) + mapping["MaximumBatchingWindowInSeconds"].Number(), $"{hidden} s against {timeout} s");
            Assert.Equal(["ReportBatchItemFailures"], mapping["FunctionResponseTypes"].Texts());
        });
    }

    [Fact]
    public void A_queued_event_is_tried_for_a_day_before_it_dead_letters()
    {
        var queue = Stacks.Resolve(Stacks.In("Queue")).Properties("EventQueue");

        Assert.Equal("DeadLetterQueue", queue["RedrivePolicy"]!["deadLetterTargetArn"].Target());
        Assert.Equal(24 * 60 * 60, queue["RedrivePolicy"]!["maxReceiveCount"].Number() * queue["VisibilityTimeout"].Number());
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Dead_letters_are_replayed_only_when_somebody_asks_for_it(string name)
    {
        var stack = Stacks.Resolve(name);
        var replay = stack.Properties("DeadLetterReplay");

        Assert.Equal("false", replay["Enabled"]!.ToString());
        Assert.Equal("DeadLetterQueue", replay["EventSourceArn"].Target());
        Assert.Contains(
            "--uuid ${DeadLetterReplay} --enabled",
            stack["Outputs"]!["ReplayCommand"]!["Value"]!["Fn::Sub"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void A_failed_asynchronous_invocation_is_retried_twice_within_six_hours_and_then_dead_letters(string name)
    {
        var config = Assert.Single(Stacks.Resolve(name).OfType("AWS::Lambda::EventInvokeConfig")).Value;

        Assert.Equal(2, config["MaximumRetryAttempts"].Number());
        Assert.Equal(6 * 60 * 60, config["MaximumEventAgeInSeconds"].Number());
        Assert.Equal("DeadLetterQueue", config["DestinationConfig"]!["OnFailure"]!["Destination"].Target());
    }

    [Fact]
    public void The_API_destination_posts_to_the_push_URL()
    {
        var stack = Stacks.Resolve(Stacks.In("ApiDestination"), ("InvocationsPerSecond", "42"));
        var destination = stack.Properties("ApiDestination");

        Assert.Equal("POST", destination["HttpMethod"]!.ToString());
        Assert.Equal(
            "${EventBridgeFunctionUrl.FunctionUrl}event/push/alert/aws-eventbridge",
            destination["InvocationEndpoint"].Substituted());
        Assert.Equal(destination["InvocationEndpoint"].Substituted(), stack["Outputs"]!["PushUrl"]!["Value"].Substituted());
        Assert.Equal(42, destination["InvocationRateLimitPerSecond"].Number());
        var allowed = Assert.Single(stack.Properties("RuleRole").Statements());
        Assert.Equal("events:InvokeApiDestination", allowed["Action"]!.ToString());
        Assert.Equal(["ApiDestination"], allowed["Resource"].Targets());
    }

    [Theory]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Without_an_API_destination_there_is_no_URL(string mode)
    {
        var stack = Stacks.Resolve(Stacks.In(mode));

        Assert.Empty(stack.OfType("AWS::Lambda::Url"));
        Assert.DoesNotContain(stack.OfType("AWS::Lambda::Permission").Values, permission => permission["Principal"]!.ToString() == "*");
        Assert.Null(stack["Outputs"]!["PushUrl"]);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Queues_are_read_by_two_instances_at_most(string name) =>
        Assert.All(
            Stacks.Resolve(name).OfType("AWS::Lambda::EventSourceMapping").Values,
            mapping => Assert.Equal(2, mapping["ScalingConfig"]!["MaximumConcurrency"].Number()));

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Secrets_and_queues_outlive_the_stack(string name)
    {
        var holders = Stacks.Resolve(name)["Resources"]!.AsObject().Select(each => each.Value!)
            .Where(resource => resource["Type"]!.ToString() is "AWS::SQS::Queue" or "AWS::SecretsManager::Secret").ToList();

        Assert.NotEmpty(holders);
        Assert.All(holders, holder =>
        {
            Assert.Equal("RetainExceptOnCreate", holder["DeletionPolicy"]!.ToString());
            Assert.Equal("Retain", holder["UpdateReplacePolicy"]!.ToString());
        });
    }
}
