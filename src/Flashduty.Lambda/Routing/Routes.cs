namespace Flashduty.Lambda.Routing;

/// <summary>A routes file, ready to match. Immutable, so that any number of threads may use it.</summary>
/// <param name="cases">In order.</param>
/// <param name="defaultChannels">Names; empty if there is no default.</param>
/// <param name="fields">What the conditions look at.</param>
internal sealed class Routes(IReadOnlyList<RouteCase> cases, IReadOnlyList<string> defaultChannels, Fields fields)
{
    /// <summary>Of a file of which nothing can be used.</summary>
    public static Routes Unusable { get; } = new([], [], new Fields()) { HasErrors = true };

    public IReadOnlyList<RouteCase> Cases { get; } = cases;

    /// <summary>Whether the file has errors, so that the routes are not what it means.</summary>
    public bool HasErrors { get; init; }

    public IReadOnlyList<string> DefaultChannels { get; } = defaultChannels;

    public Fields Fields { get; } = fields;

    /// <summary>The first case that matches; or the first after one that did, and lets others match too.</summary>
    /// <param name="values">An alert's, from <see cref="Fields"/>.</param>
    /// <param name="after">The case that matched before.</param>
    /// <returns>Null if no case matches.</returns>
    public RouteCase? NextMatch(ReadOnlySpan<string?> values, RouteCase? after = null)
    {
        if (after is { IsFallthrough: false })
        {
            return null;
        }

        // Not from an index in the list: cases with errors are not in it.
        var last = after?.Index ?? -1;
        for (var i = 0; i < Cases.Count; i++)
        {
            if (Cases[i].Index > last && Cases[i].Matches(values))
            {
                return Cases[i];
            }
        }

        return null;
    }
}
