using Re2.Unicode;

namespace Re2.Syntax;

/// <summary>A parsed expression. Captures and greediness are gone: whether a text matches does not depend on them.</summary>
internal abstract record RegexNode
{
    /// <summary>How many instructions the expression compiles to, repetitions written out.</summary>
    public abstract long Size { get; }

    /// <summary>One code point of a set.</summary>
    public sealed record Character(CodePointSet Set) : RegexNode
    {
        public override long Size => 1;
    }

    /// <summary>Matches no text but a place.</summary>
    public sealed record Assertion(AssertionKind Kind) : RegexNode
    {
        public override long Size => 1;
    }

    /// <summary>One after the other; with none, the empty text.</summary>
    public sealed record Concatenation(IReadOnlyList<RegexNode> Items) : RegexNode
    {
        public override long Size { get; } = Items.Sum(item => item.Size);
    }

    public sealed record Alternation(IReadOnlyList<RegexNode> Branches) : RegexNode
    {
        public override long Size { get; } = Branches.Sum(branch => branch.Size) + Branches.Count - 1;
    }

    /// <param name="Max">Null: any number of times.</param>
    public sealed record Repetition(RegexNode Item, int Min, int? Max) : RegexNode
    {
        public override long Size { get; } = Max is { } max
            ? (Item.Size * max) + max - Min
            : (Item.Size * Math.Max(Min, 1)) + 1;
    }
}
