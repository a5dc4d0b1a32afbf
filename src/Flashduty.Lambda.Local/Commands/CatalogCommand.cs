using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Prints what events look like on a phone, as a table: title, subject, and what the alert key by resource is the hash of.</summary>
internal static class CatalogCommand
{
    private const string SampleEvents = "test/events";

    /// <returns>The exit code: 1 if a file could not be read as an event.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args.FirstOrDefault(arg => arg.StartsWith('-')) is { } option)
        {
            return Usage.Fail(error, $"Unknown option {option}.");
        }

        if (args.Count == 0 && !Directory.Exists(SampleEvents))
        {
            return Usage.Fail(error, $"{SampleEvents} is not here: run this in the project's folder, or name event files.");
        }

        var files = args.Count > 0 ? args : [.. Directory.GetFiles(SampleEvents, "*.json").Order(StringComparer.Ordinal)];
        var failures = 0;
        output.WriteLine("| event | title | subject | alert key by resource |");
        output.WriteLine("|---|---|---|---|");
        foreach (var file in files)
        {
            try
            {
                var (title, subject, identity) = Explain(EventReader.Read(File.ReadAllBytes(file)));
                output.WriteLine($"| {Path.GetFileNameWithoutExtension(file)} | {Cell(title)} | {Cell(subject)} | {Cell(identity)} |");
            }
            catch (Exception exception) when (exception is IntegrationException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"{file}: {exception.Message}");
                failures++;
            }
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>The title, the resource it is about, and in words what its key is the hash of.</summary>
    private static (string Title, string Subject, string Identity) Explain(EventBridgeEvent e)
    {
        var summary = EventSummary.Create(e);
        var options = AlertKeyOptions.Default with { Scope = AlertKeyScope.Resource };
        return (
            Title.Create(e.DetailType, summary),
            TextSanitizer.OneLine(summary.Subject, FlashdutyLimits.Title),
            TextSanitizer.OneLine(AlertKey.Source(e, summary, options), FlashdutyLimits.LabelValue));
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
