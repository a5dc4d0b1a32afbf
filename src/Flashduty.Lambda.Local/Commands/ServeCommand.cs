using System.CommandLine;
using System.Runtime.InteropServices;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Page;
using Microsoft.AspNetCore.Connections;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Serves the Function URL until Ctrl+C.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:9000";

    public static void Configure(RootCommand root, CommandContext context)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "The address to listen on",
            HelpName = "URL",
            DefaultValueFactory = _ => DefaultUrl,
        };
        urls.Validators.Add(result =>
        {
            if (result.Tokens is [var url] && !IsAddress(url.Value))
            {
                result.AddError($"--urls needs an address without a path, such as http://127.0.0.1:9001; \"{url.Value}\" is not one.");
            }
        });
        var real = new Option<bool>("--real")
        {
            Description = "Send alerts to Flashduty itself, with the integration key in FLASHDUTY_INTEGRATION_KEY",
        };
        root.Add(urls);
        var open = new Option<bool>("--open") { Description = "Open the page in the browser" };
        root.Add(real);
        root.Add(open);
        root.SetAction((result, stop) =>
            RunAsync(result.GetRequiredValue(urls), result.GetValue(real), result.GetValue(open), context, stop));
    }

    /// <returns>The exit code: 1 if it cannot start.</returns>
    private static async Task<int> RunAsync(string url, bool isReal, bool open, CommandContext context, CancellationToken stop)
    {
        var terminal = context.CreateTerminal();
        try
        {
            var settings = LocalSettings.FromEnvironment(isReal, context.Variable, simulatesSecretsManager: true);
            await using var function = await LocalFunction.StartAsync(settings, terminal);
            await using var server = await PageServer.StartAsync(url, function, terminal);
            terminal.Write(Welcome.Lines(server.Address, function, settings));
            if (open)
            {
                Browser.Open(server.Address, terminal);
            }

            await WaitForEndAsync(stop);
            return 0;
        }
        catch (SettingsException exception)
        {
            terminal.WriteError(exception.Message);
            return 1;
        }
        catch (IOException exception)
        {
            terminal.WriteError(exception.InnerException is AddressInUseException
                ? $"{url} is in use: choose another address with --urls http://127.0.0.1:9001"
                : $"{url} cannot be listened on: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Stricter than the server, which takes what it cannot read for a name, and listens on every network interface.</summary>
    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/";

    private static async Task WaitForEndAsync(CancellationToken stop)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var stopped = stop.Register(() => end.TrySetResult());
        await end.Task;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.TrySetResult();
        }
    }
}
