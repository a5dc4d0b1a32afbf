namespace Flashduty.Lambda.Local;

/// <summary>What can be typed.</summary>
internal static class Usage
{
    /// <summary>The exit code of a command line that cannot be understood.</summary>
    public const int ExitCode = 2;

    private const string Text = """
        The function on your own machine: no AWS account, no Flashduty account.

        dotnet run --project src/Flashduty.Lambda.Local [-- COMMAND]

          [--urls URL] [--real]      serve the Function URL, on http://127.0.0.1:9000 unless --urls says where
          invoke [--real] FILE...    run event files through the function; - is standard input;
                                     exit code 1 if any failed
          catalog [FILE...]          what events look like, as a table: those of test/events unless named
          routes [--routes FILE] [--channels A,B] EVENT-FILE...
                                     preview where events go, and why; FILE is routes.json unless named, and the
                                     channels are all it or a label names unless --channels says which the secret has
          routes --check FILE        only check it: exit code 0, or 2 with every mistake and its place
          help                       this

        A file holds what Lambda would be invoked with: an EventBridge event, a Function URL request or an SQS batch.
        Alerts go to a stand-in for Flashduty that shows them. With --real they go to Flashduty itself, with the
        integration key in FLASHDUTY_INTEGRATION_KEY.

        The function's own settings count here too: FLASHDUTY_INTEGRATION_KEY (the key, or the secret's JSON map with
        channels), FLASHDUTY_ROUTES_FILE, FLASHDUTY_ALERT_KEY_SCOPE, FLASHDUTY_MERGE_WINDOW_MINUTES, FLASHDUTY_DRY_RUN.
        """;

    public static int Print(TextWriter output)
    {
        output.WriteLine(Text);
        return 0;
    }

    /// <returns><see cref="ExitCode"/>.</returns>
    public static int Fail(TextWriter error, string mistake)
    {
        error.WriteLine(mistake);
        error.WriteLine();
        error.WriteLine(Text);
        return ExitCode;
    }
}
