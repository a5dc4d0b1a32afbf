using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.SecretsManager;

/// <summary>Signs requests with AWS SDK for .NET's own Signature Version 4 and credentials.</summary>
/// <remarks>A subclass, because the parts that the SDK puts a canonical request together with are protected.</remarks>
internal sealed class SecretsManagerSigner(string region) : AWS4Signer
{
    private const string Service = "secretsmanager";

    private readonly AWSCredentials _credentials = Credentials();

    /// <summary>Adds the date, the session token and the signature to a POST's headers.</summary>
    public void Sign(Uri endpoint, Dictionary<string, string> headers, ReadOnlySpan<byte> body)
    {
        var credentials = _credentials.GetCredentials();
        if (credentials.UseToken)
        {
            headers["X-Amz-Security-Token"] = credentials.Token;
        }

        var signedAt = InitializeHeaders(headers, endpoint);
        var sorted = SortAndPruneHeaders(headers);
        var request = CanonicalizeRequest(endpoint, "/", "POST", sorted, "", Convert.ToHexStringLower(SHA256.HashData(body)));
        headers["Authorization"] = ComputeSignature(credentials, region, signedAt, Service, CanonicalizeHeaderNames(sorted), request)
            .ForAuthorizationHeader;
    }

    // The chain's first link, and in Lambda its only one: taken directly, it saves the chain's set-up at a cold start.
    private static AWSCredentials Credentials() =>
        Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 }
            ? new EnvironmentVariablesAWSCredentials()
            : DefaultAWSCredentialsIdentityResolver.GetCredentials();
}
