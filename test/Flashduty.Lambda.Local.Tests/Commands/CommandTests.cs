using System.Text;
using Flashduty.Lambda.Local.Commands;
using Kit;

namespace Flashduty.Lambda.Local.Tests.Commands;

/// <summary>What a newcomer types, and what comes back.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Sample(string name) => Repository.PathOf("test", "events", name + ".json");

    private static string ExampleRoutes => Repository.PathOf("routes.example.jsonc");

    private Task<int> RunAsync(string[] args, string input = "", params (string Name, string Value)[] variables) => CommandLine.RunAsync(
        args,
        new CommandContext(
            _output,
            _error,
            name => variables.FirstOrDefault(variable => variable.Name == name).Value,
            () => new MemoryStream(Encoding.UTF8.GetBytes(input))));

    [Theory]
    [InlineData("ec2-instance-state-change")]
    [InlineData("invoke/eventbridge-event")]
    [InlineData("invoke/sqs-batch")]
    public async Task Invoke_shows_the_alert_of_a_file_and_the_response(string sample)
    {
        Assert.Equal(0, await RunAsync(["invoke", Sample(sample)]));
        Assert.Contains("[Warning]", _output.ToString());
        Assert.Contains("response", _output.ToString());
    }

    [Fact]
    public async Task Invoke_reads_standard_input()
    {
        Assert.Equal(0, await RunAsync(["invoke", "-"], """{"id":"1","source":"com.example.orders","detail-type":"OrderFailed","detail":{"orderId":"A-1009"}}"""));
        Assert.Contains("OrderFailed: A-1009", _output.ToString());
    }

    [Fact]
    public async Task Invoke_ends_with_1_if_any_event_failed_and_still_runs_the_others()
    {
        Assert.Equal(1, await RunAsync(["invoke", "-", Sample("ec2-instance-state-change")], """{"source":"x"}"""));
        Assert.Contains("InvalidParameter", _output.ToString());
        Assert.Contains("i-1234567890abcdef0 terminated", _output.ToString());
    }

    [Fact]
    public async Task Invoke_says_which_file_is_not_there()
    {
        Assert.Equal(1, await RunAsync(["invoke", "nowhere.json"]));
        Assert.Contains("nowhere.json", _error.ToString());
    }

    [Fact]
    public async Task Invoke_for_real_wants_a_key()
    {
        Assert.Equal(1, await RunAsync(["invoke", "--real", Sample("ec2-instance-state-change")]));
        Assert.Contains("FLASHDUTY_INTEGRATION_KEY", _error.ToString());
    }

    [Fact]
    public async Task Invoke_shows_the_channel_that_the_routes_pick()
    {
        var routes = Path.GetTempFileName();
        await File.WriteAllTextAsync(routes, """{"default":{"channels":["team-a"]}}""", TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(
            ["invoke", Sample("ec2-instance-state-change")],
            variables: [("FLASHDUTY_ROUTES_FILE", routes), ("FLASHDUTY_INTEGRATION_KEY", """{"integration_key":"k","team-a":"ka"}""")]);

        Assert.Equal(0, exitCode);
        Assert.Matches("channel +team-a", _output.ToString());
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("--frobnicate")]
    [InlineData("invoke")]
    [InlineData("invoke", "--frobnicate")]
    [InlineData("catalog", "--frobnicate")]
    [InlineData("routes")]
    [InlineData("routes", "--check")]
    [InlineData("--urls")]
    [InlineData("--urls", "nonsense")]
    [InlineData("invoke", "--urls", "http://127.0.0.1:9001", "x.json")]
    public async Task A_command_line_that_cannot_be_understood_ends_with_2_and_the_usage(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.Contains("dotnet run --project src/Flashduty.Lambda.Local", _error.ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("invoke", "--help")]
    [InlineData("routes", "-h")]
    [InlineData("catalog", "-?")]
    public async Task Help_is_printed_for_every_command(params string[] args)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.Contains("Usage:", _output.ToString());
        Assert.Contains("--help", _output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("invoke", "--version")]
    [InlineData("routes", "--version")]
    [InlineData("catalog", "--version")]
    public async Task Version_is_printed_for_every_command(params string[] args)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.Matches(@"^\d+\.\d+", _output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("in", "invoke")]
    [InlineData("invoke --r", "--real")]
    [InlineData("--u", "--urls")]
    [InlineData("routes --c", "--channels", "--check")]
    public async Task Words_are_completed(string line, params string[] words)
    {
        Assert.Equal(0, await RunAsync([$"[suggest:{line.Length}]", line]));
        Assert.Equal(words, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Event_files_are_completed_from_the_folder_typed()
    {
        var line = $"invoke {Repository.PathOf("test", "events", "guardduty")}";

        Assert.Equal(0, await RunAsync([$"[suggest:{line.Length}]", line]));
        Assert.Contains(Sample("guardduty-finding"), _output.ToString());
        Assert.DoesNotContain(Sample("ec2-instance-state-change"), _output.ToString());
    }

    [Fact]
    public async Task Catalog_has_a_row_for_each_file()
    {
        Assert.Equal(0, await RunAsync(["catalog", Sample("ec2-instance-state-change"), Sample("custom-order-failed")]));
        Assert.Equal(4, _output.ToString().Trim().Split('\n').Length);
        Assert.Contains("| OrderFailed: A-1009 payment declined |", _output.ToString());
    }

    [Fact]
    public async Task Catalog_ends_with_1_for_a_file_that_is_no_event()
    {
        Assert.Equal(1, await RunAsync(["catalog", Sample("invoke/sqs-batch")]));
        Assert.Contains("sqs-batch", _error.ToString());
    }

    [Fact]
    public async Task Routes_check_ends_with_0_for_the_example()
    {
        Assert.Equal(0, await RunAsync(["routes", "--check", ExampleRoutes]));
    }

    [Fact]
    public async Task Routes_check_ends_with_2_and_every_mistake()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"cases":[{"if":[{"key":"title","oper":"EQ","vals":["a"]}]}]}""");

        Assert.Equal(2, await RunAsync(["routes", "--check", file]));
        Assert.Contains("cases[0].if[0].oper: \"EQ\" is neither IN nor NOTIN", _error.ToString());
        Assert.Contains("cases[0]: \"channels\" is missing", _error.ToString());
    }

    [Fact]
    public async Task Routes_preview_tells_which_case_matched_and_why_others_did_not()
    {
        Assert.Equal(0, await RunAsync(["routes", "--routes", ExampleRoutes, Sample("rds-db-instance-event"), Sample("guardduty-finding")]));
        Assert.Contains("cases[0] matched: dba", _output.ToString());
        Assert.Contains("not tried", _output.ToString());
        Assert.Contains("""cases[0] not matched: labels.source IN ["aws.rds", "aws.dynamodb", "aws.elasticache"], and it is "aws.guardduty" """.Trim(), _output.ToString());
        Assert.Contains("→ security", _output.ToString());
    }

    [Fact]
    public async Task Routes_preview_shows_where_an_unknown_channels_alerts_go()
    {
        Assert.Equal(0, await RunAsync(["routes", "--routes", ExampleRoutes, "--channels", "security", Sample("rds-db-instance-event")]));
        Assert.Contains("\"dba\"", _output.ToString());
        Assert.Contains("→ integration_key", _output.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
