namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>An expression or a template is not valid. Its message names the place.</summary>
/// <param name="problem">What is wrong, without the place.</param>
/// <param name="position">The character where it is wrong, from 1.</param>
/// <param name="text">The whole expression or template.</param>
internal sealed class ExpressionException(string problem, int position, string text)
    : FormatException($"{problem} at character {position} of \"{text}\"")
{
    public int Position { get; } = position;
}
