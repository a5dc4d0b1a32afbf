using System.Text.Json;
using Kit;
using Kit.Processes;
using Kit.Services;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The secret, in a real emulator of Secrets Manager.</summary>
public sealed class SecretsManagerTests
{
    private static Task<Sandbox> StartAsync(Moto moto, params (string Name, string? Value)[] settings) =>
        Sandbox.StartAsync(new SandboxOptions { SecretsManager = moto.Url, Settings = settings });

    [Theory]
    [InlineData("key0123456789abcdef")]
    [InlineData("""{"integration_key":"key0123456789abcdef","payments":"3c"}""")]
    public async Task Both_forms_of_the_secret_authorize_and_deliver(string secret)
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(secret);
        await using var sandbox = await StartAsync(moto);

        Assert.Equal((200, null), await PushAsync(sandbox, Payloads.Key));
        Assert.Equal((401, "Unauthorized"), await PushAsync(sandbox, "wrong"));
        Assert.Equal(Payloads.Key, Assert.Single(sandbox.Flashduty.Accepted).IntegrationKey);
    }

    [Fact]
    public async Task Events_fail_until_the_secret_exists()
    {
        await using var moto = await Moto.StartAsync();
        await using (var sandbox = await StartAsync(moto))
        {
            Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Payloads.Key));
            Assert.True((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
        }

        // The first sandbox would read the secret after 10 seconds, which SecretCacheTests cover; a new one reads it when it starts.
        await moto.CreateSecretAsync(Payloads.Key);
        await using var later = await StartAsync(moto);
        Assert.Equal((200, null), await PushAsync(later, Payloads.Key));
    }

    [Theory]
    [InlineData("{\"integration_key\":\"\"}")]
    [InlineData("{\"payments\":\"3c\"}")]
    [InlineData("{oops")]
    [InlineData("[\"key0123456789abcdef\"]")]
    public async Task Invalid_secret_is_an_internal_error_that_does_not_quote_it(string secret)
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(secret);
        await using var sandbox = await StartAsync(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Payloads.Key));
        Assert.DoesNotContain("oops", sandbox.Output);
        Assert.DoesNotContain(Payloads.Key, sandbox.Output);
    }

    [Fact]
    public async Task Binary_secret_is_an_internal_error()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateBinarySecretAsync();
        await using var sandbox = await StartAsync(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Payloads.Key));
    }

    [Fact]
    public async Task Current_and_previous_key_are_accepted_after_a_rotation()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync("""{"integration_key":"old-key"}""");
        await using var sandbox = await StartAsync(moto);
        Assert.Equal((200, null), await PushAsync(sandbox, "old-key"));

        // A version read less than ten seconds ago is not looked at again, so the rotation meets a sandbox that starts with it.
        await moto.PutSecretAsync("""{"integration_key":"new-key"}""");
        await using var later = await StartAsync(moto);

        Assert.Equal((200, null), await PushAsync(later, "new-key"));
        Assert.Equal((200, null), await PushAsync(later, "old-key"));
        Assert.Equal((401, "Unauthorized"), await PushAsync(later, "older-key"));
        Assert.All(later.Flashduty.Accepted, push => Assert.Equal("new-key", push.IntegrationKey));
    }

    [Fact]
    public async Task Cached_secret_is_used_while_Secrets_Manager_is_down()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(Payloads.Key);
        await using var sandbox = await StartAsync(moto);
        await sandbox.Lambda.Ready.Task;
        moto.Kill();

        Assert.Equal((200, null), await PushAsync(sandbox, Payloads.Key));
        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, "perhaps-the-new-one"));
        Assert.False((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
    }

    [Fact]
    public async Task Signature_is_valid_and_permission_is_required()
    {
        await using var moto = await Moto.StartAsync();
        await moto.CreateSecretAsync(Payloads.Key);
        var (id, secret) = await moto.DemandAuthorizationAsync();

        await using var denied = await StartAsync(moto);
        Assert.Equal((500, "InternalError"), await PushAsync(denied, Payloads.Key));

        await using var forged = await StartAsync(moto, ("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", "not " + secret), ("AWS_SESSION_TOKEN", null));
        Assert.Equal((500, "InternalError"), await PushAsync(forged, Payloads.Key));

        await using var allowed = await StartAsync(moto, ("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", secret), ("AWS_SESSION_TOKEN", null));
        Assert.Equal((200, null), await PushAsync(allowed, Payloads.Key));
    }

    [Fact]
    public async Task Unreachable_Secrets_Manager_at_startup_is_an_internal_error()
    {
        await using var moto = await Moto.StartAsync();
        moto.Kill();
        await using var sandbox = await StartAsync(moto);

        Assert.Equal((500, "InternalError"), await PushAsync(sandbox, Payloads.Key));
        Assert.True((await sandbox.Lambda.InvokeAsync(Payloads.Event)).IsError);
        Assert.Empty(sandbox.Flashduty.Accepted);
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
