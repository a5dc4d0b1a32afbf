using System.ComponentModel;

namespace Deployment.Tests;

/// <summary>cfn-lint and the SAM translator, which AWS writes in Python.</summary>
internal static class PythonTools
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
            return Tool.Run("python3", ["-c", "import cfnlint, samtranslator"]).ExitCode == 0 ? null : Advice;
        }
        catch (Win32Exception)
        {
            return "python3 is missing. " + Advice;
        }
    });

    private const string Advice = "The template's tests need: pip install cfn-lint aws-sam-translator";
}
