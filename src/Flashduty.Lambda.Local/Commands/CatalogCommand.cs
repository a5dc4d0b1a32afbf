using System.CommandLine;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Prints what events look like on a phone, as a table: title, subject, and what the alert key by resource is the hash of.</summary>
internal static class CatalogCommand
{
    public static Command Create(CommandContext context)
    {
        var files = EventFiles.Argument($"Event files; those of {EventFiles.SampleFolder} unless named", ArgumentArity.ZeroOrMore);
        var command = new Command("catalog", "Print titles, subjects and alert keys of events as a table.") { files };
        command.SetAction(result => Run(result.GetValue(files) ?? [], context.Output, context.Error));
        return command;
    }

    /// <returns>The exit code: 1 if a file could not be read as an event.</returns>
    private static int Run(string[] named, TextWriter output, TextWriter error)
    {
        if (named.Length == 0 && !Directory.Exists(EventFiles.SampleFolder))
        {
            error.WriteLine($"{EventFiles.SampleFolder} not found: run this in the repository's root, or name event files.");
            return CommandLine.UsageError;
        }

        var files = named.Length > 0 ? named : [.. Directory.GetFiles(EventFiles.SampleFolder, "*.json").Order(StringComparer.Ordinal)];
        var failures = 0;
        output.WriteLine("| event | title | subject | alert key by resource |");
        output.WriteLine("|---|---|---|---|");
        foreach (var file in files)
        {
            try
            {
                var (title, subject, identity) = Explain(EventReader.Read(File.ReadAllBytes(file)).OrThrow());
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
            Title.Create(e, summary),
            TextSanitizer.OneLine(summary.Subject, FlashdutyLimits.Title),
            TextSanitizer.OneLine(AlertKey.Source(e, summary, options), FlashdutyLimits.LabelValue));
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
