namespace Flashduty.Lambda.Routing.Matching;

/// <summary>One value of a condition. Its form says how it matches, as in Flashduty's filter conditions
/// (https://docs.flashcat.cloud/en/on-call/configuration/filter-conditions).</summary>
/// <remarks>Everything is case-sensitive, looks at the whole field but for a regular expression, and trims nothing.</remarks>
internal abstract class ValueMatcher
{
    /// <param name="field">A field that exists; it may be empty.</param>
    public abstract bool Matches(string field);

    /// <exception cref="FormatException">The value has the form of an expression, a range or a number, and is not a valid one.</exception>
    public static ValueMatcher Parse(string value)
    {
        const string Cidr = "cidr:";
        const string Number = "num:";
        return value switch
        {
            ['/', .. var expression, '/'] => RegexMatcher.Parse(value, expression),
            _ when value.AsSpan().ContainsAny('*', '?') => new WildcardMatcher(value),
            _ when value.StartsWith(Cidr, StringComparison.Ordinal) => CidrMatcher.Parse(value, value.AsSpan(Cidr.Length)),
            _ when value.StartsWith(Number, StringComparison.Ordinal) => NumberMatcher.Parse(value, value.AsSpan(Number.Length)),
            _ => new ExactMatcher(value),
        };
    }
}
