using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Secrets;

/// <summary>What the log says about the secret. No message takes a key.</summary>
internal static class SecretLog
{
    public static void SecretIsReplaced(this Log log) =>
        log.Warn("FLASHDUTY_INTEGRATION_KEY is used instead of the secret. It is meant for local runs, not for Lambda.");

    public static void SecretCannotBeRead(this Log log, string reason) =>
        log.Error($"Cannot read the secret, and no version is cached: {reason}");

    /// <summary>Also counts the metric <c>SecretRefreshFailures</c>: no event fails yet, so nothing else tells of it.</summary>
    public static void SecretCannotBeRefreshed(this Log log, string reason, string functionName, DateTimeOffset now) => log.Write(
        "ERROR",
        $"Cannot read the secret; using the cached version: {reason}",
        json =>
        {
            json.WriteString("FunctionName", functionName);
            json.WriteNumber("SecretRefreshFailures", 1);
            EmbeddedMetrics.Write(json, now, EmbeddedMetrics.PerSecretRefresh);
        });

    public static void SecretHasBadEntries(this Log log, IEnumerable<string> names) =>
        log.Error($"Ignored secret entries whose value is not an integration key: {string.Join(", ", names)}");

    public static void KeyIsNotCompared(this Log log) =>
        log.Warn("Refused a key without comparing it with a newer version of the secret, since the last look was less than 10 s ago.");
}
