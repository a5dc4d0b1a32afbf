using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The native executable: published once for all tests, or the one that <c>FLASHDUTY_BOOTSTRAP</c> names.</summary>
public sealed class Bootstrap : IAsyncLifetime
{
    private string? _whyNot;

    public string Executable { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FLASHDUTY_BOOTSTRAP") is { Length: > 0 } given)
        {
            Executable = Path.GetFullPath(given);
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            _whyNot = "The native executable is built on Linux: run the tests there, or in a container.";
            return;
        }

        var target = Path.Combine(Root(), "artifacts", "end-to-end");
        var runtime = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var (exitCode, output) = await Tools.RunAsync(
            "dotnet", "publish", Path.Combine(Root(), "src", "Flashduty.Lambda"), "-c", "Release", "-r", runtime, "-o", target, "--nologo");
        Executable = Path.Combine(target, "bootstrap");
        if (exitCode != 0)
        {
            _whyNot = $"The native executable cannot be built; it needs a C toolchain (apt-get install gcc zlib1g-dev).\n{output}";
        }
    }

    public void Need() => Tools.Need(_whyNot is null, _whyNot ?? "");

    public static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[CollectionDefinition(nameof(Bootstrap))]
public sealed class BootstrapTests : ICollectionFixture<Bootstrap>;
