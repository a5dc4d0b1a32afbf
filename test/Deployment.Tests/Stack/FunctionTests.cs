using Deployment.Tests.Templates;
using Flashduty.Lambda.Normalization.Writing;

namespace Deployment.Tests.Stack;

public sealed class FunctionTests
{
    [Theory]
    [MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public void The_function_is_the_one_that_was_packaged(string name)
    {
        var function = Stacks.Resolve(name).Properties("EventBridgeFunction");

        Assert.Equal("provided.al2023", function["Runtime"]!.ToString());
        Assert.Equal("bootstrap", function["Handler"]!.ToString());
        Assert.Equal([Stacks.Parameters(name)["Architecture"]], function["Architectures"].Texts());
        Assert.Equal(256, function["MemorySize"].Number());
        Assert.Equal(30, function["Timeout"].Number());
        Assert.False(function.ContainsKey("ReservedConcurrentExecutions"));
        Assert.Equal("PassThrough", function["TracingConfig"]!["Mode"]!.ToString());
        Assert.Equal("JSON", function["LoggingConfig"]!["LogFormat"]!.ToString());
        Assert.Equal("FunctionLogGroup", function["LoggingConfig"]!["LogGroup"].Target());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("25")]
    public void Reserved_concurrency_is_what_the_parameter_says(string reserved) =>
        Assert.Equal(
            reserved,
            Stacks.Resolve(Stacks.In("Lambda"), ("ReservedConcurrency", reserved))
                .Properties("EventBridgeFunction")["ReservedConcurrentExecutions"]!.ToString());

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
        Assert.Equal(
            read.Where(name => name.StartsWith("FLASHDUTY_", StringComparison.Ordinal)),
            Stacks.Resolve(Stacks.In("ApiDestination")).Environment().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stack_with_the_defaults_has_the_designs_settings()
    {
        var environment = Stacks.Resolve(Stacks.In("ApiDestination")).Environment();

        Assert.Equal(
            Settings.FromEnvironment(name => name == "FLASHDUTY_SECRET_ID" ? "IntegrationSecret" : null),
            Settings.FromEnvironment(name => environment.GetValueOrDefault(name)));
    }

    [Fact]
    public void A_stacks_parameters_reach_the_functions_settings()
    {
        var environment = Stacks.Resolve(
            "Queue, x86_64, existing secret, without topic",
            ("AlertKeyScope", "resource"), ("MergeWindowMinutes", "0"), ("RoutesFile", "team/routes.json"),
            ("ApiBaseUrl", "https://flashduty.example.com"),
            ("DryRun", "true")).Environment();

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
}
