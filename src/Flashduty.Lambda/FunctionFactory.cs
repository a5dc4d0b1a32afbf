using Amazon.SecretsManager;
using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda;

/// <summary>Puts the function together.</summary>
internal static class FunctionFactory
{
    /// <summary>One request to Secrets Manager; two of them leave a Function URL request time to deliver.</summary>
    private static readonly TimeSpan SecretTimeout = TimeSpan.FromSeconds(1.5);

    public static Function Create(Settings settings, Log log, TimeProvider time)
    {
        var secrets = Secrets(settings, log, time);
        return new Function(
            secrets,
            new Authorizer(secrets),
            new Normalizer(settings.AlertKey),
            Router.Load(settings, log),
            new Deliverer(new FlashdutyClient(settings.ApiBaseUrl), DeliveryLimits.Default, settings.DryRun, log),
            log,
            time);
    }

    private static ISecretStore Secrets(Settings settings, Log log, TimeProvider time)
    {
        if (settings.IntegrationKey is { } key)
        {
            if (settings.IsInLambda)
            {
                log.SecretIsReplaced();
            }

            return new StaticSecretStore(IntegrationSecret.Parse(key));
        }

        var client = new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig { Timeout = SecretTimeout, MaxErrorRetry = 0 });
        return new SecretCache(client, settings.SecretId!, settings.FunctionName, log, time);
    }
}
