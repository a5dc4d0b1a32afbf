using System.Security.Cryptography;
using System.Text;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Authorization;

/// <summary>Step 2: only who has the integration key may push.</summary>
internal sealed class Authorizer(ISecretStore store)
{
    /// <summary>Checks the key of a request.</summary>
    /// <returns>The secret's current version, also where the key is the one before it.</returns>
    /// <exception cref="IntegrationException">There is no key, it is wrong, or it cannot be told.</exception>
    public async ValueTask<IntegrationSecret> AuthorizeAsync(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw new IntegrationException(
                ErrorCode.Unauthorized,
                "No integration key: send it in the header FlashDuty (the connection's API key name) or as integration_key in the query.");
        }

        var presented = Encoding.UTF8.GetBytes(key);
        var secret = await store.GetAsync();
        if (IsKeyOf(secret))
        {
            return secret;
        }

        return await store.MatchAfterRotationAsync(IsKeyOf)
            ?? throw new IntegrationException(ErrorCode.Unauthorized, "The integration key is wrong.");

        bool IsKeyOf(IntegrationSecret version) =>
            CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(version.IntegrationKey));
    }
}
