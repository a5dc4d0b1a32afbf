namespace Amazon.SecretsManager;

/// <summary>How requests are made.</summary>
public class AmazonSecretsManagerConfig
{
    /// <summary>For one request, connection included; null for 100 seconds.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>These polyfills never try again by themselves; AWS's package does, unless this is 0.</summary>
    public int MaxErrorRetry { get; set; }
}
