using System.Diagnostics;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>What a test needs beside .NET.</summary>
internal static class Tools
{
    /// <summary>Skips the test where a tool is missing; in CI that is a failure.</summary>
    public static void Need(string tool, string install)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
        Need(isThere, $"{tool} is not installed: {install}");
    }

    public static void Need(bool isThere, string otherwise)
    {
        if (isThere)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(otherwise);
        }

        Assert.Skip(otherwise);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
