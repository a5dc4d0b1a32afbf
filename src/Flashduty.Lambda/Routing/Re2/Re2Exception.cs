namespace Flashduty.Lambda.Routing.Re2;

/// <summary>The text is no regular expression of RE2's. The message says what is wrong and what to write.</summary>
internal sealed class Re2Exception(string message) : Exception(message);
