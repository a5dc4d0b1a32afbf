using System.Text;
using Flashduty.Lambda.Local.Commands;

namespace Flashduty.Lambda.Local;

/// <summary>Runs the function on one's own machine.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        // Alerts are in every language, and a Windows console's own encoding is not.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return CommandLine.RunAsync(args, CommandContext.ForProcess());
    }
}
