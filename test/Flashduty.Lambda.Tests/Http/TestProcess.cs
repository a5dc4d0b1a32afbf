using System.Runtime.CompilerServices;

namespace Flashduty.Lambda.Tests.Http;

/// <summary>What holds for the whole test process, before any test.</summary>
internal static class TestProcess
{
    public const string AccessKeyId = "AKIDTESTACCESSKEY000";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string SessionToken = "token/of+a=session";
    public const string Region = "eu-central-1";

    [ModuleInitializer]
    internal static void Initialize()
    {
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretAccessKey);
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", SessionToken);
        Environment.SetEnvironmentVariable("AWS_REGION", Region);
    }
}
