using System.Globalization;

namespace Flashduty.Lambda.Routing.Matching;

/// <summary><c>num:gt:90</c>: a field that is a decimal number, compared. Any other field does not match.</summary>
/// <remarks>A number may have a sign, a fraction and an exponent; no spaces, no unit, no thousands separator. It is read as a double.</remarks>
internal sealed class NumberMatcher : ValueMatcher
{
    private readonly Comparison _comparison;
    private readonly double _limit;

    private NumberMatcher(Comparison comparison, double limit)
    {
        _comparison = comparison;
        _limit = limit;
    }

    private enum Comparison
    {
        Greater,
        GreaterOrEqual,
        Less,
        LessOrEqual,
    }

    /// <param name="value">For the message.</param>
    /// <param name="text">What follows <c>num:</c>.</param>
    public static NumberMatcher Parse(string value, ReadOnlySpan<char> text)
    {
        Comparison? comparison = text switch
        {
            ['g', 't', ':', ..] => Comparison.Greater,
            ['g', 'e', ':', ..] => Comparison.GreaterOrEqual,
            ['l', 't', ':', ..] => Comparison.Less,
            ['l', 'e', ':', ..] => Comparison.LessOrEqual,
            _ => null,
        };
        return comparison is not null && TryRead(text[3..], out var limit)
            ? new NumberMatcher(comparison.Value, limit)
            : throw new FormatException($"\"{value}\" compares no number: write num:gt:, num:ge:, num:lt: or num:le: and a number, as num:ge:90");
    }

    public override bool Matches(string field) => TryRead(field, out var number) && _comparison switch
    {
        Comparison.Greater => number > _limit,
        Comparison.GreaterOrEqual => number >= _limit,
        Comparison.Less => number < _limit,
        _ => number <= _limit,
    };

    private static bool TryRead(ReadOnlySpan<char> text, out double number)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        // .NET also reads "Infinity" and "NaN".
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
