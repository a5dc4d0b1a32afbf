using System.Text;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>A text with expressions in braces, such as <c>order {orderId} {state}</c>; <c>{{</c> and <c>}}</c> are braces.</summary>
internal sealed class Template
{
    /// <summary>Text before an expression; the expression is null after the last one.</summary>
    private readonly List<(string Text, Expression? Expression)> _parts = [];

    private Template()
    {
    }

    /// <exception cref="ExpressionException">The text is not a template.</exception>
    public static Template Parse(string text)
    {
        var template = new Template();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i += 2;
            }
            else if (c == '}')
            {
                throw new ExpressionException("A } without a {; write }} for the character itself,", i + 1, text);
            }
            else if (c == '{')
            {
                i++;
                template._parts.Add((literal.ToString(), ExpressionParser.ParseBraced(text, ref i)));
                literal.Clear();
            }
            else
            {
                literal.Append(c);
                i++;
            }
        }

        template._parts.Add((literal.ToString(), null));
        return template;
    }

    /// <summary>The text before the first expression.</summary>
    public string Prefix => _parts[0].Text;

    /// <summary>The expressions in braces.</summary>
    public IEnumerable<Expression> Expressions => _parts.Select(static part => part.Expression).OfType<Expression>();

    /// <summary>Whether there is no expression in it.</summary>
    public bool IsConstant => _parts.Count == 1;

    /// <returns>Null if an expression finds nothing.</returns>
    /// <param name="scope">The event.</param>
    /// <param name="shape">What to do to each value, such as to shorten an ARN.</param>
    public string? Evaluate(ExpressionScope scope, Func<string, string>? shape = null)
    {
        if (_parts is [("", { } only), ("", null)])
        {
            return only.Evaluate(scope).ToText(only.IsEscaped ? null : shape);
        }

        var text = new StringBuilder();
        foreach (var (literal, expression) in _parts)
        {
            text.Append(literal);
            if (expression is not null)
            {
                if (expression.Evaluate(scope).ToText(expression.IsEscaped ? null : shape) is not { } value)
                {
                    return null;
                }

                text.Append(value);
            }
        }

        return text.ToString();
    }

    /// <summary>Adds the paths of the detail that this reads.</summary>
    public void AddPaths(List<Expression> paths)
    {
        foreach (var (_, expression) in _parts)
        {
            expression?.AddPaths(paths);
        }
    }
}
