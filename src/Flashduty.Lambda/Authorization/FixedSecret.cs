namespace Flashduty.Lambda.Authorization;

/// <summary>A secret that a setting gives in place of Secrets Manager, for local runs.</summary>
internal sealed class FixedSecret(IntegrationSecret secret) : ISecretStore
{
    public ValueTask<IntegrationSecret> GetAsync() => new(secret);

    public ValueTask<IntegrationSecret?> FindRotatedAsync(Func<IntegrationSecret, bool> isItsKey) => new((IntegrationSecret?)null);
}
