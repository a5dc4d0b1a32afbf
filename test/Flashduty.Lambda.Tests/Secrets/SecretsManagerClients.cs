using Amazon.SecretsManager;
using Kit.Processes;

namespace Flashduty.Lambda.Tests.Secrets;

/// <summary>AWS's client for a server of the tests.</summary>
internal static class SecretsManagerClients
{
    public static AmazonSecretsManagerClient Create(Uri url) =>
        AwsEnvironment.WithSecretsManager(
            url, () => new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig { Timeout = TimeSpan.FromSeconds(20), MaxErrorRetry = 0 }));
}
