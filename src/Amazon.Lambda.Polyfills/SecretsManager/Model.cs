using System.Net;
using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class GetSecretValueRequest : AmazonWebServiceRequest
{
    /// <summary>Name or ARN.</summary>
    public string SecretId { get; set; } = null!;

    /// <summary><c>AWSCURRENT</c> if not set.</summary>
    public string? VersionStage { get; set; }
}

public class GetSecretValueResponse : AmazonWebServiceResponse
{
    public string ARN { get; set; } = null!;

    public string Name { get; set; } = null!;

    public string VersionId { get; set; } = null!;

    /// <summary>Null if the secret is binary.</summary>
    public string? SecretString { get; set; }
}

/// <summary>There is no such secret, or no such version of it.</summary>
public class ResourceNotFoundException(string message, HttpStatusCode statusCode)
    : AmazonSecretsManagerException(message, nameof(ResourceNotFoundException), statusCode);
