

namespace Flashduty.Lambda.Routing;

/// <summary>Where an alert goes: one integration of one Flashduty channel.</summary>
/// <param name="Name">As the secret and the routes name it; <see cref="IntegrationName"/> for the integration key's own.</param>
/// <param name="IntegrationKey">Secret: it goes into the push URL and nowhere else.</param>
internal sealed record Channel(string Name, string IntegrationKey)
{
    /// <summary>The name of the push URL's own integration, where private integrations and all that cannot be routed are delivered.</summary>
    public const string IntegrationName = Receiving.IntegrationKey.Name;

    /// <summary>Never shows the key.</summary>
    public override string ToString() => Name;
}
