using System.IO.Compression;
using System.Text.Json;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>The zip that is deployed, where <c>FLASHDUTY_PACKAGE</c> names it: <c>make package</c> makes it.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_package_holds_the_executable_and_handles_the_sample_invocations()
    {
        var package = Environment.GetEnvironmentVariable("FLASHDUTY_PACKAGE");
        Tools.Need(File.Exists(package), "FLASHDUTY_PACKAGE names no zip: make package ARCHITECTURE=x86_64 makes artifacts/package-x86_64.zip");
        var folder = Directory.CreateTempSubdirectory("package");
        await ZipFile.ExtractToDirectoryAsync(package!, folder.FullName, TestContext.Current.CancellationToken);

        Assert.Contains("bootstrap", folder.EnumerateFiles().Select(file => file.Name));
        Assert.All(folder.EnumerateFileSystemInfos(), entry => Assert.True(entry.Name is "bootstrap" or "routes.json", entry.Name));

        await using var sandbox = Sandbox.Start(Path.Combine(folder.FullName, "bootstrap"), null);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "events", "invoke")))
        {
            var payload = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var end = await sandbox.Lambda.InvokeAsync(WithKey(payload));

            Assert.False(end.IsError, $"{file}: {end.Body}");
            var result = JsonDocument.Parse(end.Body).RootElement;
            Assert.True(
                (result.TryGetProperty("statusCode", out var status) && status.GetInt32() == 200)
                || (result.TryGetProperty("batchItemFailures", out var failures) && failures.GetArrayLength() == 0)
                || result.TryGetProperty("data", out _),
                $"{file}: {end.Body}");
        }

        Assert.NotEmpty(sandbox.Flashduty.Alerts);
    }

    /// <summary>The sample request has the key of <c>env.json</c>; here another one counts.</summary>
    private static string WithKey(string payload)
    {
        var env = JsonDocument.Parse(File.ReadAllText(Path.Combine(Bootstrap.Root(), "env.json"))).RootElement;
        var key = env.EnumerateObject().First().Value.GetProperty("FLASHDUTY_INTEGRATION_KEY").GetString()!;
        return payload.Replace(key, Sandbox.Key, StringComparison.Ordinal);
    }
}
