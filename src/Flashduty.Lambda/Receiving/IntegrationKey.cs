namespace Flashduty.Lambda.Receiving;

/// <summary>The key that Flashduty gives an integration.</summary>
internal static class IntegrationKey
{
    /// <summary>What it is called in a query string, in the secret, and as the name of the integration's own channel.</summary>
    public const string Name = "integration_key";
}
