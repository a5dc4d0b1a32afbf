using System.Text.Json;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>A step from one value to the next: a path is a chain of these.</summary>
internal abstract class PathStep(Expression parent) : Expression
{
    public Expression Parent { get; } = parent;

    internal override bool IsPath => Parent.IsPath;

    internal override string Name => Parent.Name;

    internal sealed override ExpressionValue Evaluate(ExpressionScope scope, ExpressionValue current)
    {
        var value = Parent.Evaluate(scope, current);
        return value.IsProjection ? Each(scope, value.Items!) : Step(scope, value);
    }

    internal override void AddPaths(List<Expression> paths)
    {
        if (IsPath)
        {
            paths.Add(this);
        }
        else
        {
            Parent.AddPaths(paths);
        }
    }

    protected abstract ExpressionValue Step(ExpressionScope scope, ExpressionValue value);

    /// <summary>The step taken from each of several values.</summary>
    private ExpressionValue Each(ExpressionScope scope, List<JsonElement> items)
    {
        var results = new List<JsonElement>();
        foreach (var item in items)
        {
            Step(scope, ExpressionValue.From(item)).AddTo(results);
        }

        return ExpressionValue.From(results);
    }
}

/// <summary><c>parent.name</c></summary>
internal sealed class Member(Expression parent, string name) : PathStep(parent)
{
    public string MemberName { get; } = name;

    internal override string Name =>
        Parent.Name is { Length: > 0 } parent ? $"{parent[(parent.LastIndexOf('.') + 1)..]}.{MemberName}" : MemberName;

    protected override ExpressionValue Step(ExpressionScope scope, ExpressionValue value) =>
        ExpressionValue.From(scope.Member(value.Element, MemberName));
}

/// <summary><c>parent[0]</c>; a negative position counts from the end.</summary>
internal sealed class Element(Expression parent, int position) : PathStep(parent)
{
    public int Position { get; } = position;

    protected override ExpressionValue Step(ExpressionScope scope, ExpressionValue value)
    {
        var elements = scope.Elements(value);
        var index = Position < 0 ? elements.Count + Position : Position;
        return index >= 0 && index < elements.Count ? ExpressionValue.From(elements[index]) : default;
    }
}

/// <summary><c>parent[]</c>: each element. An array within the array is taken apart, too.</summary>
internal sealed class AllElements(Expression parent) : PathStep(parent)
{
    protected override ExpressionValue Step(ExpressionScope scope, ExpressionValue value)
    {
        var all = new List<JsonElement>();
        foreach (var element in scope.Elements(value))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                all.AddRange(element.EnumerateArray());
            }
            else
            {
                all.Add(element);
            }
        }

        return ExpressionValue.From(all);
    }
}

/// <summary><c>parent.*</c>: the value of each member.</summary>
internal sealed class AllMembers(Expression parent) : PathStep(parent)
{
    protected override ExpressionValue Step(ExpressionScope scope, ExpressionValue value)
    {
        var parsed = scope.Parsed(value.Element);
        if (parsed.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        var values = new List<JsonElement>();
        foreach (var member in parsed.EnumerateObject())
        {
            values.Add(member.Value);
        }

        return ExpressionValue.From(values);
    }
}

/// <summary><c>parent[?condition]</c>: each element for which the condition holds.</summary>
internal sealed class Filter(Expression parent, Expression condition) : PathStep(parent)
{
    public Expression Condition { get; } = condition;

    public bool Holds(ExpressionScope scope, JsonElement element) => Condition.Evaluate(scope, ExpressionValue.From(element)).IsTrue;

    protected override ExpressionValue Step(ExpressionScope scope, ExpressionValue value)
    {
        var matches = new List<JsonElement>();
        foreach (var element in scope.Elements(value))
        {
            if (Holds(scope, element))
            {
                matches.Add(element);
            }
        }

        return ExpressionValue.From(matches);
    }
}
