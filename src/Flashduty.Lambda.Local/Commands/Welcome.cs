using System.Net;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>The first lines that a person sees.</summary>
internal static class Welcome
{
    private const string SampleEvent =
        """{"id":"7f1c1d3a","source":"com.example.orders","detail-type":"OrderFailed","detail":{"orderId":"A-1009","reason":"payment declined"}}""";

    public static IEnumerable<string> Lines(Uri address, LocalFunction function, LocalSettings settings)
    {
        // A key of one's own does not belong on a screen.
        var key = settings.HasBuiltInKey ? function.Secret.IntegrationKey : "YOUR-INTEGRATION-KEY";
        var url = new Uri(address, $"{UrlRequestReader.PushPath}?{IntegrationKey.Name}={Uri.EscapeDataString(key)}");
        yield return $"Page      {address}";
        yield return $"Push URL  {url}";
        if (!IsLoopback(address))
        {
            yield return "WARNING   Anyone who can reach this address can see the alerts, send events and change the routes.";
        }

        yield return "";
        yield return "Send an event from the page, or from another terminal:";
        yield return "";
        yield return $"  curl -H 'Content-Type: application/json' -d '{SampleEvent}' '{url}'";
        yield return "";
        if (settings.RoutesFile is { } routes)
        {
            yield return $"Routes: {routes}";
        }

        if (function.Secret.ChannelNames.Count > 0)
        {
            yield return $"Channels in the secret: {string.Join(", ", function.Secret.ChannelNames)}";
        }

        yield return settings.IsReal
            ? "Alerts go to Flashduty itself. Press Ctrl+C to stop."
            : "Alerts go to a simulated Flashduty. Press Ctrl+C to stop.";
        yield return "";
    }

    private static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
