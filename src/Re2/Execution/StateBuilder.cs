using System.Numerics;
using Re2.Syntax;

namespace Re2.Execution;

/// <summary>Works out the states of a <see cref="Machine"/>: which instructions may take the next code point, whichever way they were
/// reached.</summary>
/// <remarks>
/// A state is written as characters: first what is behind it, then the indexes of its instructions in ascending order. Those are the ones
/// that take a code point, and the assertions that depend on what comes next; what is behind it is kept only for the latter.
/// </remarks>
internal sealed class StateBuilder
{
    /// <summary>Instead of a code point: the end of the text.</summary>
    public const int End = -1;

    /// <summary>Instead of a code point: it is not known yet.</summary>
    private const int Unknown = -2;

    private readonly Instruction[] _instructions;
    private readonly int _start;
    private readonly bool _isAnchored;

    /// <summary>A bit for each instruction that was reached.</summary>
    private readonly ulong[] _reached;

    private readonly int[] _pending;
    private readonly char[] _resolved;
    private readonly char[] _state;
    private int _length;

    public StateBuilder(Program program)
    {
        _instructions = program.Instructions;
        _start = program.Start;
        _reached = new ulong[(_instructions.Length + 63) / 64];
        _pending = new int[_instructions.Length];
        _resolved = new char[_instructions.Length];
        _state = new char[_instructions.Length + 1];

        // After a line break everything may begin but what only begins with the text.
        Reach(_start, Context.AfterNewline, Unknown);
        _isAnchored = !IsMatch && Collect(_resolved, includeAssertions: true) == 0;
    }

    [Flags]
    private enum Context
    {
        None = 0,
        TextStart = 1,
        AfterNewline = 2,
        AfterWord = 4,

        /// <summary>The state has assertions.</summary>
        IsKept = 8,
    }

    /// <summary>The state worked out last.</summary>
    public ReadOnlySpan<char> State => _state.AsSpan(0, _length);

    /// <summary>Whether the program has matched, so that the state does not count.</summary>
    public bool IsMatch { get; private set; }

    /// <summary>Whether the program cannot match any more.</summary>
    public bool IsFailure => _isAnchored && _length == 1;

    /// <summary>Works out the state at the start of a text.</summary>
    public void Begin()
    {
        Clear();
        Reach(_start, Context.TextStart, Unknown);
        WriteState(Context.TextStart);
    }

    /// <summary>Works out the state after one more code point.</summary>
    public void Step(ReadOnlySpan<char> state, int codePoint)
    {
        var instructions = Resolve(state, codePoint);
        if (IsMatch)
        {
            return;
        }

        Clear();
        var behind = codePoint == '\n' ? Context.AfterNewline : IsWord(codePoint) ? Context.AfterWord : Context.None;
        foreach (var index in instructions)
        {
            ref readonly var instruction = ref _instructions[index];
            if (instruction.Opcode == Opcode.Character && instruction.Set!.Contains(codePoint))
            {
                Reach(instruction.Next, behind, Unknown);
            }
        }

        if (!_isAnchored && codePoint != End)
        {
            Reach(_start, behind, Unknown);
        }

        WriteState(behind);
    }

    /// <summary>Passes the state's assertions that hold, now that the next code point is known.</summary>
    private ReadOnlySpan<char> Resolve(ReadOnlySpan<char> state, int codePoint)
    {
        Clear();
        var behind = (Context)state[0];
        if (behind == Context.None)
        {
            return state[1..];
        }

        foreach (var index in state[1..])
        {
            Reach(index, behind, codePoint);
        }

        return _resolved.AsSpan(0, Collect(_resolved, includeAssertions: false));
    }

    /// <summary>Adds an instruction, and all that follow it without taking a code point.</summary>
    private void Reach(int index, Context behind, int ahead)
    {
        var count = 0;
        Push(index);
        while (count > 0)
        {
            ref readonly var instruction = ref _instructions[_pending[--count]];
            switch (instruction.Opcode)
            {
                case Opcode.Match:
                    IsMatch = true;
                    break;
                case Opcode.Split:
                    Push(instruction.Other);
                    Push(instruction.Next);
                    break;
                case Opcode.Assertion when Holds(instruction.Assertion, behind, ahead):
                    Push(instruction.Next);
                    break;
            }
        }

        void Push(int index)
        {
            var bit = 1UL << index;
            if ((_reached[index >> 6] & bit) == 0)
            {
                _reached[index >> 6] |= bit;
                _pending[count++] = index;
            }
        }
    }

    private static bool Holds(AssertionKind assertion, Context behind, int ahead) => assertion switch
    {
        AssertionKind.TextStart => (behind & Context.TextStart) != 0,
        AssertionKind.LineStart => (behind & (Context.TextStart | Context.AfterNewline)) != 0,
        _ when ahead == Unknown => false,
        AssertionKind.TextEnd => ahead == End,
        AssertionKind.LineEnd => ahead is End or '\n',
        AssertionKind.WordBoundary => (behind & Context.AfterWord) != 0 != IsWord(ahead),
        _ => (behind & Context.AfterWord) != 0 == IsWord(ahead),
    };

    private void WriteState(Context behind)
    {
        _length = 1 + Collect(_state.AsSpan(1), includeAssertions: true);
        _state[0] = (char)Context.None;
        foreach (var index in _state.AsSpan(1, _length - 1))
        {
            if (_instructions[index].Opcode == Opcode.Assertion)
            {
                _state[0] = (char)(behind | Context.IsKept);
            }
        }
    }

    /// <summary>Writes the indexes of what was reached.</summary>
    /// <param name="includeAssertions">Those that depend on what comes next, too.</param>
    private int Collect(Span<char> target, bool includeAssertions)
    {
        var count = 0;
        for (var i = 0; i < _reached.Length; i++)
        {
            for (var bits = _reached[i]; bits != 0; bits &= bits - 1)
            {
                var index = (i << 6) + BitOperations.TrailingZeroCount(bits);
                ref readonly var instruction = ref _instructions[index];
                if (instruction.Opcode == Opcode.Character
                    || (includeAssertions && instruction is
                    {
                        Opcode: Opcode.Assertion,
                        Assertion: not (AssertionKind.TextStart or AssertionKind.LineStart),
                    }))
                {
                    target[count++] = (char)index;
                }
            }
        }

        return count;
    }

    private void Clear()
    {
        Array.Clear(_reached);
        IsMatch = false;
    }

    private static bool IsWord(int codePoint) => codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}
