namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>
/// Where a value is in an event, as a tree: a subset of JMESPath (<see href="https://jmespath.org/specification.html"/>). Paths begin at
/// the event's <c>detail</c>; <c>@source</c> and the like are what is not in it (<see cref="EnvelopeRoot"/>).
/// </summary>
/// <remarks>
/// The subset: <c>a.b</c>, <c>a[0]</c>, <c>a[-1]</c>, <c>a[]</c>, <c>a.*</c>, <c>a[?b == 'c' &amp;&amp; d]</c>, <c>||</c>, <c>&amp;&amp;</c>,
/// <c>!</c>, the comparisons, <c>|</c>, <c>'text'</c>, <c>`json scalar`</c>, <c>"quoted name"</c>, and the functions of
/// <see cref="ExpressionFunctions"/>. It departs from JMESPath in these ways: a name may hold hyphens without quotes; a comparison is of
/// texts (<c>exitCode != '0'</c> holds for the number 1) or, by <c>&lt;</c> and <c>&gt;</c>, of numbers; a path enters a text that is itself
/// JSON; several values make one text, with commas between them.
/// </remarks>
internal abstract class Expression
{
    /// <summary>The value in an event; missing if the event lacks it.</summary>
    public ExpressionValue Evaluate(ExpressionScope scope) => Evaluate(scope, scope.Detail);

    /// <summary>The value within <paramref name="current"/>.</summary>
    internal abstract ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current);

    /// <summary>The paths of the detail that this reads, of which each is an expression of its own.</summary>
    internal virtual void AddPaths(List<Expression> paths)
    {
    }

    /// <summary>Whether this is a path of members and elements from the detail on.</summary>
    internal virtual bool IsPath => false;

    /// <summary>What a person calls the value: the last two names of a path, as the event has them.</summary>
    internal virtual string Name => "";

    /// <summary>Whether the value is escaped for a link already.</summary>
    internal virtual bool IsEscaped => false;
}

/// <summary>The detail itself, or within <c>[?…]</c> the element: the left end of every path.</summary>
internal sealed class CurrentValue : Expression
{
    public static CurrentValue Instance { get; } = new();

    internal override bool IsPath => true;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) => current;
}

/// <summary><c>'text'</c> or <c>`json`</c>.</summary>
internal sealed class Literal(string text) : Expression
{
    public string Text { get; } = text;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) => ExpressionValue.From(Text);
}

/// <summary><c>@source</c>: what is not in the detail.</summary>
internal sealed class EnvelopeRoot(string name) : Expression
{
    internal override string Name => name;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) => ExpressionValue.From(scope.Root(name));
}

/// <summary><c>name(…)</c>: see <see cref="ExpressionFunctions"/>.</summary>
internal sealed class FunctionCall(string name, Expression[] arguments) : Expression
{
    public string Function { get; } = name;

    public IReadOnlyList<Expression> Arguments => arguments;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) =>
        ExpressionFunctions.Call(Function, arguments, scope, current);

    internal override bool IsEscaped => Function is "fragment";

    internal override string Name => arguments[0].Name;

    internal override void AddPaths(List<Expression> paths)
    {
        if (ExpressionFunctions.IsLabelled(Function))
        {
            foreach (var argument in arguments)
            {
                argument.AddPaths(paths);
            }
        }
    }
}

/// <summary><c>left | right</c>: right within the value of left.</summary>
internal sealed class Pipe(Expression left, Expression right) : Expression
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    internal override bool IsPath => Left.IsPath && Right.IsPath;

    internal override string Name => Right.Name.Length > 0 ? Right.Name : Left.Name;

    internal override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current) =>
        Left.Evaluate(scope, current) is { IsMissing: false } value ? Right.Evaluate(scope, value.Collected()) : default;

    internal override void AddPaths(List<Expression> paths)
    {
        if (IsPath)
        {
            paths.Add(this);
        }
        else
        {
            Left.AddPaths(paths);
        }
    }
}
