using System.Globalization;
using System.Text;

namespace Re2;

/// <summary>A set of Unicode code points, kept as ranges: sorted, apart from each other.</summary>
internal sealed class CodePointSet
{
    public const int Max = 0x10FFFF;

    private readonly (int First, int Last)[] _ranges;

    private CodePointSet((int First, int Last)[] ranges) => _ranges = ranges;

    public static CodePointSet Empty { get; } = new([]);

    public ReadOnlySpan<(int First, int Last)> Ranges => _ranges;

    public static CodePointSet Of(int codePoint) => new([(codePoint, codePoint)]);

    /// <summary>Takes ranges in any order, overlapping too.</summary>
    public static CodePointSet Of(List<(int First, int Last)> ranges)
    {
        ranges.Sort();
        var merged = new List<(int First, int Last)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new CodePointSet([.. merged]);
    }

    /// <summary>What the predicate holds for. It looks at every code point there is, which takes milliseconds.</summary>
    public static CodePointSet Where(Func<UnicodeCategory, bool> predicate)
    {
        var ranges = new List<(int First, int Last)>();
        for (var codePoint = 0; codePoint <= Max; codePoint++)
        {
            if (!predicate(CharUnicodeInfo.GetUnicodeCategory(codePoint)))
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1].Last == codePoint - 1)
            {
                ranges[^1] = (ranges[^1].First, codePoint);
            }
            else
            {
                ranges.Add((codePoint, codePoint));
            }
        }

        return new CodePointSet([.. ranges]);
    }

    public CodePointSet Negated()
    {
        var ranges = new List<(int First, int Last)>(_ranges.Length + 1);
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
            {
                ranges.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Max)
        {
            ranges.Add((next, Max));
        }

        return new CodePointSet([.. ranges]);
    }

    public bool Contains(int codePoint)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (codePoint > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With every code point that differs from one in the set by case alone (Unicode's simple folding, no culture).</summary>
    public CodePointSet IgnoringCase()
    {
        // The last code point with a case is in Adlam, U+1E943. Nothing outside ASCII folds into ASCII but ſ and the Kelvin sign.
        const int LastCased = 0x1E943;
        var ranges = new List<(int First, int Last)>(_ranges);
        if (_ranges.Length == 0 || _ranges[^1].Last < 0x80)
        {
            for (var c = 'a'; c <= 'z'; c++)
            {
                if (Contains(c) || Contains(c - 32))
                {
                    ranges.Add((c, c));
                    ranges.Add((c - 32, c - 32));
                    AddIf(c == 's', 0x17F);
                    AddIf(c == 'k', 0x212A);
                }
            }

            return Of(ranges);
        }

        var folds = new HashSet<int>();
        foreach (var (first, last) in _ranges)
        {
            for (var codePoint = first; codePoint <= Math.Min(last, LastCased); codePoint++)
            {
                folds.Add(Fold(codePoint));
            }
        }

        for (var codePoint = 0; codePoint <= LastCased; codePoint++)
        {
            AddIf(folds.Contains(Fold(codePoint)), codePoint);
        }

        return Of(ranges);

        void AddIf(bool condition, int codePoint)
        {
            if (condition)
            {
                ranges.Add((codePoint, codePoint));
            }
        }
    }

    private static int Fold(int codePoint) => Rune.IsValid(codePoint)
        ? Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(codePoint))).Value
        : codePoint;
}
