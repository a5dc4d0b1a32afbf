namespace Flashduty.Lambda.Limits;

/// <summary>How long everything may take, and how long to wait.</summary>
internal static class TimeLimits
{
    /// <summary>For a request to the Function URL. An API destination hangs up after 5 seconds and counts an unheard answer as a failure.
    /// </summary>
    public static readonly TimeSpan UrlRequest = TimeSpan.FromSeconds(4);

    /// <summary>Reserved of <see cref="UrlRequest"/> for everything but network waits.</summary>
    public static readonly TimeSpan UrlMargin = TimeSpan.FromMilliseconds(250);

    /// <summary>Reserved of Lambda's own limit to report what went wrong.</summary>
    public static readonly TimeSpan LambdaMargin = TimeSpan.FromMilliseconds(500);

    /// <summary>Reserved on top of <see cref="LambdaMargin"/> for each message of a batch: its entry in the answer is written on a small
    /// share of a processor.</summary>
    public static readonly TimeSpan LambdaMarginPerMessage = TimeSpan.FromMicroseconds(100);

    /// <summary>One request to Secrets Manager; two of them leave a Function URL request time to deliver.</summary>
    public static readonly TimeSpan SecretRead = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a version of the secret counts as current.</summary>
    public static readonly TimeSpan SecretLifetime = TimeSpan.FromMinutes(5);

    /// <summary>From this age on the secret is read again in the background, so that no event waits.</summary>
    public static readonly TimeSpan SecretRefreshAge = TimeSpan.FromMinutes(4);

    /// <summary>Between two reads of the secret that wrong keys or failed reads cause.</summary>
    public static readonly TimeSpan SecretCooldown = TimeSpan.FromSeconds(10);

    /// <summary>Reserved of a request that waits for <see cref="SecretCooldown"/>: to read the secret and to deliver.</summary>
    public static readonly TimeSpan SecretCheck = TimeSpan.FromSeconds(1);

    /// <summary>For a log line to be taken by whoever reads standard output. What is not taken by then is dropped.</summary>
    public static readonly TimeSpan LogWrite = TimeSpan.FromMilliseconds(100);
}
