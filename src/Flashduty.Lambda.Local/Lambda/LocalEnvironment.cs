namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The environment variables that AWS's clients read by themselves.</summary>
internal static class LocalEnvironment
{
    private const string Endpoint = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

    private static readonly Lock Lock = new();

    /// <summary>Creates something whose Secrets Manager client finds the simulated one.</summary>
    /// <param name="secretsManager">Null for none.</param>
    public static T With<T>(Uri? secretsManager, Func<T> create)
    {
        if (secretsManager is null)
        {
            return create();
        }

        // Clients read the endpoint when they are created, and the rest later. The simulator checks no signature.
        lock (Lock)
        {
            SetDefault("AWS_REGION", "us-east-1");
            SetDefault("AWS_EC2_METADATA_DISABLED", "true");
            if (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is not { Length: > 0 })
            {
                Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "local");
                Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "local");
            }

            var before = Environment.GetEnvironmentVariable(Endpoint);
            try
            {
                Environment.SetEnvironmentVariable(Endpoint, secretsManager.OriginalString);
                return create();
            }
            finally
            {
                Environment.SetEnvironmentVariable(Endpoint, before);
            }
        }
    }

    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 })
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
