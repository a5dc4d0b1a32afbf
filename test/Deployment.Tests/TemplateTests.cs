using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Flashduty.Lambda.Normalization.Writing;

namespace Deployment.Tests;

public sealed class TemplateTests
{
    [Fact]
    public void The_template_and_every_stack_it_makes_pass_cfn_lint()
    {
        PythonTools.Require();
        var folder = Directory.CreateTempSubdirectory("stacks-");
        try
        {
            foreach (var name in Stacks.Names)
            {
                File.WriteAllText(Path.Combine(folder.FullName, name.Replace(", ", "--", StringComparison.Ordinal) + ".json"), Stacks.Of(name).ToJsonString());
            }

            // One process: most of cfn-lint's time is reading its schemas.
            var (exitCode, findings, errors) = Tool.Run(
                "python3", ["-c", "from cfnlint.runner import main; main()", "--", Repository.PathOf("template.yaml"), .. Directory.GetFiles(folder.FullName)]);

            Assert.True(exitCode == 0 && findings.Length == 0, findings + errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void No_policy_allows_a_wildcard_action_or_resource(string name)
    {
        var statements = Statements(Stacks.Of(name)).ToList();

        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.DoesNotContain('*', Texts(statement["Action"]).Aggregate("", string.Concat)));
        Assert.All(statements, statement => Assert.DoesNotContain('*', Texts(statement["Resource"]).Aggregate("", string.Concat)));
    }

    [Fact]
    public void Only_tracing_adds_a_wildcard_since_X_Ray_knows_no_resources()
    {
        var wild = Statements(Stacks.Of(Stacks.In("ApiDestination"), ("Tracing", "true"))).Where(s => Texts(s["Resource"]).Contains("*")).ToList();

        var statement = Assert.Single(wild);
        Assert.Equal(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Texts(statement["Action"]));
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_function_may_read_its_one_secret_and_its_queues_and_write_its_own_log(string name)
    {
        var stack = Stacks.Of(name);
        var secret = Stacks.Parameters(name)["ExistingSecretArn"] is { Length: > 0 } existing ? existing : "IntegrationSecret";
        var queues = stack.OfType("AWS::SQS::Queue").Keys.Order(StringComparer.Ordinal);

        var allowed = Policies(stack.Properties("FunctionRole"))
            .SelectMany(statement => Texts(statement["Action"]), (statement, action) => (action, Targets(statement["Resource"])))
            .ToDictionary(each => each.action, each => each.Item2);

        Assert.Equal(
            ["logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage"],
            allowed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([secret], allowed["secretsmanager:GetSecretValue"]);
        Assert.Equal(["FunctionLogGroup"], allowed["logs:PutLogEvents"]);
        Assert.Equal(["DeadLetterQueue"], allowed["sqs:SendMessage"]);
        Assert.Equal(queues, allowed["sqs:ReceiveMessage"].Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Every_queue_is_encrypted_and_keeps_its_messages_for_two_weeks(string name) =>
        Assert.All(Stacks.Of(name).OfType("AWS::SQS::Queue").Values, queue =>
        {
            Assert.Equal("true", queue["SqsManagedSseEnabled"]!.ToString());
            Assert.Equal("1209600", queue["MessageRetentionPeriod"]!.ToString());
        });

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Every_target_retries_for_a_day_and_then_dead_letters(string name)
    {
        var targets = Stacks.Of(name).OfType("AWS::Events::Rule").Values.SelectMany(rule => rule["Targets"]!.AsArray()).ToList();

        Assert.Equal(2, targets.Count);
        Assert.All(targets, target =>
        {
            Assert.Equal("86400", target!["RetryPolicy"]!["MaximumEventAgeInSeconds"]!.ToString());
            Assert.Equal("185", target["RetryPolicy"]!["MaximumRetryAttempts"]!.ToString());
            Assert.Equal("DeadLetterQueue", target["DeadLetterConfig"]!["Arn"].Target());
        });
    }

    [Theory]
    [InlineData("ApiDestination", "ApiDestination", "ApiDestination, Connection, RuleRole")]
    [InlineData("Lambda", "EventBridgeFunction", "RulePermission")]
    [InlineData("Queue", "EventQueue", "EventQueue, EventQueueMapping, EventQueuePolicy, OldestMessageAlarm")]
    public void A_delivery_mode_has_its_own_target_and_nothing_of_the_others(string mode, string target, string own)
    {
        var stack = Stacks.Of(Stacks.In(mode));
        var everywhere = Stacks.Of(Stacks.In("Lambda"))["Resources"]!.AsObject().Select(each => each.Key).Except(["RulePermission"]);

        Assert.Equal(own, string.Join(", ", stack["Resources"]!.AsObject().Select(each => each.Key).Except(everywhere).Order(StringComparer.Ordinal)));
        Assert.All(stack.OfType("AWS::Events::Rule").Values, rule =>
        {
            Assert.Equal(target, rule["Targets"]![0]!["Arn"].Target());
            Assert.Equal(mode == "ApiDestination" ? "RuleRole" : null, rule["Targets"]![0]!["RoleArn"]?.Target());
        });
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Rules_of_this_account_alone_may_send_to_the_queues(string name)
    {
        var stack = Stacks.Of(name);
        var policies = stack.OfType("AWS::SQS::QueuePolicy").Values.ToList();

        Assert.Equal(
            stack.OfType("AWS::SQS::Queue").Keys.Order(StringComparer.Ordinal),
            policies.SelectMany(policy => Targets(policy["Queues"])).Order(StringComparer.Ordinal));
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
    public void A_message_stays_hidden_for_six_times_the_function_timeout(string name)
    {
        var stack = Stacks.Of(name);
        var timeout = Number(stack.Properties("EventBridgeFunction")["Timeout"]);
        var mappings = stack.OfType("AWS::Lambda::EventSourceMapping").Values.ToList();

        Assert.Equal(stack.OfType("AWS::SQS::Queue").Count, mappings.Count);
        Assert.All(mappings, mapping =>
        {
            var hidden = Number(stack.Properties(mapping["EventSourceArn"].Target())["VisibilityTimeout"]);
            Assert.True(hidden >= (6 * timeout) + Number(mapping["MaximumBatchingWindowInSeconds"]), $"{hidden} s against {timeout} s");
            Assert.Equal(["ReportBatchItemFailures"], Texts(mapping["FunctionResponseTypes"]));
        });
    }

    [Fact]
    public void A_queued_event_is_tried_for_a_day_before_it_dead_letters()
    {
        var queue = Stacks.Of(Stacks.In("Queue")).Properties("EventQueue");

        Assert.Equal("DeadLetterQueue", queue["RedrivePolicy"]!["deadLetterTargetArn"].Target());
        Assert.Equal(24 * 60 * 60, Number(queue["RedrivePolicy"]!["maxReceiveCount"]) * Number(queue["VisibilityTimeout"]));
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Dead_letters_are_replayed_only_when_somebody_asks_for_it(string name)
    {
        var stack = Stacks.Of(name);
        var replay = stack.Properties("DeadLetterReplay");

        Assert.Equal("false", replay["Enabled"]!.ToString());
        Assert.Equal("DeadLetterQueue", replay["EventSourceArn"].Target());
        Assert.Contains("--uuid ${DeadLetterReplay} --enabled", stack["Outputs"]!["ReplayCommand"]!["Value"]!["Fn::Sub"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void A_failed_asynchronous_invocation_is_retried_twice_within_six_hours_and_then_dead_letters(string name)
    {
        var config = Assert.Single(Stacks.Of(name).OfType("AWS::Lambda::EventInvokeConfig")).Value;

        Assert.Equal(2, Number(config["MaximumRetryAttempts"]));
        Assert.Equal(6 * 60 * 60, Number(config["MaximumEventAgeInSeconds"]));
        Assert.Equal("DeadLetterQueue", config["DestinationConfig"]!["OnFailure"]!["Destination"].Target());
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_key_is_in_the_stacks_own_secret_and_nowhere_else(string name)
    {
        var stack = Stacks.Of(name);
        var found = Regex.Count(stack.ToJsonString(), Regex.Escape(Stacks.Key));

        if (Stacks.Parameters(name)["ExistingSecretArn"].Length > 0)
        {
            Assert.Empty(stack.OfType("AWS::SecretsManager::Secret"));
            Assert.Equal(0, found);
        }
        else
        {
            Assert.Equal(1, found);
            Assert.Equal($$"""{"integration_key":"{{Stacks.Key}}"}""", stack.Properties("IntegrationSecret")["SecretString"]!.ToString());
        }
    }

    [Fact]
    public void The_secret_that_the_stack_makes_is_one_that_the_function_reads() =>
        Assert.Equal(
            Stacks.Key,
            Flashduty.Lambda.Secrets.IntegrationSecret.Parse(Stacks.Of(Stacks.In("Lambda")).Properties("IntegrationSecret")["SecretString"]!.ToString()).IntegrationKey);

    [Theory]
    [InlineData("own", "JsonMap", "{{resolve:secretsmanager:${IntegrationSecret}:SecretString:integration_key}}")]
    [InlineData("own", "PlainText", "{{resolve:secretsmanager:${IntegrationSecret}:SecretString:integration_key}}")]
    [InlineData("existing", "JsonMap", "{{resolve:secretsmanager:" + Stacks.ExistingSecret + ":SecretString:integration_key}}")]
    [InlineData("existing", "PlainText", "{{resolve:secretsmanager:" + Stacks.ExistingSecret + ":SecretString}}")]
    public void The_connection_knows_the_key_only_as_a_reference_to_the_secret(string secret, string format, string reference)
    {
        var stack = Stacks.Of($"ApiDestination, arm64, {secret} secret, without topic", ("ExistingSecretFormat", format));
        var auth = stack.Properties("Connection")["AuthParameters"]!["ApiKeyAuthParameters"]!;

        Assert.Equal("FlashDuty", auth["ApiKeyName"]!.ToString());
        Assert.Equal(reference, auth["ApiKeyValue"].Substituted());
    }

    [Fact]
    public void A_new_key_revision_changes_the_connection_so_that_it_reads_the_key_anew() =>
        Assert.NotEqual(
            Stacks.Of(Stacks.In("ApiDestination")).Properties("Connection").ToJsonString(),
            Stacks.Of(Stacks.In("ApiDestination"), ("KeyRevision", "2")).Properties("Connection").ToJsonString());

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void No_output_shows_the_key_or_reads_the_secret(string name)
    {
        var outputs = Stacks.Of(name)["Outputs"]!.ToJsonString();

        Assert.DoesNotContain(Stacks.Key, outputs, StringComparison.Ordinal);
        Assert.DoesNotContain("resolve:", outputs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_KMS_key_encrypts_the_own_secret_and_the_function_may_decrypt_with_it_through_Secrets_Manager_only()
    {
        var stack = Stacks.Of(Stacks.In("ApiDestination"), ("KmsKeyArn", Stacks.KmsKey));

        var decrypt = Assert.Single(Policies(stack.Properties("FunctionRole")), statement => Texts(statement["Action"]).Contains("kms:Decrypt"));
        Assert.Equal(Stacks.KmsKey, decrypt["Resource"]!.ToString());
        Assert.Equal(
            "secretsmanager.${AWS::Region}.${AWS::URLSuffix}",
            decrypt["Condition"]!["StringEquals"]!["kms:ViaService"]!["Fn::Sub"]!.ToString());
        Assert.Equal(Stacks.KmsKey, stack.Properties("IntegrationSecret")["KmsKeyId"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_function_is_the_one_that_was_packaged(string name)
    {
        var function = Stacks.Of(name).Properties("EventBridgeFunction");

        Assert.Equal("provided.al2023", function["Runtime"]!.ToString());
        Assert.Equal("bootstrap", function["Handler"]!.ToString());
        Assert.Equal([Stacks.Parameters(name)["Architecture"]], Texts(function["Architectures"]));
        Assert.Equal(256, Number(function["MemorySize"]));
        Assert.Equal(30, Number(function["Timeout"]));
        Assert.False(function.ContainsKey("ReservedConcurrentExecutions"));
        Assert.Equal("PassThrough", function["TracingConfig"]!["Mode"]!.ToString());
        Assert.Equal("JSON", function["LoggingConfig"]!["LogFormat"]!.ToString());
        Assert.Equal("FunctionLogGroup", function["LoggingConfig"]!["LogGroup"].Target());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("25")]
    public void Reserved_concurrency_is_what_the_parameter_says(string reserved) =>
        Assert.Equal(reserved, Stacks.Of(Stacks.In("Lambda"), ("ReservedConcurrency", reserved)).Properties("EventBridgeFunction")["ReservedConcurrentExecutions"]!.ToString());

    [Fact]
    public void The_environment_is_exactly_what_the_function_reads()
    {
        var read = new SortedSet<string>(StringComparer.Ordinal);
        Settings.FromEnvironment(name =>
        {
            read.Add(name);
            return name == "FLASHDUTY_SECRET_ID" ? "any" : null;
        });

        // Lambda itself sets the others.
        Assert.Equal(read.Where(name => name.StartsWith("FLASHDUTY_", StringComparison.Ordinal)), Environment(Stacks.Of(Stacks.In("ApiDestination"))).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stack_with_the_defaults_has_the_designs_settings()
    {
        var environment = Environment(Stacks.Of(Stacks.In("ApiDestination")));

        Assert.Equal(Settings.FromEnvironment(name => name == "FLASHDUTY_SECRET_ID" ? "IntegrationSecret" : null), Settings.FromEnvironment(name => environment.GetValueOrDefault(name)));
    }

    [Fact]
    public void A_stacks_parameters_reach_the_functions_settings()
    {
        var environment = Environment(Stacks.Of(
            "Queue, x86_64, existing secret, without topic",
            ("AlertKeyScope", "resource"), ("MergeWindowMinutes", "0"), ("RoutesFile", "team/routes.json"), ("ApiBaseUrl", "https://flashduty.example.com"), ("DryRun", "true")));

        var settings = Settings.FromEnvironment(name => environment.GetValueOrDefault(name));

        Assert.Equal(Stacks.ExistingSecret, settings.SecretId);
        Assert.Null(settings.IntegrationKey);
        Assert.Equal(AlertKeyScope.Resource, settings.AlertKey.Scope);
        Assert.Equal(TimeSpan.Zero, settings.AlertKey.MergeWindow);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "team/routes.json"), settings.RoutesFile);
        Assert.True(settings.RoutesFileIsRequired);
        Assert.Equal(new Uri("https://flashduty.example.com"), settings.ApiBaseUrl);
        Assert.True(settings.DryRun);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Anyone_may_call_the_function_through_its_URL_and_only_so(string name)
    {
        var stack = Stacks.Of(name);
        var everyone = stack.OfType("AWS::Lambda::Permission").Values.Where(permission => permission["Principal"]!.ToString() == "*")
            .ToDictionary(permission => permission["Action"]!.ToString());

        Assert.Equal("NONE", Assert.Single(stack.OfType("AWS::Lambda::Url")).Value["AuthType"]!.ToString());
        Assert.Equal(["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"], everyone.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("NONE", everyone["lambda:InvokeFunctionUrl"]["FunctionUrlAuthType"]!.ToString());
        Assert.Equal("true", everyone["lambda:InvokeFunction"]["InvokedViaFunctionUrl"]!.ToString());
    }

    [Fact]
    public void The_API_destination_posts_to_the_push_URL()
    {
        var stack = Stacks.Of(Stacks.In("ApiDestination"), ("InvocationRateLimit", "42"));
        var destination = stack.Properties("ApiDestination");

        Assert.Equal("POST", destination["HttpMethod"]!.ToString());
        Assert.Equal("${EventBridgeFunctionUrl.FunctionUrl}event/push/alert/aws-eventbridge", destination["InvocationEndpoint"].Substituted());
        Assert.Equal(destination["InvocationEndpoint"].Substituted(), stack["Outputs"]!["PushUrl"]!["Value"].Substituted());
        Assert.Equal(42, Number(destination["InvocationRateLimitPerSecond"]));
        var allowed = Assert.Single(Policies(stack.Properties("RuleRole")));
        Assert.Equal("events:InvokeApiDestination", allowed["Action"]!.ToString());
        Assert.Equal(["ApiDestination"], Targets(allowed["Resource"]));
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Alarms_notify_the_topic_if_there_is_one(string name)
    {
        var stack = Stacks.Of(name);
        var topic = Stacks.Parameters(name)["AlarmTopicArn"];
        string[] expected = topic.Length > 0 ? [topic] : [];
        var alarms = stack.OfType("AWS::CloudWatch::Alarm").Values.ToList();

        Assert.Equal(Stacks.Parameters(name)["DeliveryMode"] == "Queue" ? 5 : 4, alarms.Count);
        Assert.All(alarms, alarm =>
        {
            Assert.Equal(expected, Texts(alarm["AlarmActions"]));
            Assert.Equal(expected, Texts(alarm["OKActions"]));
            Assert.Equal("notBreaching", alarm["TreatMissingData"]!.ToString());
        });
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_dashboard_shows_every_metric_of_the_function_and_the_dead_letters(string name)
    {
        var stack = Stacks.Of(name);
        var widgets = JsonNode.Parse(stack.DashboardBody())!["widgets"]!.AsArray();
        var shown = string.Join('\n', widgets.Select(widget => widget!["properties"]!["metrics"]?.ToJsonString(Readable)));

        Assert.All(
            (string[])["EventsReceived", "AlertsDelivered", "Failures", "Latency", "ColdStarts", "ApproximateNumberOfMessagesVisible", "p50", "p99", "Dim.Channel", "Dim.Code"],
            expected => Assert.Contains(expected, shown, StringComparison.Ordinal));
        Assert.Equal(stack.OfType("AWS::CloudWatch::Alarm").Count, widgets.Single(widget => widget!["type"]!.ToString() == "alarm")!["properties"]!["alarms"]!.AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void Widgets_of_the_dashboard_do_not_overlap(string name)
    {
        var cells = JsonNode.Parse(Stacks.Of(name).DashboardBody())!["widgets"]!.AsArray()
            .SelectMany(widget =>
                from x in Enumerable.Range(Number(widget!["x"]), Number(widget["width"]))
                from y in Enumerable.Range(Number(widget["y"]), Number(widget["height"]))
                select (x, y))
            .ToList();

        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.x, 0, 23));
    }

    [Theory]
    [InlineData("aws", "console.aws.amazon.com")]
    [InlineData("aws-cn", "console.amazonaws.cn")]
    [InlineData("aws-us-gov", "console.amazonaws-us-gov.com")]
    public void The_dashboards_link_leads_to_its_partitions_console(string partition, string domain)
    {
        var stack = Stacks.Of(Stacks.In("Lambda"));

        var link = stack["Outputs"]!["DashboardUrl"]!["Value"]!["Fn::Sub"]!;

        Assert.StartsWith("https://${AWS::Region}.${ConsoleDomain}/cloudwatch/", link[0]!.ToString(), StringComparison.Ordinal);
        var lookup = link[1]!["ConsoleDomain"]!["Fn::FindInMap"]!;
        Assert.Equal("AWS::Partition", lookup[1].Target());
        Assert.Equal(domain, stack["Mappings"]![lookup[0]!.ToString()]![partition]![lookup[2]!.ToString()]!.ToString());
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int Number(JsonNode? node) => node is null ? 0 : int.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static List<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => item!.ToString())],
        _ => [node.ToString()],
    };

    private static List<string> Targets(JsonNode? node) => node is JsonArray list ? [.. list.Select(item => item.Target())] : [node.Target()];

    private static IEnumerable<JsonNode> Policies(JsonObject role) =>
        role["Policies"]!.AsArray().SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray()).Select(statement => statement!);

    private static IEnumerable<JsonNode> Statements(JsonObject stack) =>
    [
        .. stack.OfType("AWS::IAM::Role").Values.SelectMany(Policies),
        .. stack.OfType("AWS::SQS::QueuePolicy").Values.SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray()).Select(statement => statement!),
    ];

    private static Dictionary<string, string> Environment(JsonObject stack) =>
        stack.Properties("EventBridgeFunction")["Environment"]!["Variables"]!.AsObject().ToDictionary(variable => variable.Key, variable => variable.Value.Target());
}
