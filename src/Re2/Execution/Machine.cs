using System.Text;

namespace Re2.Execution;

/// <summary>Runs a program over a text in one pass, all ways to match at once, as one deterministic automaton that is built while it
/// runs: a transition is worked out when a text first needs it, and is one look-up from then on.</summary>
/// <remarks>For one thread at a time. A text's cost is at most its length times the program's size, and nearly always its length.</remarks>
internal sealed class Machine
{
    /// <summary>How many transitions are kept, in 128 KiB; past that all are forgotten.</summary>
    private const int MaxTransitions = 1 << 16;

    /// <summary>How many characters all states may have together, in 256 KiB.</summary>
    private const int MaxStateCharacters = 1 << 17;

    // Transitions that lead to no state.
    private const ushort Unknown = 0;
    private const ushort Matched = 1;
    private const ushort Failed = 2;

    /// <summary>The first number of a state.</summary>
    private const ushort First = 3;

    private readonly Alphabet _alphabet;
    private readonly StateBuilder _builder;
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);

    /// <summary>The states by their numbers, as the builder writes them.</summary>
    private readonly List<string> _states = ["", "", ""];

    private readonly ushort _start;

    /// <summary>A row for each state, with the next state for each symbol.</summary>
    private ushort[] _transitions;

    private int _stateCharacters;

    public Machine(Program program)
    {
        _alphabet = program.Alphabet;
        _builder = new StateBuilder(program);
        _transitions = new ushort[8 * _alphabet.Size];
        _builder.Begin();
        _start = Number();
    }

    /// <summary>Whether the program matches anywhere in the text.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var state = _start;
        for (var i = 0; i < text.Length && state >= First;)
        {
            var (codePoint, length) = ((int)text[i], 1);
            if (char.IsSurrogate(text[i]))
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out length);
                codePoint = rune.Value;
            }

            state = Next(state, _alphabet.SymbolOf(codePoint), codePoint);
            i += length;
        }

        return (state < First ? state : Next(state, Alphabet.End, StateBuilder.End)) == Matched;
    }

    private ushort Next(ushort state, int symbol, int codePoint)
    {
        var next = _transitions[(state * _alphabet.Size) + symbol];
        if (next == Unknown)
        {
            var from = _states[state];
            _builder.Step(from, codePoint);
            next = Number();
            if (state < _states.Count && ReferenceEquals(_states[state], from))
            {
                _transitions[(state * _alphabet.Size) + symbol] = next;
            }
        }

        return next;
    }

    /// <summary>The number of the state that the builder has worked out.</summary>
    private ushort Number()
    {
        if (_builder.IsMatch || _builder.IsFailure)
        {
            return _builder.IsMatch ? Matched : Failed;
        }

        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (numbers.TryGetValue(_builder.State, out var number))
        {
            return number;
        }

        if ((_states.Count + 1) * _alphabet.Size > MaxTransitions || _stateCharacters > MaxStateCharacters)
        {
            Forget();
        }

        number = (ushort)_states.Count;
        var state = _builder.State.ToString();
        _stateCharacters += state.Length;
        _states.Add(state);
        _numbers.Add(state, number);
        if (_states.Count * _alphabet.Size > _transitions.Length)
        {
            Array.Resize(ref _transitions, _transitions.Length * 2);
        }

        return number;
    }

    /// <summary>Forgets every state but the first, which the next text starts from.</summary>
    private void Forget()
    {
        foreach (var state in _states.Skip(First + 1))
        {
            _numbers.Remove(state);
        }

        _states.RemoveRange(First + 1, _states.Count - First - 1);
        Array.Clear(_transitions);
        _stateCharacters = 0;
    }
}
