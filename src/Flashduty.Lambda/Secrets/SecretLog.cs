using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Secrets;

/// <summary>What the log says about the secret. No message takes a key.</summary>
internal static class SecretLog
{
    public static void SecretIsReplaced(this Log log) =>
        log.Warn("FLASHDUTY_INTEGRATION_KEY is used instead of the secret. It is meant for local runs, not for Lambda.");

    public static void SecretCannotBeRead(this Log log, string reason, bool isCached) =>
        log.Error(isCached
            ? $"Cannot read the secret; using the cached version: {reason}"
            : $"Cannot read the secret, and no version is cached: {reason}");

    public static void SecretHasBadEntries(this Log log, IEnumerable<string> names) =>
        log.Error($"Ignored secret entries whose value is not an integration key: {string.Join(", ", names)}");
}
