using System.Globalization;

namespace Re2.Unicode;

/// <summary>A set of Unicode code points, kept as ranges: sorted, apart from each other.</summary>
internal sealed class CodePointSet
{
    public const int Max = 0x10FFFF;

    private readonly (int First, int Last)[] _ranges;

    private CodePointSet((int First, int Last)[] ranges) => _ranges = ranges;

    public static CodePointSet Empty { get; } = new([]);

    public ReadOnlySpan<(int First, int Last)> Ranges => _ranges;

    public static CodePointSet Create(int codePoint) => new([(codePoint, codePoint)]);

    /// <summary>Takes ranges in any order, overlapping too.</summary>
    public static CodePointSet Create(List<(int First, int Last)> ranges)
    {
        ranges.Sort((a, b) => a.First.CompareTo(b.First));
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

    /// <summary>The code points of some categories, as the runtime's Unicode has them.</summary>
    public static CodePointSet Create(ReadOnlySpan<UnicodeCategory> categories)
    {
        var wanted = 0u;
        foreach (var category in categories)
        {
            wanted |= 1u << (int)category;
        }

        var ranges = new List<(int First, int Last)>();

        // Planes 4 to 13 are unassigned, and 15 and 16 are private use: a look at each of their code points would take milliseconds.
        AddAssigned(0, 0x3FFFF);
        AddAssigned(0xE0000, 0xE0FFF);
        if ((wanted & (1u << (int)UnicodeCategory.PrivateUse)) != 0)
        {
            ranges.Add((0xF0000, 0xFFFFD));
            ranges.Add((0x100000, 0x10FFFD));
        }

        return new CodePointSet([.. ranges]);

        void AddAssigned(int first, int last)
        {
            var start = -1;
            for (var codePoint = first; codePoint <= last + 1; codePoint++)
            {
                var isIn = codePoint <= last && (wanted & (1u << (int)CharUnicodeInfo.GetUnicodeCategory(codePoint))) != 0;
                if (isIn && start < 0)
                {
                    start = codePoint;
                }
                else if (!isIn && start >= 0)
                {
                    ranges.Add((start, codePoint - 1));
                    start = -1;
                }
            }
        }
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
}
