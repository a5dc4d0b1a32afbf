namespace Flashduty.Lambda.Json;

/// <summary>Everything there is to say about a JSON document that people write, each with its place.</summary>
internal sealed class JsonDiagnostics
{
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>What the function leaves aside, since a newer version may know it; in a check these are errors.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What is right, and does nothing here.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <param name="place">As JSONPath writes it, without the root: <c>cases[0].if</c>. Empty for the document itself.</param>
    public void Error(string place, string message) => _errors.Add(Line(place, message));

    /// <inheritdoc cref="Error"/>
    public void Warning(string place, string message) => _warnings.Add(Line(place, message));

    /// <inheritdoc cref="Error"/>
    public void Note(string place, string message) => _notes.Add(Line(place, message));

    private static string Line(string place, string message) => $"{(place.Length == 0 ? "the document" : place)}: {message}";
}
