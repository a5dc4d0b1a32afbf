using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Routing;

/// <summary>What the log says about routing. In each case the alert is delivered with the integration key.</summary>
internal static class RoutingLog
{
    public static void RoutesCannotBeRead(this Log log, string path, string reason) =>
        log.Error($"Cannot use the routes file {path}; delivering every alert with the integration key: {reason}");

    public static void ChannelIsUnknown(this Log log, string channel) =>
        log.Error($"A route names the channel \"{channel}\", which is not in the secret; delivering the alert with the integration key.");

    public static void NoRouteMatches(this Log log, string alertKey) =>
        log.Error($"No route matched alert {alertKey}; delivering it with the integration key.");

    public static void RoutingFailed(this Log log, string alertKey, Exception exception) =>
        log.Error($"Cannot route alert {alertKey}; delivering it with the integration key: {exception}");
}
