namespace Re2;

/// <summary>A parsed expression. Groups that only capture, and greediness, are gone: whether a text matches does not depend on them.</summary>
internal abstract record RegexNode
{
    /// <summary>One code point of a set.</summary>
    public sealed record One(CodePointSet Set) : RegexNode;

    /// <summary>Matches no text but a place.</summary>
    /// <param name="Pattern">As .NET writes it.</param>
    public sealed record Place(string Pattern) : RegexNode;

    /// <summary>One after the other; with none, the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<RegexNode> Items) : RegexNode;

    public sealed record Either(IReadOnlyList<RegexNode> Branches) : RegexNode;

    /// <summary><paramref name="Item"/> repeated; <paramref name="Max"/> is null for without end.</summary>
    public sealed record Repeat(RegexNode Item, int Min, int? Max) : RegexNode;
}
