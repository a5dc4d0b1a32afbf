using System.Text.Json;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The secret, in a real emulator of Secrets Manager.</summary>
[Collection(nameof(Bootstrap))]
public sealed class SecretsManagerTests(Bootstrap bootstrap)
{
    private Sandbox Start(Moto moto)
    {
        bootstrap.Need();
        return Sandbox.Start(bootstrap.Executable, moto.Address);
    }

    [Theory]
    [InlineData("key0123456789abcdef")]
    [InlineData("""{"integration_key":"key0123456789abcdef","payments":"3c"}""")]
    public async Task Either_form_of_the_secret_opens_the_url_and_delivers(string secret)
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(secret);
        await using var sandbox = Start(moto);

        Assert.Equal((200, null), await PushAsync(sandbox, Sandbox.Key));
        Assert.Equal((401, "Unauthorized"), await PushAsync(sandbox, "wrong"));
        Assert.Equal(Sandbox.Key, Assert.Single(sandbox.Flashduty.Alerts).IntegrationKey);
    }

    [Fact]
    public async Task Without_a_secret_events_come_again_until_there_is_one()
    {
        await using var moto = await Moto.StartAsync();
        await using var sandbox = Start(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Sandbox.Key));
        Assert.True((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);

        await moto.CreateSecretAsync(Sandbox.Key);
        Assert.Equal((200, null), await PushAsync(sandbox, Sandbox.Key));
    }

    [Theory]
    [InlineData("{\"integration_key\":\"\"}")]
    [InlineData("{\"payments\":\"3c\"}")]
    [InlineData("{oops")]
    [InlineData("[\"key0123456789abcdef\"]")]
    public async Task A_secret_that_is_no_key_is_an_internal_error_that_does_not_quote_it(string secret)
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(secret);
        await using var sandbox = Start(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Sandbox.Key));
        Assert.DoesNotContain("oops", sandbox.Output);
        Assert.DoesNotContain(Sandbox.Key, sandbox.Output);
    }

    [Fact]
    public async Task A_binary_secret_is_an_internal_error()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateBinarySecretAsync();
        await using var sandbox = Start(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Sandbox.Key));
    }

    [Fact]
    public async Task A_rotation_is_found_by_a_second_look_and_the_key_before_stays_good()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync("""{"integration_key":"old-key"}""");
        await using var sandbox = Start(moto);
        Assert.Equal((200, null), await PushAsync(sandbox, "old-key"));

        // A version read less than ten seconds ago is not looked at again, so the rotation meets a sandbox that starts with it.
        await moto.PutSecretAsync("""{"integration_key":"new-key"}""");
        await using var later = Start(moto);

        Assert.Equal((200, null), await PushAsync(later, "new-key"));
        Assert.Equal((200, null), await PushAsync(later, "old-key"));
        Assert.Equal((401, "Unauthorized"), await PushAsync(later, "older-key"));
        Assert.All(later.Flashduty.Alerts, alert => Assert.Equal("new-key", alert.IntegrationKey));
    }

    [Fact]
    public async Task The_secret_serves_on_while_Secrets_Manager_is_down()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(Sandbox.Key);
        await using var sandbox = Start(moto);
        await sandbox.Lambda.Ready.Task;
        moto.Kill();

        Assert.Equal((200, null), await PushAsync(sandbox, Sandbox.Key));
        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, "perhaps-the-new-one"));
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task Without_permission_it_is_denied_and_with_it_its_signature_is_right()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(Sandbox.Key);
        var (id, secret) = await moto.DemandAuthorizationAsync();

        await using var denied = Start(moto);
        Assert.Equal((500, "InternalError"), await PushAsync(denied, Sandbox.Key));

        await using var forged = Sandbox.Start(
            bootstrap.Executable, moto.Address, ("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", "not " + secret), ("AWS_SESSION_TOKEN", null));
        Assert.Equal((500, "InternalError"), await PushAsync(forged, Sandbox.Key));

        await using var allowed = Sandbox.Start(
            bootstrap.Executable, moto.Address, ("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", secret), ("AWS_SESSION_TOKEN", null));
        Assert.Equal((200, null), await PushAsync(allowed, Sandbox.Key));
    }

    [Fact]
    public async Task Secrets_Manager_that_is_not_there_at_a_start_is_an_internal_error()
    {
        await using var moto = await Moto.StartAsync();
        moto.Kill();
        await using var sandbox = Start(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Sandbox.Key));
        Assert.True((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
        Assert.Empty(sandbox.Flashduty.Alerts);
    }

    private static async Task<(int Status, string? Code)> PushAsync(Sandbox sandbox, string key)
    {
        var end = await sandbox.Lambda.InvokeAsync(Payloads.UrlRequest(Payloads.Event, key));
        var response = JsonDocument.Parse(end.Body).RootElement;
        var envelope = JsonDocument.Parse(response.GetProperty("body").GetString()!).RootElement;
        var code = envelope.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
        return (response.GetProperty("statusCode").GetInt32(), code);
    }
}
