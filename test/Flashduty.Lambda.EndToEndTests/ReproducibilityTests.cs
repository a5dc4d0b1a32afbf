using Kit;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>Whoever builds a version can compare it with the one that was released.</summary>
public sealed class ReproducibilityTests
{
    private static readonly string[] RootFiles = ["Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json"];
    private static readonly string[] Assemblies = ["bootstrap.dll", "Re2.dll", "Amazon.Lambda.Polyfills.dll"];

    [Fact]
    public async Task Builds_in_other_folders_and_time_zones_give_the_same_bytes()
    {
        ExternalTool.RequireOrSkip("env", "this test runs on Linux and macOS");
        var folder = Directory.CreateTempSubdirectory("reproducible");
        try
        {
            var first = await BuildAsync(Path.Combine(folder.FullName, "a"), "UTC");
            var second = await BuildAsync(Path.Combine(folder.FullName, "a", "longer", "path"), "Asia/Tokyo");
            Assert.Equal(first, second);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> BuildAsync(string folder, string timeZone)
    {
        Copy(folder);
        var result = await ExternalTool.RunAsync(
            "env",
            [
                "-u", "MSBuildSDKsPath", $"TZ={timeZone}", "dotnet", "build", "src/Flashduty.Lambda", "-c", "Release",
                "-o", "out", "-p:RunAnalyzers=false", "--nologo", "--disable-build-servers",
            ],
            workingDirectory: folder);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return
        [
            .. Assemblies.Select(name => Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "out", name))))),
        ];
    }

    private static void Copy(string folder)
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        foreach (var path in sources.Concat(RootFiles))
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.PathOf(path), target);
        }
    }
}
