using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The executable as Lambda sees it: how it starts, loops and ends.</summary>
[Collection(nameof(Bootstrap))]
public sealed partial class ProcessTests(Bootstrap bootstrap)
{
    private Sandbox Start(params (string Name, string? Value)[] settings)
    {
        bootstrap.Need();
        return Sandbox.Start(bootstrap.Executable, null, settings);
    }

    [Fact]
    public async Task Bad_settings_are_an_initialization_error_that_names_each_of_them()
    {
        await using var sandbox = Start(
            ("FLASHDUTY_INTEGRATION_KEY", null), ("FLASHDUTY_DRY_RUN", "maybe"), ("FLASHDUTY_MERGE_WINDOW_MINUTES", "-1"),
            ("FLASHDUTY_ALERT_KEY_SCOPE", "all"), ("FLASHDUTY_API_BASE_URL", "http://example.com"));

        var error = JsonDocument.Parse(await sandbox.Lambda.InitializationError.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal("SettingsException", error.GetProperty("errorType").GetString());
        Assert.All(
            ["FLASHDUTY_SECRET_ID", "FLASHDUTY_DRY_RUN", "FLASHDUTY_MERGE_WINDOW_MINUTES", "FLASHDUTY_ALERT_KEY_SCOPE", "FLASHDUTY_API_BASE_URL"],
            name => Assert.Contains(name, error.GetProperty("errorMessage").GetString()));
        Assert.NotEqual(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task A_push_URL_in_place_of_the_key_is_refused_and_not_repeated()
    {
        await using var sandbox = Start(("FLASHDUTY_INTEGRATION_KEY", $"https://api.flashcat.cloud/event/push/alert/standard?integration_key={Sandbox.Key}"));

        var error = await sandbox.Lambda.InitializationError.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Contains("FLASHDUTY_INTEGRATION_KEY", error);
        Assert.DoesNotContain(Sandbox.Key, error);
        Assert.NotEqual(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task Without_a_Runtime_API_the_process_ends()
    {
        await using var sandbox = Start(("AWS_LAMBDA_RUNTIME_API", null));

        Assert.Equal(1, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task A_request_as_large_as_Lambda_allows_is_answered()
    {
        await using var sandbox = Start();

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(new string('x', 6 * 1024 * 1024)));

        Assert.Equal(400, JsonDocument.Parse(end.Body).RootElement.GetProperty("statusCode").GetInt32());
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError); // and it goes on
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""{"id":"1","source":"s"}""")]
    public async Task A_payload_that_is_no_event_is_an_error_and_the_next_one_is_handled(string payload)
    {
        await using var sandbox = Start();

        Assert.True((await sandbox.Lambda.InvokeAsync(payload)).IsError);
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task A_payload_that_comes_chunked_and_in_pieces_is_whole()
    {
        await using var sandbox = Start();
        sandbox.Lambda.InPieces = true;

        var padding = new string('x', 200_000);
        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event.Replace("\"state\":", $"\"padding\":\"{padding}\",\"state\":"));

        Assert.False(end.IsError, end.Body);
        Assert.Single(sandbox.Flashduty.Alerts);
    }

    [Fact]
    public async Task A_lost_connection_to_the_Runtime_API_is_opened_again()
    {
        bootstrap.Need();
        await using var sandbox = Sandbox.Start(bootstrap.Executable, null, hangUps: 1);

        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task A_connection_to_the_Runtime_API_that_is_lost_twice_ends_the_process()
    {
        bootstrap.Need();
        await using var sandbox = Sandbox.Start(bootstrap.Executable, null, hangUps: 2);

        Assert.Equal(1, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task SIGTERM_ends_it_cleanly_while_it_waits()
    {
        await using var sandbox = Start();
        await sandbox.Lambda.Ready.Task;

        sandbox.Terminate();

        Assert.Equal(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task SIGTERM_lets_the_event_at_hand_be_answered()
    {
        await using var sandbox = Start();
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        sandbox.Flashduty.Misbehave = async (_, _) =>
        {
            arrived.TrySetResult();
            await released.Task;
            return false;
        };

        var invocation = sandbox.Lambda.InvokeAsync(Payloads.Event);
        await arrived.Task;
        sandbox.Terminate();
        released.SetResult();

        Assert.False((await invocation).IsError);
        Assert.Equal(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task It_runs_on_the_glibc_of_Amazon_Linux_2023()
    {
        bootstrap.Need();
        Tools.Need("objdump", "apt-get install binutils");

        var (exitCode, symbols) = await Tools.RunAsync("objdump", "-T", bootstrap.Executable);

        Assert.Equal(0, exitCode);
        var versions = GlibcVersion().Matches(symbols).Select(match => new Version(match.Groups[1].Value)).ToList();
        Assert.NotEmpty(versions);
        Assert.True(versions.Max() <= new Version(2, 34), $"It needs glibc {versions.Max()}.");
    }

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)")]
    private static partial Regex GlibcVersion();
}
