using System.Runtime.InteropServices;

namespace Kit.Processes;

/// <summary>The function as it is deployed: the executable that <c>FLASHDUTY_BOOTSTRAP</c> names, else published once for the process.</summary>
public static class NativeExecutable
{
    private static readonly Lazy<Task<(string Path, string? Problem)>> Lazy = new(PublishAsync);

    /// <summary>Skips the test if the executable cannot be built here; in continuous integration (<c>CI=true</c>) fails it.</summary>
    public static async Task<string> GetPathAsync()
    {
        var (path, problem) = await Lazy.Value;
        ExternalTool.RequireOrSkip(problem is null, problem ?? "");
        return path;
    }

    private static async Task<(string Path, string? Problem)> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("FLASHDUTY_BOOTSTRAP") is { Length: > 0 } given)
        {
            return (Path.GetFullPath(given), File.Exists(given) ? null : $"FLASHDUTY_BOOTSTRAP names {given}, which does not exist.");
        }

        if (!OperatingSystem.IsLinux())
        {
            return ("", "The native executable is built on Linux: run the tests there, or in a container.");
        }

        var target = Repository.PathOf("artifacts", "end-to-end");
        var runtime = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var result = await ExternalTool.RunAsync(
            "dotnet", ["publish", Repository.PathOf("src", "Flashduty.Lambda"), "-c", "Release", "-r", runtime, "-o", target, "--nologo"]);
        var problem = result.ExitCode == 0
            ? null
            : $"The native executable cannot be built; it needs a C toolchain (apt-get install gcc zlib1g-dev).\n{result.Output}{result.Errors}";
        return (Path.Combine(target, "bootstrap"), problem);
    }
}
