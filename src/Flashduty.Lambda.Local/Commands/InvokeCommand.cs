using System.CommandLine;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Runs event files through the function, one after the other.</summary>
internal static class InvokeCommand
{
    private const string StandardInput = "-";

    public static Command Create(CommandContext context)
    {
        var files = EventFiles.Argument(
            "What Lambda would be invoked with: EventBridge events, Function URL requests or SQS batches; - is standard input",
            ArgumentArity.OneOrMore);
        var real = new Option<bool>("--real")
        {
            Description = "Send alerts to Flashduty itself, with the integration key in FLASHDUTY_INTEGRATION_KEY",
        };
        var command = new Command("invoke", "Run event files through the function. The exit code is 1 if any failed.") { files, real };
        command.SetAction((result, _) => RunAsync(result.GetRequiredValue(files), result.GetValue(real), context));
        return command;
    }

    private static async Task<int> RunAsync(string[] files, bool isReal, CommandContext context)
    {
        var terminal = context.CreateTerminal();
        try
        {
            await using var function = await LocalFunction.StartAsync(LocalSettings.FromEnvironment(isReal, context.Variable), terminal);
            var failures = 0;
            foreach (var file in files)
            {
                failures += await InvokeAsync(function, file, context, terminal) ? 0 : 1;
            }

            return failures == 0 ? 0 : 1;
        }
        catch (SettingsException exception)
        {
            terminal.WriteError(exception.Message);
            return 1;
        }
    }

    private static async Task<bool> InvokeAsync(LocalFunction function, string file, CommandContext context, Terminal terminal)
    {
        if (await ReadAsync(file, context, terminal) is not { } payload)
        {
            return false;
        }

        terminal.Write($"{(file == StandardInput ? "standard input" : file)}");
        var (response, isSuccess) = await ResponseAsync(function, payload);
        terminal.WriteField("response", Printable.Lines(response));
        terminal.Write("");
        return isSuccess;
    }

    private static async Task<MemoryStream?> ReadAsync(string file, CommandContext context, Terminal terminal)
    {
        try
        {
            var payload = new MemoryStream();
            await using var source = file == StandardInput ? context.OpenInput() : OpenFile(file);
            await source.CopyToAsync(payload);

            // Editors on Windows begin a file with it; an invocation never does.
            var hasMark = payload.GetBuffer().AsSpan(0, (int)payload.Length).StartsWith(Encoding.UTF8.Preamble);
            payload.Position = hasMark ? Encoding.UTF8.Preamble.Length : 0;
            return payload;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.WriteError($"{file} cannot be read: {exception.Message}");
            return null;
        }
    }

    private static FileStream OpenFile(string file) => Directory.Exists(file)
        ? throw new IOException("It is a folder: name the files in it.")
        : File.OpenRead(file);

    private static async Task<(string Response, bool IsSuccess)> ResponseAsync(LocalFunction function, Stream payload)
    {
        try
        {
            using var result = await JsonDocument.ParseAsync(await function.InvokeAsync(payload, Guid.NewGuid().ToString()));
            return (result.RootElement.GetRawText(), IsSuccess(result.RootElement));
        }
        catch (IntegrationException exception)
        {
            // What Lambda makes of an exception, before it invokes again.
            return ($"{nameof(IntegrationException)} {exception.Code}: {exception.Message}", false);
        }
    }

    /// <summary>Each shape says in its own way that it failed.</summary>
    private static bool IsSuccess(JsonElement response)
    {
        if (response.TryGetProperty("statusCode", out var status))
        {
            return status.GetInt32() < 400;
        }

        return !response.TryGetProperty("batchItemFailures", out var failures) || failures.GetArrayLength() == 0;
    }
}
