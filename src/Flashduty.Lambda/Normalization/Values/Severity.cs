using System.Globalization;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>How bad something is, in the words that AWS, its partners and teams use for it.</summary>
internal static class Severity
{
    /// <summary>How bad a word for a severity or a state is: from zero, which says nothing, to 100.</summary>
    public static int BadnessOf(string word) => Normalize(word) switch
    {
        "CRITICAL" or "FATAL" or "EMERGENCY" or "BLOCKER" or "DISASTER" => 100,
        "SEV0" or "SEV1" or "P0" or "P1" or "SEV-0" or "SEV-1" => 95,
        "HIGH" or "SEVERE" or "MAJOR" or "RED" => 85,
        "FAILED" or "FAILURE" or "FAIL" or "ERROR" or "FAULT" or "FAULTED" or "CRASHED" or "TIMED_OUT" or "TIMEDOUT" => 80,
        "SEV2" or "P2" or "SEV-2" => 75,
        "UNHEALTHY" or "IMPAIRED" or "DOWN" or "OFFLINE" or "ALARM" or "REJECTED" or "DENIED" or "DEGRADED" or "UNREACHABLE" => 70,
        "FIRING" or "OPEN" or "TRIGGERED" or "NON_COMPLIANT" or "STALLED" or "THREATS_FOUND" or "EXPIRED" or "BLOCKED" => 65,
        "MEDIUM" or "MODERATE" or "WARNING" or "WARN" or "YELLOW" or "SEV3" or "P3" or "SEV-3" or "MINOR" => 50,
        "PENDING" or "WAITING" or "STOPPED" or "IMPACTED" => 40,
        "LOW" or "SEV4" or "P4" or "SEV-4" => 30,
        "INFO" or "INFORMATIONAL" or "NOTICE" => 10,
        var other => other.Contains("FAIL", StringComparison.Ordinal) || other.Contains("ERROR", StringComparison.Ordinal) ? 78 : 0,
    };

    /// <summary>Whether a word says that something went wrong.</summary>
    public static bool IsBad(string state) => BadnessOf(state) >= 65;

    /// <summary>Whether a state says that it is over: nothing needs to be done.</summary>
    public static bool IsOver(string state) => Normalize(state) is "CLOSED" or "RESOLVED" or "PASSED" or "ARCHIVED" or "SUPPRESSED" or "RECOVERED"
        or "SOLVED" or "NOTIFIED_RESOLVED";

    /// <summary>A severity in words: GuardDuty's numbers by its own bands, other words in upper case.</summary>
    /// <returns>Empty if it is not a severity that people know.</returns>
    public static string InWords(string severity)
    {
        if (severity.Length is 0 or > 20)
        {
            return "";
        }

        return BadnessOf(severity) > 0 ? Normalize(severity) : "";
    }

    /// <summary>GuardDuty's bands: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html.</summary>
    public static string FromGuardDuty(string number) =>
        !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? ""
        : value >= 9 ? "CRITICAL"
        : value >= 7 ? "HIGH"
        : value >= 4 ? "MEDIUM"
        : value >= 1 ? "LOW"
        : "";

    private static string Normalize(string word) => word.Trim().Replace(' ', '_').ToUpperInvariant();
}
