using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Secrets;

/// <summary>The secret in Secrets Manager, kept in memory so that neither its latency nor its outage is an event's.</summary>
internal sealed class SecretCache(IAmazonSecretsManager secretsManager, string secretId, string functionName, Log log, TimeProvider time)
    : ISecretStore, IDisposable
{
    /// <summary>How long a version that was read counts as current.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>From this age on it is read again behind an event's back, so that no event waits.</summary>
    public static readonly TimeSpan RefreshAge = TimeSpan.FromMinutes(4);

    /// <summary>Between two reads that a wrong key, or a failed read, brings about.</summary>
    public static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private Version? _current;
    private Version? _previous;
    private DateTimeOffset _lastLook = DateTimeOffset.MinValue;
    private DateTimeOffset _lastFailure = DateTimeOffset.MinValue;

    private sealed record Version(IntegrationSecret Secret, DateTimeOffset ReadAt);

    public async ValueTask<IntegrationSecret> GetAsync()
    {
        var current = _current;
        if (current is null)
        {
            return await ReadFirstAsync();
        }

        if (Age(current) >= Lifetime)
        {
            // The sandbox slept past the background's chance.
            await RefreshAsync();
        }
        else if (Age(current) >= RefreshAge && CooldownElapsed(_lastFailure) && _reading.CurrentCount > 0)
        {
            _ = Task.Run(RefreshAsync);
        }

        return (_current ?? current).Secret;
    }

    public async ValueTask<IntegrationSecret?> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey)
    {
        await _reading.WaitAsync();
        try
        {
            if (IsKnown())
            {
                return _current!.Secret;
            }

            var look = time.GetUtcNow();
            if (CooldownElapsed(_lastLook) && CooldownElapsed(_lastFailure))
            {
                _lastLook = look;
                await CheckRotationAsync();
            }

            if (IsKnown() || (_previous is not null && _lastFailure >= _lastLook && matchesKey(_previous.Secret)))
            {
                return _current!.Secret;
            }

            // A key that may be the new one must not be turned away for good because Secrets Manager is down.
            return _lastFailure >= _lastLook
                ? throw new IntegrationException(ErrorCode.InternalError, "The key is not the one known here, and Secrets Manager cannot be asked for a newer one.")
                : null;
        }
        finally
        {
            _reading.Release();
        }

        bool IsKnown() => (_current is not null && matchesKey(_current.Secret))
            || (_previous is not null && Age(_previous) < Lifetime && matchesKey(_previous.Secret));
    }

    private async ValueTask<IntegrationSecret> ReadFirstAsync()
    {
        await _reading.WaitAsync();
        try
        {
            _current ??= await ReadAsync(null);
            return _current!.Secret;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failed(exception);
            throw new IntegrationException(
                ErrorCode.InternalError,
                $"The integration key cannot be read from Secrets Manager: {exception.Message}",
                inner: exception);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task RefreshAsync()
    {
        await _reading.WaitAsync();
        try
        {
            if (Age(_current!) >= RefreshAge && CooldownElapsed(_lastFailure))
            {
                _current = await ReadAsync(null);
            }
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failed(exception);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task CheckRotationAsync()
    {
        try
        {
            if (_current is null || Age(_current) >= Cooldown)
            {
                _current = await ReadAsync(null);
            }

            _previous = await ReadAsync("AWSPREVIOUS");
        }
        catch (Exception exception) when (exception is ResourceNotFoundException or FormatException && Age(_current!) < Cooldown)
        {
            _previous = null; // never rotated, or from something that was no key
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failed(exception);
        }
    }

    private async Task<Version> ReadAsync(string? stage)
    {
        var response = await secretsManager.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secretId, VersionStage = stage });
        var secret = response.SecretString is { } text
            ? IntegrationSecret.Parse(text)
            : throw new FormatException("The secret is binary: store the integration key as text.");
        if (secret.BadEntries.Count > 0 && stage is null)
        {
            log.SecretHasBadEntries(secret.BadEntries);
        }

        _lastFailure = DateTimeOffset.MinValue;
        return new Version(secret, time.GetUtcNow());
    }

    private void Failed(Exception exception)
    {
        _lastFailure = time.GetUtcNow();
        if (_current is null)
        {
            log.SecretCannotBeRead(exception.Message);
        }
        else
        {
            log.SecretCannotBeRefreshed(exception.Message, functionName, _lastFailure);
        }
    }

    // AWS's own package lets its HTTP client's exceptions through beside those of the service.
    private static bool IsExpected(Exception exception) => exception is AmazonClientException or AmazonServiceException or FormatException
        or HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    private TimeSpan Age(Version version) => (time.GetUtcNow() - version.ReadAt).Duration();

    private bool CooldownElapsed(DateTimeOffset since) => (time.GetUtcNow() - since).Duration() >= Cooldown;

    public void Dispose()
    {
        _reading.Dispose();
        secretsManager.Dispose();
    }
}
