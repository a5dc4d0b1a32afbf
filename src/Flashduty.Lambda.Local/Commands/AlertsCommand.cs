using System.CommandLine;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Checks an alerts file.</summary>
internal static class AlertsCommand
{
    public static Command Create(CommandContext context)
    {
        var check = new Option<string>("--check")
        {
            Description = "The alerts file: exit code 0, or 2 with every error and its place",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("alerts", "Check a file of your own titles, labels, links and keys.") { check };
        command.SetAction(result => Check(result.GetRequiredValue(check), context));
        return command;
    }

    /// <returns>The exit code: 2 for a file with errors or unknown properties.</returns>
    private static int Check(string file, CommandContext context)
    {
        try
        {
            var diagnostics = new JsonDiagnostics();
            var rules = AlertsFileReader.Read(JsonFile.ReadAllBytes(file), diagnostics);
            string[] problems = [.. diagnostics.Errors, .. diagnostics.Warnings];
            foreach (var problem in problems)
            {
                context.Error.WriteLine($"{file}: {problem}");
            }

            if (problems.Length > 0)
            {
                return CommandLine.UsageError;
            }

            context.Output.WriteLine($"{file}: {Count(rules.Count, "rule")}, {Count(rules.AccountCount, "account")}, no errors.");
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"{file} cannot be read: {exception.Message}");
            return CommandLine.UsageError;
        }
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
