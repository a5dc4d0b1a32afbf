using System.CommandLine;
using System.CommandLine.Completions;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>The argument that names event files.</summary>
internal static class EventFiles
{
    /// <summary>The sample events, from the repository's root.</summary>
    public const string SampleFolder = "test/events";

    public static Argument<string[]> Argument(string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>("EVENT-FILE") { HelpName = "EVENT-FILE", Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            // Otherwise the parser would take a mistyped option for a file.
            foreach (var option in result.Tokens.Where(token => token.Value is ['-', _, ..]))
            {
                result.AddError($"Unrecognized option '{option.Value}'.");
            }
        });
        argument.CompletionSources.Add(Complete);
        return argument;
    }

    /// <summary>The JSON files in the folder that the word to complete begins with, else the samples.</summary>
    private static IEnumerable<CompletionItem> Complete(CompletionContext context)
    {
        var folder = Path.GetDirectoryName(context.WordToComplete) is { Length: > 0 } typed ? typed : SampleFolder;
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => new CompletionItem(file))
            : [];
    }
}
