using System.Globalization;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary><c>left || right</c>: the first that is not missing, empty or false.</summary>
internal sealed class Either(Expression left, Expression right) : Expression
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    internal override string Name => Left.Name;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) =>
        Left.Evaluate(scope, current) is { IsTrue: true } value ? value : Right.Evaluate(scope, current);

    internal override void AddPaths(List<Expression> paths)
    {
        Left.AddPaths(paths);
        Right.AddPaths(paths);
    }
}

/// <summary><c>left &amp;&amp; right</c>: right if left is not missing, empty or false; missing otherwise.</summary>
internal sealed class Both(Expression left, Expression right) : Expression
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    internal override string Name => Left.Name;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) =>
        Left.Evaluate(scope, current).IsTrue ? Right.Evaluate(scope, current) : default;

    internal override void AddPaths(List<Expression> paths)
    {
        Left.AddPaths(paths);
        Right.AddPaths(paths);
    }
}

/// <summary><c>!operand</c></summary>
internal sealed class Not(Expression operand) : Expression
{
    public Expression Operand { get; } = operand;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) =>
        ExpressionValue.From(!Operand.Evaluate(scope, current).IsTrue);

    internal override void AddPaths(List<Expression> paths) => Operand.AddPaths(paths);
}

/// <summary><c>left == right</c>, of texts; <c>left &lt; right</c>, of numbers.</summary>
internal sealed class Comparison(string comparator, Expression left, Expression right) : Expression
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current)
    {
        var a = Left.Evaluate(scope, current).ToText();
        var b = Right.Evaluate(scope, current).ToText();
        return ExpressionValue.From(comparator switch
        {
            "==" => string.Equals(a, b, StringComparison.Ordinal),
            "!=" => !string.Equals(a, b, StringComparison.Ordinal),
            _ => Number(a) is { } x && Number(b) is { } y && comparator switch
            {
                "<" => x < y,
                "<=" => x <= y,
                ">" => x > y,
                _ => x >= y,
            },
        });
    }

    internal override void AddPaths(List<Expression> paths)
    {
        Left.AddPaths(paths);
        Right.AddPaths(paths);
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
