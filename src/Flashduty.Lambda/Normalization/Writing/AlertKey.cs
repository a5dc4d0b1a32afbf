using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.Writing;

/// <summary>What decides which events are one alert.</summary>
internal static class AlertKey
{
    private const string Prefix = "eventbridge:";
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The key of an identity: its hash, since an identity may be longer than a key and hold any character.</summary>
    public static string FromIdentity(string identity)
    {
        const int Bytes = 16;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(identity), hash);
        return Prefix + Convert.ToHexStringLower(hash[..Bytes]);
    }

    /// <summary>In words what the key stands for. Two events have the same identity if and only if they are one alert.</summary>
    public static string Source(EventBridgeEvent e, EventSummary summary, AlertKeyOptions options)
    {
        if (summary.OwnIdentity.Length > 0)
        {
            return Join(e.Account, e.Region, e.Source, e.DetailType, "own", summary.OwnIdentity, SlotOrEvent(e, options));
        }

        if (options.Scope == AlertKeyScope.Event)
        {
            return summary.EventIdentity.Length > 0
                ? Join(summary.AffectedAccount, e.Source, summary.EventIdentity)
                : Join(e.Account, e.Region, e.Id);
        }

        if (summary.ResourceIdentity.Length == 0)
        {
            return Join(e.Account, e.Region, e.Source, e.DetailType, "event " + e.Id);
        }

        return options.MergeWindow == TimeSpan.Zero
            ? Join(summary.AffectedAccount, summary.AffectedRegion, e.Source, e.DetailType, summary.ResourceIdentity)
            : Join(summary.AffectedAccount, summary.AffectedRegion, e.Source, e.DetailType, summary.ResourceIdentity, SlotOrEvent(e, options));
    }

    /// <summary>Without a time there is no telling which events are near each other: then each is its own alert, so that none is
    /// swallowed.</summary>
    private static string SlotOrEvent(EventBridgeEvent e, AlertKeyOptions options) =>
        options.MergeWindow == TimeSpan.Zero ? "" : Slot(e.Time, options.MergeWindow) ?? "event " + e.Id;

    /// <summary>When the event's slot began; null if its time cannot be read. Slots are counted from 1970-01-01T00:00Z.</summary>
    private static string? Slot(string time, TimeSpan window)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(time, TimeFormats, CultureInfo.InvariantCulture, Utc, out var at))
        {
            return null;
        }

        var since = at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var start = since - (((since % window.Ticks) + window.Ticks) % window.Ticks);
        return start < -DateTimeOffset.UnixEpoch.UtcTicks
            ? "0001-01-01T00:00Z"
            : DateTimeOffset.UnixEpoch.AddTicks(start).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Parts with a bar between them. A bar or backslash within a part has a backslash before it, so that no text can be shifted
    /// from one part to the next and give the same identity.</summary>
    private static string Join(params ReadOnlySpan<string> parts)
    {
        var identity = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var escaped = part.AsSpan().ContainsAny('|', '\\')
                ? part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
                : part;
            identity.Append(i > 0 ? "|" : "").Append(escaped);
        }

        return identity.ToString();
    }
}
