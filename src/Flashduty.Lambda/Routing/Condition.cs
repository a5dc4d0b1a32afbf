using Flashduty.Lambda.Routing.Matching;

namespace Flashduty.Lambda.Routing;

/// <summary>One condition of a case: a field, an operator and values.</summary>
/// <param name="key">The field, as the routes file names it.</param>
/// <param name="field">Its number in <see cref="Fields"/>.</param>
/// <param name="values">At least one.</param>
/// <param name="texts">The values as the routes file has them.</param>
internal sealed class Condition(string key, int field, ConditionOperator @operator, ValueMatcher[] values, IReadOnlyList<string> texts)
{
    public string Key { get; } = key;

    public ConditionOperator Operator { get; } = @operator;

    public IReadOnlyList<string> Values { get; } = texts;

    /// <summary>No value matches a field that the alert does not have: such a field satisfies <c>NOTIN</c>.</summary>
    public bool IsSatisfiedBy(ReadOnlySpan<string?> fields) => AnyMatches(fields[field]) == (Operator == ConditionOperator.In);

    /// <summary>What the condition looks at; null if the alert does not have such a field.</summary>
    public string? ValueIn(ReadOnlySpan<string?> fields) => fields[field];

    public override string ToString() =>
        $"{Key} {(Operator == ConditionOperator.In ? "IN" : "NOTIN")} [{string.Join(", ", Values.Select(value => $"\"{value}\""))}]";

    private bool AnyMatches(string? value)
    {
        if (value is not null)
        {
            foreach (var matcher in values)
            {
                if (matcher.Matches(value))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
