namespace Deployment.Tests;

/// <summary>The repository's own files: these tests are about them, not about copies in the build's output.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Flashduty.Lambda.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside of the repository."));
}
