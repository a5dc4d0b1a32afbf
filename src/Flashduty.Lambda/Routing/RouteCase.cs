namespace Flashduty.Lambda.Routing;

/// <summary>One case of the routes: where the alerts go that it matches.</summary>
/// <param name="index">Its place in <c>cases</c>, from 0.</param>
/// <param name="groups">Of one group all conditions must hold. A group without conditions matches every alert.</param>
/// <param name="channels">Names; empty with a name mapping.</param>
/// <param name="nameMapping">For <c>routing_mode: name_mapping</c>: the label whose value is the channel's name.</param>
/// <param name="isFallthrough">Whether the cases after it may match too.</param>
internal sealed class RouteCase(
    int index,
    IReadOnlyList<Condition[]> groups,
    IReadOnlyList<string> channels,
    NameMapping? nameMapping,
    bool isFallthrough)
{
    public int Index { get; } = index;

    public IReadOnlyList<Condition[]> Groups { get; } = groups;

    public IReadOnlyList<string> Channels { get; } = channels;

    public NameMapping? NameMapping { get; } = nameMapping;

    public bool IsFallthrough { get; } = isFallthrough;

    public bool Matches(ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < Groups.Count; i++)
        {
            if (FirstFailing(Groups[i], fields) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why a group does not match; null if it does.</summary>
    public static Condition? FirstFailing(Condition[] group, ReadOnlySpan<string?> fields)
    {
        foreach (var condition in group)
        {
            if (!condition.IsSatisfiedBy(fields))
            {
                return condition;
            }
        }

        return null;
    }
}

/// <summary>The channel is the one that has a label's value for its name.</summary>
/// <param name="Key">As the routes file names the label: <c>labels.NAME</c>.</param>
/// <param name="Field">Its number in <see cref="Fields"/>.</param>
internal sealed record NameMapping(string Key, int Field);
