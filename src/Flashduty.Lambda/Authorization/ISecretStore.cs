namespace Flashduty.Lambda.Authorization;

/// <summary>Where the integration keys are.</summary>
internal interface ISecretStore
{
    /// <summary>The secret's current version, as far as it is known here.</summary>
    /// <exception cref="FlashdutyException">There is none, and none can be had.</exception>
    ValueTask<IntegrationSecret> GetAsync();

    /// <summary>Whether a rotation explains a key that is not the current one's.</summary>
    /// <returns>The current version, if <paramref name="isItsKey"/> holds for it after a second look, or for the one before it; else
    /// null.</returns>
    /// <exception cref="FlashdutyException">It cannot be told now.</exception>
    ValueTask<IntegrationSecret?> FindRotatedAsync(Func<IntegrationSecret, bool> isItsKey);
}
