using System.Diagnostics;

namespace Kit;

/// <summary>The outcome of a program that ran to its end.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors);

/// <summary>Programs that the tests need and .NET does not bring.</summary>
public static class ExternalTool
{
    /// <summary>Skips the test if the program is not on the PATH; in continuous integration (<c>CI=true</c>) fails it.</summary>
    /// <param name="install">The command that installs it.</param>
    public static void RequireOrSkip(string program, string install)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        RequireOrSkip(folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is missing: {install}");
    }

    /// <inheritdoc cref="RequireOrSkip(string, string)"/>
    /// <param name="advice">Names what is missing and how to get it.</param>
    public static void RequireOrSkip(bool isAvailable, string advice)
    {
        if (isAvailable)
        {
            return;
        }

        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", advice);
        Assert.Fail(advice);
    }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, string input = "", string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };

        // Tools of AWS ask for a region, and must not look for a machine's metadata.
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ToolResult(process.ExitCode, await output, await errors);
    }
}
