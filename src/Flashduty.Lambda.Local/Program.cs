using System.Text;
using Flashduty.Lambda.Local.Commands;

namespace Flashduty.Lambda.Local;

/// <summary>The function on one's own machine: the first argument says which command.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        // Alerts are in every language, and a Windows console's own encoding is not.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return RunAsync(args, Console.Out, Console.Error);
    }

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) => args switch
    {
        ["help" or "--help" or "-h", ..] => Usage.Print(output),
        [] or ["--urls" or "--real", ..] => await ServeCommand.RunAsync(args, output, error),
        ["invoke", .. var rest] => await InvokeCommand.RunAsync(rest, output, error),
        ["routes", .. var rest] => RoutesCommand.Run(rest, output, error),
        ["catalog", .. var rest] => CatalogCommand.Run(rest, output, error),
        [var other, ..] => Usage.Fail(error, other.StartsWith('-') ? $"Unknown option {other}." : $"Unknown command {other}."),
    };
}
