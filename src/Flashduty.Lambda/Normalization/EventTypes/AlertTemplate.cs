using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>Where the parts of an alert are in the events of a type: a row of the catalog, or what a team's own <c>alerts.json</c> says.
/// A part that is null, or finds nothing, is left as it would be without.</summary>
internal sealed record AlertTemplate
{
    /// <summary>The whole title.</summary>
    public TextTemplate? Title { get; init; }

    /// <summary>How bad it is, in the event's own words.</summary>
    public TextTemplate? Severity { get; init; }

    /// <summary>That it is over, in a word that begins the title, such as <c>RESOLVED</c>; found only if it is.</summary>
    public TextTemplate? Closed { get; init; }

    /// <summary>A sentence that says what happened, instead of the detail type.</summary>
    public TextTemplate? Headline { get; init; }

    /// <summary>The resource that it happened to, with what it is in.</summary>
    public TextTemplate? Subject { get; init; }

    /// <summary>What became of it, and why, in a few words.</summary>
    public TextTemplate? State { get; init; }

    /// <summary>The sentences that explain it; with them the alert's description begins.</summary>
    public TextTemplate? Description { get; init; }

    /// <summary>The fields worth reading, most telling first. They are never squeezed out of the labels.</summary>
    public Expression[]? Facts { get; init; }

    /// <summary>What identifies the resource: the same for all events about it. All of them must be found.</summary>
    public Expression[]? Key { get; init; }

    /// <summary>The account that is affected, where it is not the one that delivered the event.</summary>
    public TextTemplate? Account { get; init; }

    /// <summary>The region that is affected, where it is not the one that delivered the event.</summary>
    public TextTemplate? Region { get; init; }

    /// <summary>The page that shows the resource: an https URL, or, beginning with a slash, a path of AWS's console.</summary>
    public TextTemplate? Link { get; init; }

    /// <summary>Labels besides those that the event's fields become.</summary>
    public IReadOnlyList<KeyValuePair<string, TextTemplate>> Labels { get; init; } = [];

    /// <summary>Fields that are nowhere in the alert.</summary>
    public Expression[] Omit { get; init; } = [];

    /// <summary>The paths of the fields that are never squeezed out of the labels.</summary>
    public IReadOnlyList<Expression> Paths => _paths ??= FindPaths();

    private List<Expression>? _paths;

    private List<Expression> FindPaths()
    {
        var paths = new List<Expression>();
        foreach (var text in (ReadOnlySpan<TextTemplate?>)[Headline, Severity, Subject, State])
        {
            text?.AddPaths(paths);
        }

        foreach (var expression in (ReadOnlySpan<Expression>)[.. Key ?? [], .. Facts ?? []])
        {
            expression.AddPaths(paths);
        }

        return paths;
    }
}

/// <summary>Templates, of which the first counts that finds all its values. An empty one says that there is nothing to say.</summary>
internal sealed class TextTemplate(Template[] alternatives)
{
    public IReadOnlyList<Template> Alternatives => alternatives;

    /// <inheritdoc cref="Template.Evaluate"/>
    public string? Evaluate(ExpressionScope scope, Func<string, string>? shape = null)
    {
        foreach (var alternative in alternatives)
        {
            if (alternative.Evaluate(scope, shape) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <inheritdoc cref="Template.AddPaths"/>
    public void AddPaths(List<Expression> paths)
    {
        foreach (var alternative in alternatives)
        {
            alternative.AddPaths(paths);
        }
    }
}
