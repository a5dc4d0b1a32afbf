using System.Text;
using System.Text.Json.Nodes;
using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace Flashduty.Lambda.Tests.Secrets;

public sealed class SecretCacheTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStream _log = new();
    private SecretsManagerServer _server = null!;
    private SecretCache _secret = null!;

    public async ValueTask InitializeAsync()
    {
        _server = new SecretsManagerServer();
        _secret = new SecretCache(SecretsManagerClients.Create(_server.Url), "flashduty/eventbridge", "function", new Log(_log, _time), _time);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.DoesNotContain("-key", LogText, StringComparison.Ordinal); // whatever happened, no key was logged
        _secret.Dispose();
        await _server.DisposeAsync();
        await _log.DisposeAsync();
    }

    private string LogText => Encoding.UTF8.GetString(_log.ToArray());

    private async Task<string> KeyAsync() => (await _secret.GetAsync()).OrThrow().IntegrationKey;

    /// <param name="budget">The time in which the caller has to be answered; by default none, so that nothing waits.</param>
    private ValueTask<Result<IntegrationSecret>> AuthorizeAsync(string key, TimeSpan budget = default) =>
        new Authorizer(_secret).AuthorizeAsync(key, Deadline.After(budget));

    private async Task<bool> IsAcceptedAsync(string key)
    {
        var failure = (await AuthorizeAsync(key)).Failure;
        Assert.True(failure is null or { Code: ErrorCode.Unauthorized }, failure?.Message);
        return failure is null;
    }

    private async Task AssertUnavailableAsync(string key) =>
        Assert.Equal(ErrorCode.InternalError, (await AuthorizeAsync(key)).Failure?.Code);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    [Fact]
    public async Task It_is_read_once_and_kept()
    {
        Assert.Equal("current-key", await KeyAsync());
        _time.Advance(TimeLimits.SecretRefreshAge - Second);
        Assert.Equal("current-key", await KeyAsync());
        Assert.Equal(["AWSCURRENT"], _server.Reads);
    }

    [Fact]
    public async Task Before_it_is_too_old_it_is_read_behind_an_events_back()
    {
        await KeyAsync();
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        _server.Current = "new-key";
        _time.Advance(TimeLimits.SecretRefreshAge);

        // Secrets Manager answers nothing yet, and no event waits for it.
        Assert.Equal(["current-key", "current-key"], [await KeyAsync(), await KeyAsync()]);
        await UntilAsync(() => Task.FromResult(_server.Reads.Count == 2));
        Assert.Equal("current-key", await KeyAsync());

        gate.SetResult();
        await UntilAsync(async () => await KeyAsync() == "new-key");
        Assert.Equal(2, _server.Reads.Count);
    }

    [Fact]
    public async Task When_it_is_too_old_the_event_waits_for_a_new_one()
    {
        await KeyAsync();
        _server.Current = "new-key";
        _time.Advance(TimeLimits.SecretLifetime);
        Assert.Equal("new-key", await KeyAsync());
    }

    [Fact]
    public async Task Failed_refresh_is_a_metric_while_the_cached_version_serves()
    {
        _server.IsDown = true;
        await Assert.ThrowsAsync<IntegrationException>(KeyAsync);
        Assert.DoesNotContain("SecretRefreshFailures", LogText, StringComparison.Ordinal);

        _server.IsDown = false;
        _time.Advance(TimeLimits.SecretCooldown);
        await KeyAsync();
        _server.IsDown = true;
        _time.Advance(TimeLimits.SecretLifetime);
        await KeyAsync();

        var line = JsonNode.Parse(LogText.Trim().Split('\n')[^1])!;
        Assert.Equal(1, line["SecretRefreshFailures"]!.GetValue<int>());
        Assert.Equal("function", line["FunctionName"]!.GetValue<string>());
        Assert.Equal("SecretRefreshFailures", line["_aws"]!["CloudWatchMetrics"]![0]!["Metrics"]![0]!["Name"]!.GetValue<string>());
    }

    [Fact]
    public async Task While_Secrets_Manager_is_down_the_old_one_serves()
    {
        await KeyAsync();
        _server.IsDown = true;
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("current-key", await KeyAsync());
        Assert.Contains("using the cached version", LogText, StringComparison.Ordinal);

        // It is not asked again for every event.
        var reads = _server.Reads.Count;
        Assert.Equal("current-key", await KeyAsync());
        Assert.Equal(reads, _server.Reads.Count);

        _server.IsDown = false;
        _server.Current = "new-key";
        _time.Advance(TimeLimits.SecretCooldown);
        Assert.Equal("new-key", await KeyAsync());
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("ResourceNotFoundException")]
    [InlineData("DecryptionFailure")]
    public async Task A_secret_that_is_refused_later_on_leaves_the_old_one_serving(string refusal)
    {
        await KeyAsync();
        _server.Refusal = refusal;
        _time.Advance(TimeLimits.SecretLifetime);
        Assert.Equal("current-key", await KeyAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"integration_key\":")]
    [InlineData(null)]
    public async Task A_secret_that_was_overwritten_with_what_is_none_leaves_the_old_one_serving(string? text)
    {
        await KeyAsync();
        _server.Current = text;
        _time.Advance(TimeLimits.SecretLifetime);
        Assert.Equal("current-key", await KeyAsync());
        Assert.Contains("\"level\":\"ERROR\"", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_first_read_is_repeated_after_the_cooldown_only()
    {
        _server.Refusal = "AccessDeniedException";
        for (var i = 0; i < 6; i++)
        {
            await AssertUnavailableAsync("a stranger's");
        }

        Assert.Equal(["AWSCURRENT"], _server.Reads);

        _server.Refusal = null;
        _time.Advance(TimeLimits.SecretCooldown);
        Assert.Equal("current-key", await KeyAsync());
    }

    [Fact]
    public async Task Strangers_learn_nothing_about_the_secret()
    {
        _server.Refusal = "AccessDeniedException";
        var message = (await AuthorizeAsync("a stranger's")).Failure!.Message;
        Assert.DoesNotContain("AccessDenied", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrets Manager", message, StringComparison.Ordinal);
        Assert.DoesNotContain("flashduty/eventbridge", message, StringComparison.Ordinal);
        Assert.Contains("AccessDeniedException: ", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_key_waits_for_the_next_look_if_a_stranger_used_the_last_one()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsAcceptedAsync("a stranger's"));
        (_server.Current, _server.Previous) = ("new-key", "current-key");
        _time.Advance(TimeLimits.SecretCooldown - (2 * Second));

        var pending = AuthorizeAsync("new-key", TimeSpan.FromSeconds(60)).AsTask();
        Assert.False(pending.IsCompleted);
        _time.Advance(2 * Second);
        Assert.Equal("new-key", (await pending).OrThrow().IntegrationKey);
    }

    [Fact]
    public async Task Key_that_cannot_wait_for_the_next_look_is_refused_with_a_warning_in_the_log()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsAcceptedAsync("a stranger's"));
        Assert.DoesNotContain("without comparing", LogText, StringComparison.Ordinal);
        (_server.Current, _server.Previous) = ("new-key", "current-key");
        _time.Advance(2 * Second);

        Assert.Equal(ErrorCode.Unauthorized, (await AuthorizeAsync("new-key", 4 * Second)).Failure?.Code);
        Assert.Contains("\"level\":\"WARN\"", LogText, StringComparison.Ordinal);
        Assert.Contains("without comparing it with a newer version", LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("\"level\":\"ERROR\"", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Byte_order_mark_in_the_secret_is_ignored()
    {
        _server.Current = "\uFEFF{\"integration_key\":\"current-key\"}";
        Assert.Equal("current-key", await KeyAsync());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{}", "no \"integration_key\"")]
    [InlineData("{\"a\"", "not the JSON")]
    [InlineData(null, "binary")]
    public async Task Invalid_initial_secret_reports_the_reason(string? text, string why)
    {
        _server.Current = text;
        Assert.Equal(ErrorCode.InternalError, (await Assert.ThrowsAsync<IntegrationException>(KeyAsync)).Code);
        Assert.Contains(why.Replace("\"", "\\\"", StringComparison.Ordinal), LogText, StringComparison.Ordinal);
        Assert.Contains("no version is cached", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_secret_says_so()
    {
        _server.Refusal = "AccessDeniedException";
        Assert.Equal(ErrorCode.InternalError, (await Assert.ThrowsAsync<IntegrationException>(KeyAsync)).Code);
    }

    [Fact]
    public async Task Entries_that_are_no_channel_are_logged_by_name()
    {
        _server.Current = """{"integration_key":"current-key","payments":"not a-key"}""";
        await KeyAsync();
        Assert.Contains("payments", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_newer_than_the_cache_is_found_by_one_look()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        (_server.Current, _server.Previous) = ("new-key", "current-key");

        Assert.True(await IsAcceptedAsync("new-key"));
        Assert.Equal("new-key", await KeyAsync());
        Assert.True(await IsAcceptedAsync("current-key"));
        Assert.Equal(["AWSCURRENT", "AWSCURRENT", "AWSPREVIOUS"], _server.Reads);
    }

    [Fact]
    public async Task The_key_before_the_last_rotation_is_accepted_and_the_current_secret_delivers()
    {
        (_server.Current, _server.Previous) = ("current-key", "previous-key");
        Assert.Equal("current-key", (await AuthorizeAsync("previous-key")).OrThrow().IntegrationKey);
        Assert.Equal(["AWSCURRENT", "AWSPREVIOUS"], _server.Reads);
    }

    [Fact]
    public async Task A_key_of_two_rotations_ago_is_not_accepted_for_long()
    {
        (_server.Current, _server.Previous) = ("second-key", "first-key");
        Assert.True(await IsAcceptedAsync("first-key"));
        (_server.Current, _server.Previous) = ("third-key", "second-key");
        _time.Advance(TimeLimits.SecretLifetime);
        Assert.False(await IsAcceptedAsync("first-key"));
        Assert.True(await IsAcceptedAsync("second-key"));
        Assert.True(await IsAcceptedAsync("third-key"));
    }

    [Fact]
    public async Task Wrong_keys_bring_about_one_look_in_ten_seconds()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 5; i++)
        {
            Assert.False(await IsAcceptedAsync("wrong"));
            _time.Advance(TimeLimits.SecretCooldown / 10);
        }

        Assert.Equal(["AWSCURRENT", "AWSCURRENT", "AWSPREVIOUS"], _server.Reads);

        _time.Advance(TimeLimits.SecretCooldown / 2);
        Assert.False(await IsAcceptedAsync("wrong"));
        Assert.Equal(5, _server.Reads.Count);
    }

    [Fact]
    public async Task Wrong_keys_at_once_bring_about_one_look()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IsAcceptedAsync("wrong"))));
        Assert.DoesNotContain(true, accepted);
        Assert.Equal(3, _server.Reads.Count);
    }

    /// <summary>Else a request whose every read takes as long as it may would not be answered in time.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("InternalServiceError")]
    public async Task No_request_reads_more_than_twice(string? refusal)
    {
        await KeyAsync();
        _time.Advance(TimeLimits.SecretLifetime);
        _server.Refusal = refusal;
        await Record.ExceptionAsync(() => IsAcceptedAsync("wrong"));
        Assert.InRange(_server.Reads.Count, 1 + 1, 1 + 2);

        // The second read of two may be the first that succeeds.
        _server.Refusal = null;
        var reads = _server.Reads.Count;
        _time.Advance(TimeLimits.SecretCooldown);
        await Record.ExceptionAsync(() => IsAcceptedAsync("wrong"));
        Assert.InRange(_server.Reads.Count, reads + 1, reads + 2);
    }

    [Fact]
    public async Task A_read_that_failed_is_not_followed_by_a_look()
    {
        await KeyAsync();
        _time.Advance(TimeLimits.SecretLifetime);
        _server.Refusal = "InternalServiceError";
        await AssertUnavailableAsync("unknown");
        Assert.Equal(2, _server.Reads.Count);
    }

    [Fact]
    public async Task A_failure_that_is_over_does_not_excuse_a_wrong_key()
    {
        _server.Refusal = "InternalServiceError";
        await Assert.ThrowsAsync<IntegrationException>(KeyAsync);
        _server.Refusal = null;
        _time.Advance(TimeLimits.SecretCooldown);
        Assert.False(await IsAcceptedAsync("wrong"));
    }

    [Fact]
    public async Task An_unknown_key_cannot_be_told_while_Secrets_Manager_is_down()
    {
        await KeyAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        _server.IsDown = true;

        await AssertUnavailableAsync("unknown");
        var reads = _server.Reads.Count;
        await AssertUnavailableAsync("unknown");
        Assert.Equal(reads, _server.Reads.Count); // it was not asked again
        Assert.True(await IsAcceptedAsync("current-key"));

        _server.IsDown = false;
        _time.Advance(TimeLimits.SecretCooldown);
        Assert.False(await IsAcceptedAsync("unknown"));
    }

    [Fact]
    public async Task The_previous_key_goes_on_being_accepted_while_Secrets_Manager_is_down()
    {
        _server.Previous = "previous-key";
        Assert.True(await IsAcceptedAsync("previous-key"));
        _server.IsDown = true;
        _time.Advance(TimeLimits.SecretLifetime);
        Assert.True(await IsAcceptedAsync("previous-key"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not a key")]
    public async Task A_previous_version_that_is_no_secret_is_none(string previous)
    {
        _server.Previous = previous;
        Assert.False(await IsAcceptedAsync("wrong"));
        Assert.False(await IsAcceptedAsync(previous + "x"));
    }
}
