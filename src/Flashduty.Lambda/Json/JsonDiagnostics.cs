namespace Flashduty.Lambda.Json;

/// <summary>Everything that is wrong with a JSON document that people write, each with its place.</summary>
internal sealed class JsonDiagnostics
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    /// <param name="place">As JSONPath writes it, without the root: <c>cases[0].if</c>. Empty for the document itself.</param>
    public void Error(string place, string message) => _errors.Add($"{(place.Length == 0 ? "the document" : place)}: {message}");
}
