using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Output;

/// <summary>What a person sees. Blocks stay whole even when threads write at once.</summary>
/// <param name="isColored">Whether both writers take escape sequences for colors.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isColored = false)
{
    private const string Bold = "\e[1m";
    private const string Red = "\e[31m";
    private const string Reset = "\e[0m";

    private const int NameWidth = 13;
    private const int MaxLabelWidth = 40;

    private readonly Lock _lock = new();

    /// <summary>Whether the user wants colors: <c>NO_COLOR</c> is unset (https://no-color.org), and the terminal not dumb.</summary>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    public static bool UsesColor(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    public void Write(params IEnumerable<string> lines) => Write(output, lines);

    public void WriteError(params IEnumerable<string> lines) => Write(error, lines.Select(line => Colored(line, Red)));

    /// <summary>Writes a named value below its heading, further lines under the first.</summary>
    public void WriteField(string name, params IEnumerable<string> lines) => Write(Field(name, lines));

    /// <summary>Shows an alert: what a responder needs first comes first.</summary>
    /// <param name="channel">Where it goes; null for nowhere.</param>
    /// <param name="note">What is to be said of its delivery; null for nothing.</param>
    public void WriteAlert(StandardAlert alert, string? channel, string? note)
    {
        var lines = new List<string> { Colored($"[{alert.Severity}] {Printable.Line(alert.Title)}", Bold) };
        if (channel is not null)
        {
            lines.AddRange(Field("channel", channel == Channel.IntegrationName ? $"{channel} (the integration's own)" : Printable.Line(channel)));
        }

        lines.AddRange(Field("alert key", Printable.Line(alert.Key ?? "")));
        if (note is not null)
        {
            lines.AddRange(Field("note", note));
        }

        if (alert.Description.Length > 0)
        {
            lines.AddRange(Field("description", Printable.Lines(alert.Description)));
        }

        if (alert.Labels.Count > 0)
        {
            var width = Math.Min(MaxLabelWidth, alert.Labels.Max(label => label.Key.Length));
            lines.AddRange(Field("labels", alert.Labels.Select(label =>
                $"{Printable.Line(label.Key).PadRight(width)}  {Printable.Line(label.Value)}")));
        }

        Write(lines);
    }

    private static IEnumerable<string> Field(string name, params IEnumerable<string> lines) =>
        lines.Select((line, i) => $"  {(i == 0 ? name : "").PadRight(NameWidth)}{line}".TrimEnd());

    private string Colored(string text, string color) => isColored ? color + text + Reset : text;

    private void Write(TextWriter writer, IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Select(line => line + Environment.NewLine));
        lock (_lock)
        {
            writer.Write(text);
            writer.Flush();
        }
    }
}
