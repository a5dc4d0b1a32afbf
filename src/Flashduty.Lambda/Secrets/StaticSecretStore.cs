using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;

namespace Flashduty.Lambda.Secrets;

/// <summary>A secret that a setting gives instead of Secrets Manager, for local runs.</summary>
internal sealed class StaticSecretStore(IntegrationSecret secret) : ISecretStore
{
    public ValueTask<Result<IntegrationSecret>> GetAsync() => new(secret);

    public ValueTask<Result<IntegrationSecret>> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey, Deadline deadline) =>
        new(SecretFailures.WrongKey);
}
