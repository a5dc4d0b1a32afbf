using System.Text.Json;
using System.Text.RegularExpressions;
using Kit;
using Kit.Processes;
using Kit.Services;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The executable as Lambda sees it: how it starts, loops and ends.</summary>
public sealed partial class ProcessTests
{
    [Fact]
    public async Task Invalid_settings_are_an_initialization_error_that_names_each_of_them()
    {
        await using var sandbox = await Sandbox.StartAsync(
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
    public async Task Push_URL_instead_of_the_key_is_rejected_and_not_repeated()
    {
        await using var sandbox = await Sandbox.StartAsync(("FLASHDUTY_INTEGRATION_KEY", $"https://api.flashcat.cloud/event/push/alert/standard?integration_key={Payloads.Key}"));

        var error = await sandbox.Lambda.InitializationError.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Contains("FLASHDUTY_INTEGRATION_KEY", error);
        Assert.DoesNotContain(Payloads.Key, error);
        Assert.NotEqual(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task Invalid_settings_are_logged_if_the_Runtime_API_cannot_be_reached()
    {
        await using var sandbox = await Sandbox.StartAsync(("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1"), ("FLASHDUTY_DRY_RUN", "maybe"));

        Assert.Equal(1, await sandbox.ExitCodeAsync());
        Assert.Contains("FLASHDUTY_DRY_RUN", sandbox.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_beyond_the_calendar_is_no_limit()
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero) - DateTimeOffset.UtcNow)).IsError);
        sandbox.Lambda.DeadlineHeader = "999999999999999999";
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task Events_are_answered_while_nobody_reads_the_log()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { LeavesOutputUnread = true });

        // A pipe holds 64 KiB, and each event logs some 800 bytes.
        for (var i = 0; i < 150; i++)
        {
            Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
        }

        Assert.Equal(150, sandbox.Flashduty.Pushes.Count);
    }

    [Fact]
    public async Task Process_exits_without_a_Runtime_API()
    {
        await using var sandbox = await Sandbox.StartAsync(("AWS_LAMBDA_RUNTIME_API", null));

        Assert.Equal(1, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task Request_as_large_as_Lambda_allows_is_answered()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(new string('x', 6 * 1024 * 1024)));

        Assert.Equal(400, JsonDocument.Parse(end.Body).RootElement.GetProperty("statusCode").GetInt32());
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError); // and it goes on
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"\ud83d":1}""")]
    [InlineData("""{"id":"1","source":"s"}""")]
    public async Task Invalid_payload_is_an_error_and_the_next_event_is_handled(string payload)
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.True((await sandbox.Lambda.InvokeAsync(payload)).IsError);
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task Chunked_payload_is_read_whole()
    {
        await using var sandbox = await Sandbox.StartAsync();
        sandbox.Lambda.InPieces = true;

        var padding = new string('x', 200_000);
        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event.Replace("\"state\":", $"\"padding\":\"{padding}\",\"state\":"));

        Assert.False(end.IsError, end.Body);
        Assert.Single(sandbox.Flashduty.Accepted);
    }

    [Fact]
    public async Task Lost_connection_to_the_Runtime_API_is_reopened()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { HangUps = 1 });

        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task Process_exits_when_the_Runtime_API_hangs_up_twice()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { HangUps = 2 });

        Assert.Equal(1, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task SIGTERM_ends_an_idle_process_cleanly()
    {
        await using var sandbox = await Sandbox.StartAsync();
        await sandbox.Lambda.Ready.Task;

        sandbox.Terminate();

        Assert.Equal(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task SIGTERM_lets_the_current_event_finish()
    {
        await using var sandbox = await Sandbox.StartAsync();
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        sandbox.Flashduty.Gate = released.Task;
        sandbox.Flashduty.Answer = _ =>
        {
            arrived.TrySetResult();
            return Reply.Accepted;
        };

        var invocation = sandbox.Lambda.InvokeAsync(Payloads.Event);
        await arrived.Task;
        sandbox.Terminate();
        released.SetResult();

        Assert.False((await invocation).IsError);
        Assert.Equal(0, await sandbox.ExitCodeAsync());
    }

    [Fact]
    public async Task Executable_runs_on_the_glibc_of_Amazon_Linux_2023()
    {
        ExternalTool.RequireOrSkip("objdump", "apt-get install binutils");

        var result = await ExternalTool.RunAsync("objdump", ["-T", await NativeExecutable.GetPathAsync()]);

        Assert.Equal(0, result.ExitCode);
        var versions = GlibcVersion().Matches(result.Output).Select(match => new Version(match.Groups[1].Value)).ToList();
        Assert.NotEmpty(versions);
        Assert.True(versions.Max() <= new Version(2, 34), $"It needs glibc {versions.Max()}.");
    }

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)")]
    private static partial Regex GlibcVersion();
}
