using System.IO.Compression;
using System.Text.Json;
using Kit;
using Kit.Processes;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The zip that is deployed, where <c>FLASHDUTY_PACKAGE</c> names it: <c>make package</c> makes it.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task Package_holds_the_executable_and_handles_the_sample_invocations()
    {
        var package = Environment.GetEnvironmentVariable("FLASHDUTY_PACKAGE");
        ExternalTool.RequireOrSkip(File.Exists(package), "FLASHDUTY_PACKAGE is not set to a zip: make package ARCHITECTURE=x86_64 makes artifacts/package-x86_64.zip");
        var folder = Directory.CreateTempSubdirectory("package");
        await ZipFile.ExtractToDirectoryAsync(package!, folder.FullName, TestContext.Current.CancellationToken);

        Assert.Contains("bootstrap", folder.EnumerateFiles().Select(file => file.Name));
        Assert.All(folder.EnumerateFileSystemInfos(), entry => Assert.True(entry.Name is "bootstrap" or "routes.json", entry.Name));

        await using var sandbox = Sandbox.Start(Path.Combine(folder.FullName, "bootstrap"), new SandboxOptions());
        foreach (var name in SampleFiles.InvocationNames)
        {
            var payload = await File.ReadAllTextAsync(SampleFiles.InvocationPath(name), TestContext.Current.CancellationToken);
            var end = await sandbox.Lambda.InvokeAsync(WithKey(payload));

            Assert.False(end.IsError, $"{name}: {end.Body}");
            var result = JsonDocument.Parse(end.Body).RootElement;
            Assert.True(
                (result.TryGetProperty("statusCode", out var status) && status.GetInt32() == 200)
                || (result.TryGetProperty("batchItemFailures", out var failures) && failures.GetArrayLength() == 0)
                || result.TryGetProperty("data", out _),
                $"{name}: {end.Body}");
        }

        Assert.NotEmpty(sandbox.Flashduty.Accepted);
    }

    /// <summary>Replaces the key of <c>env.json</c>, which the sample request carries, with the tests' own.</summary>
    private static string WithKey(string payload)
    {
        var env = JsonDocument.Parse(Repository.Read("env.json")).RootElement;
        var key = env.EnumerateObject().First().Value.GetProperty("FLASHDUTY_INTEGRATION_KEY").GetString()!;
        return payload.Replace(key, Payloads.Key, StringComparison.Ordinal);
    }
}
