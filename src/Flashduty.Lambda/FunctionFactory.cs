using Amazon.SecretsManager;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda;

/// <summary>Puts the function together.</summary>
internal static class FunctionFactory
{
    private const int MaxSecretConnections = 2;
    private const int MaxSecretResponseBytes = 1024 * 1024; // a secret is at most 64 KiB, and JSON in JSON grows

    /// <param name="trust">Null for the authorities that the environment names.</param>
    public static Function Create(Settings settings, Log log, TimeProvider time, SystemTrust? trust = null) =>
        Create(
            settings,
            AlertFactory.Load(settings.AlertsFile, settings.AlertsFileIsRequired, settings.AlertKey, log),
            Router.Load(settings.RoutesFile, settings.RoutesFileIsRequired, log),
            log,
            time,
            trust);

    /// <summary>With rules that need not come from files.</summary>
    public static Function Create(
        Settings settings, AlertFactory alerts, Router router, Log log, TimeProvider time, SystemTrust? trust = null)
    {
        trust ??= SystemTrust.FromEnvironment();
        var secrets = Secrets(settings, log, time, trust);
        var flashduty = new ServiceHandler(
            trust, time, RetryPolicy.Default.AttemptTimeout, RetryPolicy.MaxConcurrency, FlashdutyClient.MaxResponseBytes);
        return new Function(
            secrets,
            new Authorizer(secrets),
            alerts,
            router,
            new Deliverer(new FlashdutyClient(flashduty, settings.ApiBaseUrl, time), RetryPolicy.Default, settings.DryRun, log, time),
            log,
            time);
    }

    private static ISecretStore Secrets(Settings settings, Log log, TimeProvider time, SystemTrust trust)
    {
        if (settings.IntegrationKey is { } key)
        {
            if (settings.IsInLambda)
            {
                log.SecretIsReplaced();
            }

            return new StaticSecretStore(IntegrationSecret.Parse(key));
        }

        var client = new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig
        {
            Timeout = TimeLimits.SecretRead,
            MaxErrorRetry = 0,
            HttpClientFactory = new ServiceClientFactory(
                () => new ServiceHandler(trust, time, TimeLimits.SecretRead, MaxSecretConnections, MaxSecretResponseBytes)),
        });
        return new SecretCache(client, settings.SecretId!, settings.FunctionName, log, time);
    }
}
