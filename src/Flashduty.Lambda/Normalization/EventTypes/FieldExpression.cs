using System.Text;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>
/// How a row of the catalog says where a text comes from: a <see cref="FieldPath"/>, or a text with paths in braces
/// (<c>{bucket.name}/{object.key}</c>, <c>by {user|role}</c> for the first of two), or several of these with <c> | </c> between them, of
/// which the first counts that has all its values. A last <c>-</c> says: else nothing.
/// </summary>
internal static class FieldExpression
{
    private const string Or = " | ";

    /// <returns>Null if the expression finds nothing; empty if it says that there is nothing to find.</returns>
    /// <param name="expression">Null finds nothing.</param>
    /// <param name="e">Where to look.</param>
    /// <param name="shape">What to do to each value, such as to shorten an ARN.</param>
    public static string? Read(string? expression, EventBridgeEvent e, Func<string, string>? shape = null)
    {
        foreach (var alternative in new Alternatives(expression))
        {
            if (alternative is "-")
            {
                return "";
            }

            if ((alternative.Contains('{') ? Filled(alternative, e, shape) : Value(alternative, e, shape)) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Adds the detail's paths that an expression may read.</summary>
    public static void AddPaths(string? expression, List<string> paths)
    {
        foreach (var alternative in new Alternatives(expression))
        {
            var rest = alternative;
            if (rest.IndexOf('{') < 0)
            {
                Add(rest, paths);
                continue;
            }

            while (rest.IndexOf('{') is var open and >= 0)
            {
                var close = rest.IndexOf('}');
                foreach (var range in rest[(open + 1)..close].Split('|'))
                {
                    Add(rest[(open + 1)..close][range], paths);
                }

                rest = rest[(close + 1)..];
            }
        }
    }

    private static void Add(ReadOnlySpan<char> path, List<string> paths)
    {
        if (path is not "-" && path[0] != '@')
        {
            paths.Add(path.ToString());
        }
    }

    private static string? Value(ReadOnlySpan<char> path, EventBridgeEvent e, Func<string, string>? shape) =>
        FieldPath.Read(path, e) is { } value ? shape?.Invoke(value) ?? value : null;

    private static string? Filled(ReadOnlySpan<char> template, EventBridgeEvent e, Func<string, string>? shape)
    {
        var text = new StringBuilder();
        while (template.IndexOf('{') is var open and >= 0)
        {
            var close = template.IndexOf('}');
            if (FirstOf(template[(open + 1)..close], e, shape) is not { } value)
            {
                return null;
            }

            text.Append(template[..open]).Append(value);
            template = template[(close + 1)..];
        }

        return text.Append(template).ToString();
    }

    private static string? FirstOf(ReadOnlySpan<char> paths, EventBridgeEvent e, Func<string, string>? shape)
    {
        foreach (var range in paths.Split('|'))
        {
            if (Value(paths[range], e, shape) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private ref struct Alternatives(string? expression)
    {
        private ReadOnlySpan<char> _rest = expression;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly Alternatives GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var end = _rest.IndexOf(Or);
            Current = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + Or.Length)..];
            return true;
        }
    }
}
