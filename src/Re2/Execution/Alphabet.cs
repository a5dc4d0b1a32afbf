using Re2.Syntax;
using Re2.Unicode;

namespace Re2.Execution;

/// <summary>Maps code points to symbols: those that a program cannot tell apart share one, and most programs need but a few.</summary>
internal sealed class Alphabet
{
    /// <summary>The symbol of the end of the text.</summary>
    public const int End = 0;

    private readonly ushort[] _ascii = new ushort[0x80];

    /// <summary>Where each interval of code points begins; the first begins at 0.</summary>
    private readonly int[] _starts;

    /// <summary>The symbol of each interval.</summary>
    private readonly ushort[] _symbols;

    public Alphabet(ReadOnlySpan<Instruction> instructions)
    {
        var sets = Sets(instructions);
        _starts = Starts(sets);
        _symbols = new ushort[_starts.Length];
        Array.Fill(_symbols, (ushort)1);
        Size = 2;
        foreach (var set in sets)
        {
            Distinguish(set);
        }

        for (var c = 0; c < _ascii.Length; c++)
        {
            _ascii[c] = _symbols[Interval(c)];
        }
    }

    /// <summary>How many symbols there are, <see cref="End"/> included.</summary>
    public int Size { get; private set; }

    public int SymbolOf(int codePoint) => codePoint < _ascii.Length ? _ascii[codePoint] : _symbols[Interval(codePoint)];

    private static HashSet<CodePointSet> Sets(ReadOnlySpan<Instruction> instructions)
    {
        var sets = new HashSet<CodePointSet>();
        var (hasLines, hasWords) = (false, false);
        foreach (var instruction in instructions)
        {
            if (instruction.Opcode == Opcode.Character)
            {
                sets.Add(instruction.Set!);
            }
            else if (instruction.Opcode == Opcode.Assertion)
            {
                hasLines |= instruction.Assertion is AssertionKind.LineStart or AssertionKind.LineEnd;
                hasWords |= instruction.Assertion is AssertionKind.WordBoundary or AssertionKind.NotWordBoundary;
            }
        }

        if (hasLines)
        {
            sets.Add(CodePointSet.Create('\n'));
        }

        if (hasWords)
        {
            sets.Add(UnicodeClasses.Posix("word")!);
        }

        return sets;
    }

    private static int[] Starts(HashSet<CodePointSet> sets)
    {
        var starts = new List<int> { 0 };
        foreach (var set in sets)
        {
            foreach (var (first, last) in set.Ranges)
            {
                starts.Add(first);
                starts.Add(last + 1);
            }
        }

        starts.Sort();
        var count = 0;
        for (var i = 1; i < starts.Count; i++)
        {
            if (starts[i] != starts[count])
            {
                starts[++count] = starts[i];
            }
        }

        return [.. starts[..(count + 1)]];
    }

    /// <summary>Gives the intervals of the set symbols that no interval outside it has.</summary>
    private void Distinguish(CodePointSet set)
    {
        var outside = new int[Size];
        foreach (var symbol in _symbols)
        {
            outside[symbol]++;
        }

        var inside = new ushort[Size];
        foreach (var i in Intervals(set))
        {
            outside[_symbols[i]]--;
            inside[_symbols[i]] = _symbols[i];
        }

        for (var symbol = 0; symbol < inside.Length; symbol++)
        {
            if (inside[symbol] != 0 && outside[symbol] != 0)
            {
                inside[symbol] = (ushort)Size++;
            }
        }

        foreach (var i in Intervals(set))
        {
            _symbols[i] = inside[_symbols[i]];
        }
    }

    private List<int> Intervals(CodePointSet set)
    {
        var intervals = new List<int>(set.Ranges.Length);
        foreach (var (first, last) in set.Ranges)
        {
            for (var i = Interval(first); i < _starts.Length && _starts[i] <= last; i++)
            {
                intervals.Add(i);
            }
        }

        return intervals;
    }

    private int Interval(int codePoint)
    {
        var index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 ? index : ~index - 1;
    }
}
