using System.Text;

namespace Re2.Unicode;

/// <summary>Which code points differ by case alone (Unicode's simple folding, no culture).</summary>
internal static class CaseFolding
{
    /// <summary>The blocks outside ASCII that have letters of two cases: asking each of a million code points takes milliseconds.</summary>
    private static readonly (int First, int Last)[] CasedBlocks =
    [
        (0xB5, 0x587), (0x10A0, 0x13FF), (0x1C80, 0x1CBF), (0x1D79, 0x1D8E), (0x1E00, 0x1FFC), (0x2126, 0x2184), (0x24B6, 0x24E9),
        (0x2C00, 0x2D2D), (0xA640, 0xA69B), (0xA722, 0xA7F6), (0xAB53, 0xABBF), (0xFF21, 0xFF5A), (0x10400, 0x105BC), (0x10C80, 0x10CF2),
        (0x10D50, 0x10D85), (0x118A0, 0x118DF), (0x16E40, 0x16EFF), (0x1E900, 0x1E943),
    ];

    /// <summary>The set with every code point that differs from one in it by case alone.</summary>
    public static CodePointSet Close(CodePointSet set)
    {
        var ranges = new List<(int First, int Last)>();
        ranges.AddRange(set.Ranges);
        for (var c = 'a'; c <= 'z'; c++)
        {
            if (set.Contains(c) || set.Contains(c - 32))
            {
                ranges.Add((c, c));
                ranges.Add((c - 32, c - 32));
            }
        }

        // Of all that is not ASCII, only ſ and the Kelvin sign fold to ASCII.
        if (set.Contains('s') || set.Contains('S'))
        {
            ranges.Add((0x17F, 0x17F));
        }

        if (set.Contains('k') || set.Contains('K'))
        {
            ranges.Add((0x212A, 0x212A));
        }

        AddBeyondAscii(set, ranges);
        return CodePointSet.Create(ranges);
    }

    /// <summary>What all code points that differ by case alone have in common.</summary>
    public static int Fold(int codePoint) => codePoint switch
    {
        // .NET keeps its casing of ASCII within ASCII.
        0x17F => 's',
        _ when Rune.IsValid(codePoint) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(codePoint))).Value,
        _ => codePoint,
    };

    private static void AddBeyondAscii(CodePointSet set, List<(int First, int Last)> ranges)
    {
        HashSet<int>? folded = null;
        foreach (var (first, last) in set.Ranges)
        {
            foreach (var block in CasedBlocks)
            {
                for (var codePoint = Math.Max(first, block.First); codePoint <= Math.Min(last, block.Last); codePoint++)
                {
                    (folded ??= []).Add(Fold(codePoint));
                }
            }
        }

        if (folded is null)
        {
            return;
        }

        foreach (var codePoint in folded)
        {
            ranges.Add((codePoint, codePoint));
        }

        foreach (var (first, last) in CasedBlocks)
        {
            for (var codePoint = first; codePoint <= last; codePoint++)
            {
                if (folded.Contains(Fold(codePoint)))
                {
                    ranges.Add((codePoint, codePoint));
                }
            }
        }

        if (folded.Contains('s'))
        {
            ranges.Add(('S', 'S'));
        }

        if (folded.Contains('k'))
        {
            ranges.Add(('K', 'K'));
        }
    }
}
