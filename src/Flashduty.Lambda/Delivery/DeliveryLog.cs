using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>What the log says about delivery.</summary>
internal static class DeliveryLog
{
    /// <summary>Logs the whole alert, since a dry run is for looking at it.</summary>
    public static void DryRun(this Log log, Alert alert, IReadOnlyList<Channel> channels) => log.Write(
        "INFO",
        $"FLASHDUTY_DRY_RUN: not sent to {string.Join(", ", channels.Select(channel => channel.Name))}.",
        json =>
        {
            json.WritePropertyName("alert");
            AlertWriter.Write(json, alert);
        });
}
