using Flashduty.Lambda.Local.Commands;

namespace Flashduty.Lambda.Local.Tests.Commands;

public sealed class RoutesCommandTests : IDisposable
{
    private const string Routes = """
        {
          "cases": [
            { "if": [ { "key": "labels.source", "oper": "IN", "vals": ["aws.guardduty"] } ], "channels": ["security"], "fallthrough": true },
            { "if": [ { "key": "labels.team", "oper": "IN", "vals": ["*"] } ], "channels": ["team"] },
            { "if": [], "routing_mode": "name_mapping", "name_mapping_label": "labels.service" },
            { "if": [], "channels": ["never"] }
          ],
          "default": { "channels": ["platform"] }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Finding => Path.Combine(AppContext.BaseDirectory, "events", "guardduty-finding.json");

    [Fact]
    public async Task A_preview_says_of_each_case_whether_it_matched_and_why_not()
    {
        Assert.Equal(0, await RunAsync("--routes", File("routes.json", Routes), Finding));

        var lines = _output.ToString().Split('\n');
        Assert.Contains(lines, line => line.Contains("cases[0] matched: security, and lets later cases match"));
        Assert.Contains(lines, line => line.Contains("""cases[1] not matched: labels.team IN ["*"], and it is not there"""));
        Assert.Contains(lines, line => line.Contains("""cases[2] matched: the channel named "guardduty" by labels.service"""));
        Assert.Contains(lines, line => line.Contains("cases[3] not tried"));
        Assert.Contains(lines, line => line.Contains("→ security, guardduty"));
    }

    [Fact]
    public async Task A_preview_delivers_to_the_channels_that_are_said_to_exist()
    {
        Assert.Equal(0, await RunAsync("--routes", File("routes.json", Routes), "--channels", "platform, team", Finding));

        Assert.Contains("→ integration_key, platform", _output.ToString());
        Assert.Contains("\"security\"", _output.ToString());
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_does_not_stop_the_others()
    {
        Assert.NotEqual(0, await RunAsync("--routes", File("routes.json", Routes), File("event.json", "{}"), Path.Combine(_folder, "none.json"), Finding));

        Assert.Contains("event.json", _error.ToString());
        Assert.Contains("none.json", _error.ToString());
        Assert.Contains("→ security", _output.ToString());
    }

    [Fact]
    public async Task A_check_of_a_file_without_mistakes_ends_with_0()
    {
        Assert.Equal(0, await RunAsync("--check", File("routes.json", Routes)));
        Assert.Contains("4 cases", _output.ToString());
    }

    [Fact]
    public async Task A_check_ends_with_2_and_every_mistake()
    {
        var file = File("routes.json", """{ "cases": [ { "if": 1, "channels": [] } ], "defaults": {} }""");

        Assert.Equal(2, await RunAsync("--check", file));
        Assert.Equal(3, _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith(file)));
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("--check")]
    [InlineData("--routes")]
    [InlineData("--channels")]
    [InlineData("--what", "event.json")]
    [InlineData("--check", "/nowhere/routes.json")]
    [InlineData("--routes", "/nowhere/routes.json", "event.json")]
    public async Task Failed_command_exits_with_2_and_the_reason(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.NotEmpty(_error.ToString());
    }

    [Theory]
    [InlineData("security,guardduty", 0)]
    [InlineData("guardduty, security", 0)]
    [InlineData("security", 1)]
    [InlineData("security,guardduty,platform", 1)]
    [InlineData("platform", 1)]
    public async Task An_event_that_does_not_go_where_it_is_expected_ends_with_1(string expected, int exitCode)
    {
        Assert.Equal(exitCode, await RunAsync("--routes", File("routes.json", Routes), "--expect", expected, Finding));

        Assert.Equal(exitCode == 1, _error.ToString().Contains("goes to security, guardduty; expected ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_notes_what_does_nothing_here()
    {
        var file = File("routes.json", """{"default":{"channel_ids":[1]},"version":3,"status":"disabled"}""");

        Assert.Equal(0, await RunAsync("--check", file));
        Assert.Contains("version, status: of no use here", _error.ToString());
        Assert.Contains("status: is \"disabled\" in Flashduty", _error.ToString());
    }

    [Fact]
    public async Task A_check_refuses_an_unknown_property()
    {
        Assert.Equal(2, await RunAsync("--check", File("routes.json", """{"default":{"channels":["a"]},"pauses":[]}""")));
        Assert.Contains("pauses: unknown property", _error.ToString());
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(["routes", .. args], new CommandContext(_output, _error, _ => null, () => Stream.Null));

    private string File(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(file, text);
        return file;
    }
}
