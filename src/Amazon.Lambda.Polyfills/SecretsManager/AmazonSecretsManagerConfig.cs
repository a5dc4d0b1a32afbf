using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>Settings of a client's requests.</summary>
public class AmazonSecretsManagerConfig
{
    /// <summary>For one request, connection included; null for 100 seconds.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>These polyfills never retry; AWS's package does, unless this is 0.</summary>
    public int MaxErrorRetry { get; set; }

    /// <summary>Creates the HTTP client, once; null for .NET's own. Its argument is null here.</summary>
    public HttpClientFactory? HttpClientFactory { get; set; }
}
