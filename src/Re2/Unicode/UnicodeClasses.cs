using System.Globalization;

namespace Re2.Unicode;

/// <summary>The character classes RE2 has by name. Perl's and POSIX's are ASCII, in RE2.</summary>
internal static class UnicodeClasses
{
    public static CodePointSet PerlSpace => Ascii("\t\n\f\r ");

    /// <returns>Null if POSIX has no class of that name.</returns>
    public static CodePointSet? Posix(string name) => name switch
    {
        "alnum" => Ascii("09AZaz", true),
        "alpha" => Ascii("AZaz", true),
        "ascii" => Ascii("\0\x7F", true),
        "blank" => Ascii("\t "),
        "cntrl" => Ascii("\0\x1F\x7F\x7F", true),
        "digit" => Ascii("09", true),
        "graph" => Ascii("!~", true),
        "lower" => Ascii("az", true),
        "print" => Ascii(" ~", true),
        "punct" => Ascii("!/:@[`{~", true),
        "space" => Ascii("\t\r  ", true),
        "upper" => Ascii("AZ", true),
        "word" => Ascii("09AZaz__", true),
        "xdigit" => Ascii("09AFaf", true),
        _ => null,
    };

    /// <returns>Null if there is no category or script of that name, or it is not known here.</returns>
    public static CodePointSet? Unicode(string name)
    {
        if (name == "Any")
        {
            return CodePointSet.Empty.Negated();
        }

        return Categories(name) is { Length: > 0 } categories
            ? CodePointSet.Create(categories)
            : UnicodeScripts.Find(name);
    }

    private static UnicodeCategory[] Categories(string name) => name switch
    {
        "L" => [.. Categories("Lu"), .. Categories("Ll"), .. Categories("Lt"), .. Categories("Lm"), .. Categories("Lo")],
        "Lu" => [UnicodeCategory.UppercaseLetter],
        "Ll" => [UnicodeCategory.LowercaseLetter],
        "Lt" => [UnicodeCategory.TitlecaseLetter],
        "Lm" => [UnicodeCategory.ModifierLetter],
        "Lo" => [UnicodeCategory.OtherLetter],
        "M" => [.. Categories("Mn"), .. Categories("Mc"), .. Categories("Me")],
        "Mn" => [UnicodeCategory.NonSpacingMark],
        "Mc" => [UnicodeCategory.SpacingCombiningMark],
        "Me" => [UnicodeCategory.EnclosingMark],
        "N" => [.. Categories("Nd"), .. Categories("Nl"), .. Categories("No")],
        "Nd" => [UnicodeCategory.DecimalDigitNumber],
        "Nl" => [UnicodeCategory.LetterNumber],
        "No" => [UnicodeCategory.OtherNumber],
        "P" =>
        [
            .. Categories("Pc"), .. Categories("Pd"), .. Categories("Ps"), .. Categories("Pe"), .. Categories("Pi"), .. Categories("Pf"),
            .. Categories("Po"),
        ],
        "Pc" => [UnicodeCategory.ConnectorPunctuation],
        "Pd" => [UnicodeCategory.DashPunctuation],
        "Ps" => [UnicodeCategory.OpenPunctuation],
        "Pe" => [UnicodeCategory.ClosePunctuation],
        "Pi" => [UnicodeCategory.InitialQuotePunctuation],
        "Pf" => [UnicodeCategory.FinalQuotePunctuation],
        "Po" => [UnicodeCategory.OtherPunctuation],
        "S" => [.. Categories("Sm"), .. Categories("Sc"), .. Categories("Sk"), .. Categories("So")],
        "Sm" => [UnicodeCategory.MathSymbol],
        "Sc" => [UnicodeCategory.CurrencySymbol],
        "Sk" => [UnicodeCategory.ModifierSymbol],
        "So" => [UnicodeCategory.OtherSymbol],
        "Z" => [.. Categories("Zs"), .. Categories("Zl"), .. Categories("Zp")],
        "Zs" => [UnicodeCategory.SpaceSeparator],
        "Zl" => [UnicodeCategory.LineSeparator],
        "Zp" => [UnicodeCategory.ParagraphSeparator],
        "C" => [.. Categories("Cc"), .. Categories("Cf"), .. Categories("Co"), .. Categories("Cs")],
        "Cc" => [UnicodeCategory.Control],
        "Cf" => [UnicodeCategory.Format],
        "Co" => [UnicodeCategory.PrivateUse],
        "Cs" => [UnicodeCategory.Surrogate],
        _ => [],
    };

    /// <param name="characters">The characters, or the ends of ranges of them.</param>
    /// <param name="areRanges">Which of the two.</param>
    private static CodePointSet Ascii(string characters, bool areRanges = false)
    {
        var ranges = new List<(int First, int Last)>();
        for (var i = 0; i < characters.Length; i += areRanges ? 2 : 1)
        {
            ranges.Add((characters[i], characters[areRanges ? i + 1 : i]));
        }

        return CodePointSet.Create(ranges);
    }
}
