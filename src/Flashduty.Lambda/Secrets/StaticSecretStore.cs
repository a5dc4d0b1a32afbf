namespace Flashduty.Lambda.Secrets;

/// <summary>A secret that a setting gives in place of Secrets Manager, for local runs.</summary>
internal sealed class StaticSecretStore(IntegrationSecret secret) : ISecretStore
{
    public ValueTask<IntegrationSecret> GetAsync() => new(secret);

    public ValueTask<IntegrationSecret?> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey) => new((IntegrationSecret?)null);
}
