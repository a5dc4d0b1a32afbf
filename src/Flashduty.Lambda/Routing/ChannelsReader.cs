using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Routing;

/// <summary>Reads the channels of a case or of the default: names, and Flashduty's ids, which are names too.</summary>
internal static class ChannelsReader
{
    /// <param name="members">Of the case, or of the default.</param>
    /// <param name="isRequired">Whether it is an error if there is neither list.</param>
    public static List<string> Read(JsonObjectReader members, bool isRequired)
    {
        var names = new List<string>();
        var hasIds = members.TryFind("channel_ids", out var ids);
        if (ids.Kind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            foreach (var item in ids.ReadList("a list of channel ids") ?? [])
            {
                Add(names, item, item.Kind == JsonValueKind.Number ? item.RawText : item.ReadString());
            }
        }

        if (members.TryFind("channels", out var channels))
        {
            var items = channels.ReadList("a list of channel names");
            if (items is [])
            {
                channels.Error("is empty");
            }

            foreach (var item in items ?? [])
            {
                Add(names, item, item.ReadString());
            }
        }
        else if (isRequired && !hasIds)
        {
            members.TryRequire("channels", out _);
        }

        return names;
    }

    private static void Add(List<string> names, JsonValueReader item, string? name)
    {
        if (name is { Length: 0 })
        {
            item.Error("is empty: it names a channel, as the secret does");
        }
        else if (name is not null)
        {
            names.Add(name);
        }
    }
}
