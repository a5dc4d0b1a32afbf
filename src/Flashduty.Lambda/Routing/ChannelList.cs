using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Routing;

/// <summary>The channels of one alert, in the order they were first named.</summary>
/// <param name="integration">Takes what names no channel of the secret.</param>
internal sealed class ChannelList(IntegrationSecret secret, Channel integration, Log log)
{
    private readonly List<Channel> _channels = new(1);

    public IReadOnlyList<Channel> Channels => _channels;

    /// <summary>Whether the integration key took what could not be placed.</summary>
    public bool HasFallenBack { get; private set; }

    public void FallBack()
    {
        HasFallenBack = true;
        Add(integration);
    }

    public void Add(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!TryAdd(names[i]))
            {
                log.ChannelIsUnknown(names[i]);
                FallBack();
            }
        }
    }

    /// <returns>False if there is no channel of that name.</returns>
    public bool TryAdd(string name)
    {
        if (name == Channel.IntegrationName)
        {
            Add(integration);
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
