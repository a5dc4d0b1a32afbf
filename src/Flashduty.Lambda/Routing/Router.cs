using System.Buffers;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Routing;

/// <summary>Step 4: an alert gets its channels, never none. What cannot be placed goes to the integration key, with an error logged.</summary>
/// <param name="routes">Null: a private integration, every alert goes to the integration key.</param>
/// <param name="log">Takes what is wrong with the routes or the secret.</param>
internal sealed class Router(Routes? routes, Log log)
{
    /// <summary>Reads the routes once. What is wrong with them is logged; what is not applies.</summary>
    public static Router Load(string path, bool isRequired, Log log)
    {
        try
        {
            // Asked first, since nearly always it is not there, and an exception would cost more than the rest of the start.
            if (!isRequired && !File.Exists(path) && !Directory.Exists(path))
            {
                return new Router(null, log);
            }

            var diagnostics = new JsonDiagnostics();
            var routes = RoutesFileReader.Read(JsonFile.ReadAllBytes(path), diagnostics);
            if (diagnostics.Errors.Count > 0)
            {
                log.RoutesHaveErrors(path, JsonFile.Summarize(diagnostics.Errors), routes.Cases.Count);
            }

            if (diagnostics.Warnings.Count > 0)
            {
                log.RoutesHaveUnknownMembers(path, JsonFile.Summarize(diagnostics.Warnings));
            }

            return new Router(routes, log);
        }
        catch (Exception exception)
        {
            // Whatever is wrong with routes must not stop alerts.
            log.RoutesCannotBeRead(path, exception.Message);
            return new Router(Routes.Unusable, log);
        }
    }

    /// <inheritdoc cref="Route(Alert, IntegrationSecret, out bool)"/>
    public IReadOnlyList<Channel> Route(Alert alert, IntegrationSecret secret) => Route(alert, secret, out _);

    /// <param name="isMisconfigured">Whether the routes or the secret have errors, or the alert could not be placed as they say.</param>
    /// <returns>No channel twice; one at least.</returns>
    public IReadOnlyList<Channel> Route(Alert alert, IntegrationSecret secret, out bool isMisconfigured)
    {
        isMisconfigured = secret.BadEntries.Count > 0 || routes is { HasErrors: true };
        var integration = new Channel(Channel.IntegrationName, secret.IntegrationKey);
        if (routes is null)
        {
            return [integration];
        }

        var values = ArrayPool<string?>.Shared.Rent(routes.Fields.Count);
        try
        {
            routes.Fields.Read(alert, values);
            var channels = new ChannelList(secret, integration, log);
            for (var match = routes.NextMatch(values); match is not null; match = routes.NextMatch(values, match))
            {
                if (match.NameMapping is null)
                {
                    channels.Add(match.Channels);
                }
                else if (values[match.NameMapping.Field] is not { Length: > 0 } name || !channels.TryAdd(name))
                {
                    AddDefault(channels, routes, alert);
                }
            }

            if (channels.Channels.Count == 0)
            {
                AddDefault(channels, routes, alert);
            }

            isMisconfigured |= channels.HasFallenBack;
            return channels.Channels;
        }
        catch (Exception exception)
        {
            log.RoutingFailed(alert.Key, exception);
            isMisconfigured = true;
            return [integration];
        }
        finally
        {
            ArrayPool<string?>.Shared.Return(values, clearArray: true);
        }
    }

    private void AddDefault(ChannelList channels, Routes routes, Alert alert)
    {
        if (routes.DefaultChannels.Count > 0)
        {
            channels.Add(routes.DefaultChannels);
        }
        else
        {
            channels.FallBack();
            log.NoRouteMatches(alert.Key);
        }
    }
}
