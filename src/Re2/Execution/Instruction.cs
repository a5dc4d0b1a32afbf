using Re2.Syntax;
using Re2.Unicode;

namespace Re2.Execution;

internal enum Opcode : byte
{
    /// <summary>The expression matches.</summary>
    Match,

    /// <summary>Takes one code point of a set.</summary>
    Character,

    /// <summary>Continues if the place is of a kind.</summary>
    Assertion,

    /// <summary>Continues in two ways.</summary>
    Split,
}

/// <param name="Next">The instruction after it.</param>
/// <param name="Other">For <see cref="Opcode.Split"/>: the second way.</param>
/// <param name="Set">For <see cref="Opcode.Character"/>.</param>
/// <param name="Assertion">For <see cref="Opcode.Assertion"/>.</param>
internal readonly record struct Instruction(
    Opcode Opcode, int Next = 0, int Other = 0, CodePointSet? Set = null, AssertionKind Assertion = default);
