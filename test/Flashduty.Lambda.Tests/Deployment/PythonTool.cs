using System.ComponentModel;
using System.Diagnostics;

namespace Flashduty.Lambda.Tests.Deployment;

/// <summary>Runs cfn-lint and the SAM translator, which AWS writes in Python.</summary>
internal static class PythonTool
{
    /// <summary>Skips the test where the tools are missing, except in continuous integration, where that is a failure.</summary>
    public static void Require()
    {
        if (Missing.Value is not { } missing)
        {
            return;
        }

        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", missing);
        Assert.Fail(missing);
    }

    private static readonly Lazy<string?> Missing = new(() =>
    {
        try
        {
            return Run("python3", ["-c", "import cfnlint, samtranslator"]).ExitCode == 0 ? null : Advice;
        }
        catch (Win32Exception)
        {
            return "python3 is missing. " + Advice;
        }
    });

    private const string Advice = "The template's tests need: pip install cfn-lint aws-sam-translator";

    public static (int ExitCode, string Output, string Errors) Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The translator asks for a region, and neither tool has anything to ask AWS.
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
