using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Secrets;

/// <summary>The secret in Secrets Manager, kept in memory so that its latency and outages do not affect events.</summary>
internal sealed class SecretCache(IAmazonSecretsManager secretsManager, string secretId, string functionName, Log log, TimeProvider time)
    : ISecretStore, IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private Version? _current;
    private Version? _previous;
    private DateTimeOffset _lastCheck = DateTimeOffset.MinValue;
    private DateTimeOffset _lastFailure = DateTimeOffset.MinValue;

    private sealed record Version(IntegrationSecret Secret, DateTimeOffset ReadAt);

    public async ValueTask<Result<IntegrationSecret>> GetAsync()
    {
        var current = _current;
        if (current is null)
        {
            return await ReadFirstAsync();
        }

        if (Age(current) >= TimeLimits.SecretLifetime)
        {
            // The sandbox was frozen past the refresh window.
            await RefreshAsync();
        }
        else if (Age(current) >= TimeLimits.SecretRefreshAge && CooldownElapsed(_lastFailure) && _reading.CurrentCount > 0)
        {
            _ = Task.Run(RefreshAsync);
        }

        return (_current ?? current).Secret;
    }

    public async ValueTask<Result<IntegrationSecret>> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey, Deadline deadline)
    {
        await _reading.WaitAsync();
        try
        {
            if (IsKnown())
            {
                return _current!.Secret;
            }

            var isChecked = await CooldownEndsAsync(deadline);
            if (isChecked)
            {
                _lastCheck = time.GetUtcNow();
                await CheckRotationAsync();
            }

            if (IsKnown() || (_previous is not null && _lastFailure >= _lastCheck && matchesKey(_previous.Secret)))
            {
                return _current!.Secret;
            }

            if (_lastFailure >= _lastCheck)
            {
                // A key that may be the new one must not be refused for good because Secrets Manager is down.
                return SecretFailures.Unavailable;
            }

            if (!isChecked)
            {
                log.KeyIsNotCompared();
            }

            return SecretFailures.WrongKey;
        }
        finally
        {
            _reading.Release();
        }

        bool IsKnown() => (_current is not null && matchesKey(_current.Secret))
            || (_previous is not null && Age(_previous) < TimeLimits.SecretLifetime && matchesKey(_previous.Secret));
    }

    /// <summary>Waits until Secrets Manager may be asked again, if the caller has the time.</summary>
    private async ValueTask<bool> CooldownEndsAsync(Deadline deadline)
    {
        if (!CooldownElapsed(_lastFailure))
        {
            return false;
        }

        if (CooldownElapsed(_lastCheck))
        {
            return true;
        }

        var wait = TimeLimits.SecretCooldown - Since(_lastCheck);
        if (wait + TimeLimits.SecretCheck > deadline.Remaining)
        {
            return false;
        }

        await Task.Delay(wait, time);
        return true;
    }

    private async ValueTask<Result<IntegrationSecret>> ReadFirstAsync()
    {
        await _reading.WaitAsync();
        try
        {
            if (_current is null && CooldownElapsed(_lastFailure))
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

        return _current is { } current ? current.Secret : SecretFailures.Unavailable;
    }

    private async Task RefreshAsync()
    {
        await _reading.WaitAsync();
        try
        {
            if (Age(_current!) >= TimeLimits.SecretRefreshAge && CooldownElapsed(_lastFailure))
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
            if (_current is null || Age(_current) >= TimeLimits.SecretCooldown)
            {
                _current = await ReadAsync(null);
            }

            _previous = await ReadAsync("AWSPREVIOUS");
        }
        catch (Exception exception) when (
            exception is ResourceNotFoundException or FormatException && Age(_current!) < TimeLimits.SecretCooldown)
        {
            _previous = null; // never rotated, or from something that was not a key
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
        var reason = exception is AmazonServiceException { ErrorCode.Length: > 0 } refusal
            ? $"{refusal.ErrorCode}: {exception.Message}"
            : exception.Message;
        if (_current is null)
        {
            log.SecretCannotBeRead(reason);
        }
        else
        {
            log.SecretCannotBeRefreshed(reason, functionName, _lastFailure);
        }
    }

    // AWS's own package lets its HTTP client's exceptions through beside those of the service.
    private static bool IsExpected(Exception exception) => exception is AmazonClientException or AmazonServiceException or FormatException
        or HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    private TimeSpan Age(Version version) => Since(version.ReadAt);

    private bool CooldownElapsed(DateTimeOffset since) => Since(since) >= TimeLimits.SecretCooldown;

    // A clock that was set back must not make a version young for ever.
    private TimeSpan Since(DateTimeOffset moment) => (time.GetUtcNow() - moment).Duration();

    public void Dispose()
    {
        _reading.Dispose();
        secretsManager.Dispose();
    }
}
