using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>What a command reads and writes beside its arguments.</summary>
/// <param name="Variable">Gives an environment variable's value, or null.</param>
/// <param name="OpenInput">Opens standard input.</param>
/// <param name="IsColored">Whether the output is a terminal whose user wants colors.</param>
internal sealed record CommandContext(
    TextWriter Output, TextWriter Error, Func<string, string?> Variable, Func<Stream> OpenInput, bool IsColored = false)
{
    /// <summary>The process's own.</summary>
    public static CommandContext ForProcess() => new(
        Console.Out,
        Console.Error,
        Environment.GetEnvironmentVariable,
        Console.OpenStandardInput,
        !Console.IsOutputRedirected && !Console.IsErrorRedirected && Terminal.UsesColor(Environment.GetEnvironmentVariable));

    public Terminal CreateTerminal() => new(Output, Error, IsColored);
}
