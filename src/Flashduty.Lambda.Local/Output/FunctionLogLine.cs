using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Local.Output;

/// <summary>One line of the function's log.</summary>
internal sealed record FunctionLogLine(JsonElement Root)
{
    public string Level => Text("level");

    public string Message => Text("message");

    /// <summary>How an event ended: <c>Delivered</c> or an error's code; empty for lines about anything else.</summary>
    public string Outcome => Text("outcome");

    public bool IsWarningOrError => Level is "WARN" or "ERROR";

    /// <summary>The alert that a dry run does not send.</summary>
    public JsonElement? DryRunAlert => Root.TryGetProperty("alert", out var alert) ? alert : null;

    public string Text(string name) => Root.TryGetProperty(name, out var value) ? JsonText.Of(value) : "";

    public double Number(string name) => Root.TryGetProperty(name, out var value) && value.TryGetDouble(out var number) ? number : 0;

    public IReadOnlyList<string> Texts(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(JsonText.Of)]
        : [];
}
