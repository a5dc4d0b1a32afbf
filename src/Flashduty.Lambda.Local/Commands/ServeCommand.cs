using System.CommandLine;
using System.Runtime.InteropServices;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Receiving;
using Microsoft.AspNetCore.Connections;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Serves the Function URL until Ctrl+C.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:9000";

    private const string SampleEvent =
        """{"id":"7f1c1d3a","source":"com.example.orders","detail-type":"OrderFailed","detail":{"orderId":"A-1009","reason":"payment declined"}}""";

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
        var real = new Option<bool>("--real") { Description = "Send alerts to Flashduty itself, with the integration key in FLASHDUTY_INTEGRATION_KEY" };
        root.Add(urls);
        root.Add(real);
        root.SetAction((result, stop) => RunAsync(result.GetRequiredValue(urls), result.GetValue(real), context, stop));
    }

    /// <returns>The exit code: 1 if it cannot start.</returns>
    private static async Task<int> RunAsync(string url, bool isReal, CommandContext context, CancellationToken stop)
    {
        var terminal = context.CreateTerminal();
        try
        {
            await using var function = await LocalFunction.StartAsync(isReal, context.Variable, terminal);
            await using var server = await new FunctionUrlServer(function, terminal).StartAsync(url);
            terminal.Write(Welcome(server.Address, function, isReal));
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

    private static IEnumerable<string> Welcome(Uri address, LocalFunction function, bool isReal)
    {
        var url = new Uri(address, $"{UrlRequestReader.PushPath}?{IntegrationKey.Name}={Uri.EscapeDataString(function.Secret.IntegrationKey)}");
        yield return "The function listens. Its push URL:";
        yield return "";
        yield return $"  {url}";
        yield return "";
        yield return "Send it an event from another terminal:";
        yield return "";
        yield return $"  curl -H 'Content-Type: application/json' -d '{SampleEvent}' '{url}'";
        yield return "";
        yield return "Any file in test/events will do as well: -d @test/events/guardduty-finding.json";
        if (function.Secret.ChannelNames.Count > 0)
        {
            yield return $"Channels that FLASHDUTY_ROUTES_FILE can route to: {string.Join(", ", function.Secret.ChannelNames)}";
        }

        yield return isReal
            ? "Alerts go to Flashduty itself. Ctrl+C ends this."
            : "Alerts go to a stand-in for Flashduty, and are shown here. Ctrl+C ends this.";
        yield return "";
    }

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
