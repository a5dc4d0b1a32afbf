using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Routing.Matching;

namespace Flashduty.Lambda.Routing;

/// <summary>Reads the cases of a routes file.</summary>
/// <param name="fields">Gets the fields that the conditions look at.</param>
internal sealed class RouteCaseReader(Fields fields)
{
    /// <summary>All lists of a case together.</summary>
    public const int MaxConditions = 50;

    public const int MaxValues = 100;

    /// <summary>In characters, which are Unicode code points.</summary>
    public const int MaxValueLength = 2048;

    /// <param name="value">Reports the errors.</param>
    /// <param name="index">The case's place in <c>cases</c>, from 0.</param>
    public RouteCase Read(JsonValueReader value, int index)
    {
        var members = value.ReadObject(["if", "channels", "channel_ids", "fallthrough", "routing_mode", "name_mapping_label"]);

        IReadOnlyList<Condition[]> groups = members.TryRequire("if", out var conditions) ? ReadGroups(conditions) : [];
        var isFallthrough = members.TryFindValue("fallthrough", out var fallthrough) && fallthrough.ReadBoolean() is true;
        var mode = members.TryFindValue("routing_mode", out var text) ? text.ReadString() : "standard";
        switch (mode)
        {
            case "standard" or "":
                if (members.TryFindValue("name_mapping_label", out var label) && label.RawText.Length > 0)
                {
                    label.Warning("only goes with \"routing_mode\": \"name_mapping\"");
                }

                return new RouteCase(index, groups, ChannelsReader.Read(members, isRequired: true), null, isFallthrough);
            case "name_mapping":
                return new RouteCase(index, groups, [], ReadNameMapping(members), isFallthrough);
            case not null:
                text.Error($"\"{mode}\" is neither standard nor name_mapping");
                break;
        }

        return new RouteCase(index, groups, [], null, isFallthrough);
    }

    private NameMapping? ReadNameMapping(JsonObjectReader members)
    {
        if (members.TryFind("channels", out var channels))
        {
            channels.Error("does not go with name_mapping: the label's value names the channel, and the default is for the others");
        }

        if (ChannelsReader.Read(members, isRequired: false) is not [] && members.TryFind("channel_ids", out var ids))
        {
            ids.Note("of no use with name_mapping");
        }

        if (!members.TryRequire("name_mapping_label", out var label) || label.ReadString() is not { } key)
        {
            return null;
        }

        if (!Fields.IsLabel(key))
        {
            label.Error($"\"{key}\" is not a label: write labels.NAME (letters, digits and _ in a name)");
            return null;
        }

        return new NameMapping(key, fields.GetOrAdd(key));
    }

    /// <summary>A list of conditions, or a list of such lists.</summary>
    public List<Condition[]> ReadGroups(JsonValueReader value)
    {
        // Flashduty writes an empty list as null.
        var items = value.Kind == JsonValueKind.Null ? [] : value.ReadList("a list of conditions, or a list of such lists");
        if (items is null)
        {
            return [];
        }

        var groups = new List<Condition[]>();
        if (items is not [{ Kind: JsonValueKind.Array }, ..])
        {
            groups.Add(Array.ConvertAll(items, ReadCondition));
        }
        else
        {
            foreach (var item in items)
            {
                var list = item.ReadList("a list of conditions, as the first one is");
                groups.Add(Array.ConvertAll(list ?? [], ReadCondition));
                if (list is [])
                {
                    item.Error("is empty, which every alert would match: write \"if\": [] for a case that matches every alert");
                }
            }
        }

        if (groups.Sum(group => group.Length) is > MaxConditions and var count)
        {
            value.Error($"has {count} conditions; the maximum is {MaxConditions}");
        }

        return groups;
    }

    private Condition ReadCondition(JsonValueReader value)
    {
        var members = value.ReadObject(["key", "oper", "vals"]);
        var key = members.TryRequire("key", out var text) ? text.ReadString() : null;
        var field = key is null ? -1 : fields.GetOrAdd(key);
        if (key is not null && field < 0)
        {
            text.Error($"\"{key}\" is not one of title, description, severity and labels.NAME (letters, digits and _ in a name)");
        }

        var name = members.TryRequire("oper", out text) ? text.ReadString() : null;
        if (name is not (null or "IN" or "NOTIN"))
        {
            text.Error($"\"{name}\" is neither IN nor NOTIN");
        }

        var matchers = new List<ValueMatcher>();
        var texts = new List<string>();
        if (members.TryRequire("vals", out var list) && list.ReadList("a list of values") is { } items)
        {
            ReportIfEmpty(list, items);
            if (items.Length > MaxValues)
            {
                list.Error($"has {items.Length} values; the maximum is {MaxValues}");
            }

            foreach (var item in items)
            {
                var content = item.ReadString();
                texts.Add(content ?? "");
                if (content is not null && ReadValue(item, content) is { } matcher)
                {
                    matchers.Add(matcher);
                }
            }
        }

        return new Condition(key ?? "", field, name == "IN" ? ConditionOperator.In : ConditionOperator.NotIn, [.. matchers], texts);
    }

    private static ValueMatcher? ReadValue(JsonValueReader value, string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        if (length > MaxValueLength)
        {
            value.Error($"has {length} characters; the maximum is {MaxValueLength}");
            return null;
        }

        try
        {
            return ValueMatcher.Parse(text);
        }
        catch (FormatException exception)
        {
            value.Error(exception.Message);
            return null;
        }
    }

    private static void ReportIfEmpty(JsonValueReader value, JsonValueReader[] items)
    {
        if (items.Length == 0 && value.Kind == JsonValueKind.Array)
        {
            value.Error("is empty");
        }
    }
}
