namespace Kit.Processes;

/// <summary>The environment variables that Lambda gives the function, for a test process that runs it within itself.</summary>
public static class AwsEnvironment
{
    public const string AccessKeyId = "AKIDTESTACCESSKEY000";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string SessionToken = "token/of+a=session";
    public const string Region = "eu-central-1";

    private static readonly Lock EndpointLock = new();

    /// <summary>For a module initializer: before any test.</summary>
    public static void Set()
    {
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretAccessKey);
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", SessionToken);
        Environment.SetEnvironmentVariable("AWS_REGION", Region);
    }

    /// <summary>Sets Secrets Manager's address, which a new client reads, while <paramref name="create"/> runs.</summary>
    public static T WithSecretsManager<T>(Uri url, Func<T> create)
    {
        lock (EndpointLock)
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SECRETS_MANAGER", url.ToString());
            return create();
        }
    }
}
