namespace Re2.Syntax;

/// <summary>The flags that change what matches. <c>U</c> (ungreedy) does not.</summary>
[Flags]
internal enum RegexFlags
{
    None = 0,
    IgnoreCase = 1,
    Multiline = 2,
    DotAll = 4,
}
