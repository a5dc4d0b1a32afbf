using Flashduty.Lambda.Routing.Re2;

namespace Flashduty.Lambda.Routing;

/// <summary>One value of a condition. Its form says how it matches, as in Flashduty's filter conditions
/// (https://docs.flashcat.cloud/en/on-call/configuration/filter-conditions).</summary>
/// <remarks>Everything is case-sensitive, looks at the whole field but for a regular expression, and trims nothing.</remarks>
internal abstract class ValueMatcher
{
    /// <param name="field">A field that exists; it may be empty.</param>
    public abstract bool Matches(string field);

    /// <exception cref="FormatException">The value has the form of an expression, a range or a number, and is none; or it is too long.</exception>
    public static ValueMatcher Parse(string value)
    {
        const string Cidr = "cidr:";
        const string Number = "num:";
        return value switch
        {
            ['/', .. var expression, '/'] => Expression(value, expression),
            _ when value.AsSpan().ContainsAny('*', '?') => new WildcardMatcher(value),
            _ when value.StartsWith(Cidr, StringComparison.Ordinal) => CidrMatcher.Parse(value, value.AsSpan(Cidr.Length)),
            _ when value.StartsWith(Number, StringComparison.Ordinal) => NumberMatcher.Parse(value, value.AsSpan(Number.Length)),
            _ => new ExactMatcher(value),
        };
    }

    private static RegexMatcher Expression(string value, string expression)
    {
        try
        {
            return new RegexMatcher(Re2.Expression.Parse(expression));
        }
        catch (Re2Exception exception)
        {
            throw new FormatException($"{value} is no regular expression of RE2's: {exception.Message}");
        }
    }
}

internal sealed class ExactMatcher(string value) : ValueMatcher
{
    public override bool Matches(string field) => field == value;
}

/// <summary><c>/expression/</c>: matches anywhere in the field.</summary>
internal sealed class RegexMatcher(Expression expression) : ValueMatcher
{
    public override bool Matches(string field) => expression.IsMatch(field);
}
