namespace Re2;

/// <summary>The text is not a valid RE2 expression. The message says what is wrong and what to write.</summary>
public sealed class Re2Exception(string message) : Exception(message);
