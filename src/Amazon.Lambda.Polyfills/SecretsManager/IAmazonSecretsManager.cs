using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager.</summary>
public interface IAmazonSecretsManager : IDisposable
{
    /// <exception cref="ResourceNotFoundException">There is no such secret, or no such version of it.</exception>
    /// <exception cref="AmazonSecretsManagerException">Secrets Manager refused; its <c>ErrorCode</c> says why.</exception>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);
}
