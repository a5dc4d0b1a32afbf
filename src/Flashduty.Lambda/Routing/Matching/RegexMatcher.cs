using Re2;

namespace Flashduty.Lambda.Routing.Matching;

/// <summary><c>/expression/</c>: matches anywhere in the field, in RE2's dialect.</summary>
internal sealed class RegexMatcher : ValueMatcher
{
    private readonly Re2Regex _regex;

    private RegexMatcher(Re2Regex regex) => _regex = regex;

    /// <param name="value">For the message.</param>
    /// <param name="expression">What stands between the slashes.</param>
    public static RegexMatcher Parse(string value, string expression)
    {
        try
        {
            return new RegexMatcher(Re2Regex.Parse(expression));
        }
        catch (Re2Exception exception)
        {
            throw new FormatException($"{value} is not a valid RE2 expression: {exception.Message}");
        }
    }

    public override bool Matches(string field) => _regex.IsMatch(field);
}
