namespace Flashduty.Lambda.Routing;

/// <summary>One condition of a case: a field, <c>IN</c> or <c>NOTIN</c>, and values.</summary>
/// <param name="key">The field, as the routes file names it.</param>
/// <param name="field">Its number in <see cref="Fields"/>.</param>
/// <param name="isIn"><c>IN</c>: any value matches. Otherwise <c>NOTIN</c>: none does.</param>
/// <param name="values">At least one.</param>
/// <param name="texts">The values as the routes file has them.</param>
internal sealed class Condition(string key, int field, bool isIn, ValueMatcher[] values, IReadOnlyList<string> texts)
{
    public string Key { get; } = key;

    public bool IsIn { get; } = isIn;

    public IReadOnlyList<string> Values { get; } = texts;

    /// <summary>A field that the alert has not is matched by no value, so <c>NOTIN</c> holds for it.</summary>
    public bool Holds(ReadOnlySpan<string?> fields)
    {
        var value = fields[field];
        if (value is not null)
        {
            foreach (var matcher in values)
            {
                if (matcher.Matches(value))
                {
                    return IsIn;
                }
            }
        }

        return !IsIn;
    }

    /// <summary>What the condition looks at; null if the alert has no such field.</summary>
    public string? ValueIn(ReadOnlySpan<string?> fields) => fields[field];

    public override string ToString() => $"{Key} {(IsIn ? "IN" : "NOTIN")} [{string.Join(", ", Values.Select(value => $"\"{value}\""))}]";
}
