using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Secrets;

/// <summary>Where the integration keys are.</summary>
internal interface ISecretStore
{
    /// <summary>The secret's current version, as far as it is known here.</summary>
    /// <exception cref="IntegrationException">There is none, and none can be had.</exception>
    ValueTask<IntegrationSecret> GetAsync();

    /// <summary>Whether a rotation explains a key that is not the current one's.</summary>
    /// <returns>The current version, if <paramref name="matchesKey"/> holds for it after a second look, or for the one before it; else
    /// null.</returns>
    /// <exception cref="IntegrationException">It cannot be told now.</exception>
    ValueTask<IntegrationSecret?> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey);
}
