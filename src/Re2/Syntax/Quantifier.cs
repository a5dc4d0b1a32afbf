using System.Globalization;

namespace Re2.Syntax;

/// <summary><c>*</c>, <c>+</c>, <c>?</c> or a count in braces, after what it repeats.</summary>
/// <param name="Max">Null: any number of times.</param>
/// <param name="End">The index after it.</param>
internal readonly record struct Quantifier(string Text, int Min, int? Max, int End)
{
    /// <summary>RE2's limit of a repetition, and of nested ones multiplied.</summary>
    public const int MaxCount = 1000;

    /// <returns>Null if there is no quantifier: a brace that begins no count is a character, in RE2 as in Perl.</returns>
    public static Quantifier? At(string text, int start) => start >= text.Length ? null : text[start] switch
    {
        '*' => new Quantifier("*", 0, null, start + 1),
        '+' => new Quantifier("+", 1, null, start + 1),
        '?' => new Quantifier("?", 0, 1, start + 1),
        '{' => Braces(text, start),
        _ => null,
    };

    private static Quantifier? Braces(string text, int start)
    {
        var end = text.IndexOf('}', start) + 1;
        if (end == 0)
        {
            return null;
        }

        var body = text.AsSpan(start + 1, end - start - 2);
        var comma = body.IndexOf(',');
        if (Count(comma < 0 ? body : body[..comma]) is not { } min)
        {
            return null;
        }

        if (comma == body.Length - 1)
        {
            return new Quantifier(text[start..end], min, null, end);
        }

        return (comma < 0 ? min : Count(body[(comma + 1)..])) is { } max ? new Quantifier(text[start..end], min, max, end) : null;
    }

    /// <returns>Null if it is not a count; a number too large to read is the largest there is.</returns>
    private static int? Count(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
        {
            return null;
        }

        return digits.Length < 9 ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue;
    }

    /// <exception cref="Re2Exception">The nested repetitions of an expression are too many.</exception>
    public static void CheckNesting(RegexNode node, int left = MaxCount)
    {
        switch (node)
        {
            case RegexNode.Repetition repetition:
                // As RE2: each repetition divides what the ones inside it may have.
                var times = Math.Max(repetition.Max ?? repetition.Min, 1);
                if (times > left)
                {
                    throw new Re2Exception($"its nested repetitions multiply to more than {MaxCount}, which is RE2's limit");
                }

                CheckNesting(repetition.Item, left / times);
                break;
            case RegexNode.Concatenation { Items: var items }:
                foreach (var item in items)
                {
                    CheckNesting(item, left);
                }

                break;
            case RegexNode.Alternation { Branches: var branches }:
                foreach (var branch in branches)
                {
                    CheckNesting(branch, left);
                }

                break;
        }
    }
}
