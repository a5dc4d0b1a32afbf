using System.Buffers;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Routing;

/// <summary>Step 4: an alert gets its channels, never none. Whatever cannot be placed goes to the integration key, with an error logged.</summary>
/// <param name="routes">Null: a private integration, every alert goes to the integration key.</param>
/// <param name="log">Takes what is wrong with the routes or the secret.</param>
internal sealed class Router(Routes? routes, Log log)
{
    /// <summary>So many errors are logged of a file; <c>routes --check</c> shows them all.</summary>
    private const int MaxErrorsLogged = 20;

    /// <summary>Reads the routes once. A file that cannot be used is logged, and every alert goes to the integration key.</summary>
    public static Router Load(Settings settings, Log log)
    {
        try
        {
            // Asked first, since nearly always it is not there, and an exception would cost more than the rest of the start.
            if (!settings.RoutesFileIsRequired && !File.Exists(settings.RoutesFile))
            {
                return new Router(null, log);
            }

            var routes = RoutesFileReader.Read(File.ReadAllBytes(settings.RoutesFile), out var errors);
            if (errors.Count == 0)
            {
                return new Router(routes, log);
            }

            var reason = string.Join("; ", errors.Take(MaxErrorsLogged));
            log.RoutesCannotBeRead(
                settings.RoutesFile,
                errors.Count > MaxErrorsLogged ? $"{reason}; and {errors.Count - MaxErrorsLogged} more" : reason);
        }
        catch (Exception exception)
        {
            // A mistake about routes must not stop alerts, whatever it is.
            log.RoutesCannotBeRead(settings.RoutesFile, exception.Message);
        }

        return new Router(null, log);
    }

    /// <returns>No channel twice; one at least.</returns>
    public IReadOnlyList<Channel> Route(Alert alert, IntegrationSecret secret)
    {
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
            var match = routes.NextMatch(values);
            if (match is null)
            {
                AddDefault(channels, routes, alert);
            }

            for (; match is not null; match = routes.NextMatch(values, match))
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

            return channels.Channels;
        }
        catch (Exception exception)
        {
            log.RoutingFailed(alert.Key, exception);
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
            channels.AddIntegration();
            log.NoRouteMatches(alert.Key);
        }
    }

    /// <summary>Channels by name, in the order they were first named.</summary>
    private readonly struct ChannelList(IntegrationSecret secret, Channel integration, Log log)
    {
        private readonly List<Channel> _channels = new(1);

        public IReadOnlyList<Channel> Channels => _channels;

        public void AddIntegration() => Add(integration);

        public void Add(IReadOnlyList<string> names)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (!TryAdd(names[i]))
                {
                    log.ChannelIsUnknown(names[i]);
                    AddIntegration();
                }
            }
        }

        /// <returns>False if there is no channel of that name.</returns>
        public bool TryAdd(string name)
        {
            if (name == Channel.IntegrationName)
            {
                AddIntegration();
                return true;
            }

            if (secret.ChannelKey(name) is not { } key)
            {
                return false;
            }

            Add(new Channel(name, key));
            return true;
        }

        /// <summary>Two names with one key are one integration of Flashduty's, which gets the alert once.</summary>
        private void Add(Channel channel)
        {
            foreach (var there in _channels)
            {
                if (there.IntegrationKey == channel.IntegrationKey)
                {
                    return;
                }
            }

            _channels.Add(channel);
        }
    }
}
