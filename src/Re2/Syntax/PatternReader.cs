using System.Text;

namespace Re2.Syntax;

/// <summary>The text of an expression, and how far it has been read.</summary>
internal sealed class PatternReader(string text)
{
    public string Text { get; } = text;

    public int Position { get; set; }

    public bool IsAtEnd => Position >= Text.Length;

    /// <returns>U+0000 past the end.</returns>
    public char Peek(int offset = 0) => Position + offset < Text.Length ? Text[Position + offset] : '\0';

    public bool IsAt(string expected) => string.CompareOrdinal(Text, Position, expected, 0, expected.Length) == 0;

    /// <summary>Skips the text if it comes next.</summary>
    public bool Accept(string expected)
    {
        var isThere = IsAt(expected);
        Position += isThere ? expected.Length : 0;
        return isThere;
    }

    /// <inheritdoc cref="Accept(string)"/>
    public bool Accept(char expected)
    {
        var isThere = !IsAtEnd && Text[Position] == expected;
        Position += isThere ? 1 : 0;
        return isThere;
    }

    public int ReadCodePoint()
    {
        Rune.DecodeFromUtf16(Text.AsSpan(Position), out var rune, out var length);
        Position += length;
        return rune.Value;
    }

    /// <returns>The index of the text's next occurrence, or -1.</returns>
    public int Find(string expected) => Text.IndexOf(expected, Position, StringComparison.Ordinal);
}
