using System.CommandLine;
using System.CommandLine.Invocation;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>The commands and their options. Without a command, the function is served.</summary>
internal static class CommandLine
{
    /// <summary>The exit code for arguments that cannot be used.</summary>
    public const int UsageError = 2;

    private const string Description = """
        Runs the function on your own machine, with no AWS account and no Flashduty account.

        Without a command it serves the Function URL, and a page that shows each alert and why it went where it went.
        Alerts go to a simulated Flashduty. With --real they go to Flashduty itself, with the integration key in
        FLASHDUTY_INTEGRATION_KEY.

        The function's own settings apply: FLASHDUTY_INTEGRATION_KEY (the key, or the secret's JSON map with channels),
        FLASHDUTY_ROUTES_FILE, FLASHDUTY_ALERTS_FILE, FLASHDUTY_ALERT_KEY_SCOPE, FLASHDUTY_MERGE_WINDOW_MINUTES, FLASHDUTY_DRY_RUN.
        """;

    /// <param name="stop">Stops a command that serves, as Ctrl+C does.</param>
    /// <returns>The exit code: 0 for success, <see cref="UsageError"/> for unusable arguments, 1 for other failures.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandContext context, CancellationToken stop = default)
    {
        // "@name" is a file's name here, not a response file.
        var result = CreateRoot(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var isUsageError = result.Action is ParseErrorAction;
        var exitCode = await result.InvokeAsync(
            new InvocationConfiguration
            {
                Output = isUsageError ? context.Error : context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            stop);
        return isUsageError ? UsageError : exitCode;
    }

    private static RootCommand CreateRoot(CommandContext context)
    {
        var root = new RootCommand(Description) { HelpName = "dotnet run --project src/Flashduty.Lambda.Local --" };
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Recursive = true;
        }

        ServeCommand.Configure(root, context);
        root.Add(InvokeCommand.Create(context));
        root.Add(RoutesCommand.Create(context));
        root.Add(CatalogCommand.Create(context));
        root.Add(AlertsCommand.Create(context));
        root.Add(AccountsCommand.Create(context));
        return root;
    }
}
