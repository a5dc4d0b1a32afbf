using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Routing;

/// <summary>What the log says about routing. What cannot be placed is delivered with the integration key.</summary>
internal static class RoutingLog
{
    public static void RoutesCannotBeRead(this Log log, string path, string reason) =>
        log.Error($"Cannot use the routes file {path}; delivering every alert with the integration key: {reason}");

    /// <param name="usable">How many cases have no error.</param>
    public static void RoutesHaveErrors(this Log log, string path, string errors, int usable) => log.Error(
        $"The routes file {path} has errors; "
        + $"{(usable == 0 ? "no case of it is used" : $"only the {usable} cases without one are used")}: {errors}");

    public static void RoutesHaveUnknownMembers(this Log log, string path, string warnings) =>
        log.Warn($"The routes file {path} has properties that this version does not know: {warnings}");

    public static void ChannelIsUnknown(this Log log, string channel) =>
        log.Error($"A route names the channel \"{channel}\", which is not in the secret; delivering the alert with the integration key.");

    public static void NoRouteMatches(this Log log, string alertKey) =>
        log.Error($"No route matched alert {alertKey}; delivering it with the integration key.");

    public static void RoutingFailed(this Log log, string alertKey, Exception exception) =>
        log.Error($"Cannot route alert {alertKey}; delivering it with the integration key: {exception}");
}
