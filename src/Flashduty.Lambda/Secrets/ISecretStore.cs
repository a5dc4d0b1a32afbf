using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;

namespace Flashduty.Lambda.Secrets;

/// <summary>Where the integration keys are.</summary>
internal interface ISecretStore
{
    /// <summary>The secret's current version, as far as it is known here.</summary>
    /// <returns>A failure if no version is known and none can be read.</returns>
    ValueTask<Result<IntegrationSecret>> GetAsync();

    /// <summary>Checks whether a rotation explains a key that is not the current one's.</summary>
    /// <param name="matchesKey">Whether a version of the secret has the key.</param>
    /// <param name="deadline">When the caller has to be answered.</param>
    /// <returns>The current version, if it or the one before it has the key after another look; a failure if neither has, or if Secrets
    /// Manager does not answer.</returns>
    ValueTask<Result<IntegrationSecret>> MatchAfterRotationAsync(Func<IntegrationSecret, bool> matchesKey, Deadline deadline);
}
