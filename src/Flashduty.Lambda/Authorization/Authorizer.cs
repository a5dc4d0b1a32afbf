using System.Security.Cryptography;
using System.Text;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Authorization;

/// <summary>Step 2: only who has the integration key may push.</summary>
internal sealed class Authorizer(ISecretStore store)
{
    private static readonly Failure NoKey = new(
        ErrorCode.Unauthorized,
        "No integration key: send it in the header FlashDuty (the connection's API key name) or as integration_key in the query.");

    /// <summary>Checks the key of a request.</summary>
    /// <returns>The secret's current version, also where the key is the one before it; a failure if there is no key, if it is wrong, or if
    /// the secret is not available.</returns>
    public async ValueTask<Result<IntegrationSecret>> AuthorizeAsync(string? key, Deadline deadline)
    {
        if (string.IsNullOrEmpty(key))
        {
            return NoKey;
        }

        var presented = Encoding.UTF8.GetBytes(key);
        if (!(await store.GetAsync()).TryGetValue(out var secret, out var failure))
        {
            return failure;
        }

        return Matches(secret) ? secret : await store.MatchAfterRotationAsync(Matches, deadline);

        bool Matches(IntegrationSecret version) =>
            CryptographicOperations.FixedTimeEquals(presented, Encoding.UTF8.GetBytes(version.IntegrationKey));
    }
}
