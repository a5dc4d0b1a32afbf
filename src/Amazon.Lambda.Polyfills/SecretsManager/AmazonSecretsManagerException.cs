using System.Net;
using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>Secrets Manager refused a request; <c>ErrorCode</c> is the service's own name for the reason.</summary>
public class AmazonSecretsManagerException(string message, string errorCode, HttpStatusCode statusCode)
    : AmazonServiceException(message, ErrorType.Unknown, errorCode, "", statusCode);
