using Re2.Syntax;

namespace Re2.Execution;

/// <summary>An expression as instructions for the <see cref="Machine"/>. Immutable.</summary>
internal sealed class Program
{
    /// <summary>A match may cost as many steps a character as there are instructions.</summary>
    public const int MaxSize = 1024;

    private readonly List<Instruction> _instructions = [new(Opcode.Match)];

    private Program(RegexNode node)
    {
        Start = Add(node, 0);
        Instructions = [.. _instructions];
        Alphabet = new Alphabet(Instructions);
    }

    public Instruction[] Instructions { get; }

    /// <summary>The index of the first instruction.</summary>
    public int Start { get; }

    public Alphabet Alphabet { get; }

    public static Program Compile(RegexNode node) => new(node);

    /// <summary>Adds the instructions of a node, last first, since each names the one after it.</summary>
    /// <param name="next">Where a match of the node continues.</param>
    /// <returns>Where it begins.</returns>
    private int Add(RegexNode node, int next)
    {
        switch (node)
        {
            case RegexNode.Character character:
                return Add(new Instruction(Opcode.Character, next, Set: character.Set));
            case RegexNode.Assertion assertion:
                return Add(new Instruction(Opcode.Assertion, next, Assertion: assertion.Kind));
            case RegexNode.Concatenation { Items: var items }:
                for (var i = items.Count - 1; i >= 0; i--)
                {
                    next = Add(items[i], next);
                }

                return next;
            case RegexNode.Alternation { Branches: var branches }:
                var start = Add(branches[^1], next);
                for (var i = branches.Count - 2; i >= 0; i--)
                {
                    start = Add(new Instruction(Opcode.Split, Add(branches[i], next), start));
                }

                return start;
            case RegexNode.Repetition repetition:
                return Add(repetition, next);
            default:
                throw new ArgumentException($"Unknown node {node}.", nameof(node));
        }
    }

    private int Add(RegexNode.Repetition repetition, int next)
    {
        var start = next;
        var required = repetition.Min;
        if (repetition.Max is { } max)
        {
            for (var i = repetition.Min; i < max; i++)
            {
                start = Add(new Instruction(Opcode.Split, Add(repetition.Item, start), next));
            }
        }
        else
        {
            var loop = Add(new Instruction(Opcode.Split, Other: next));
            var body = Add(repetition.Item, loop);
            _instructions[loop] = _instructions[loop] with { Next = body };
            start = repetition.Min == 0 ? loop : body;
            required--;
        }

        for (var i = 0; i < required; i++)
        {
            start = Add(repetition.Item, start);
        }

        return start;
    }

    private int Add(Instruction instruction)
    {
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }
}
