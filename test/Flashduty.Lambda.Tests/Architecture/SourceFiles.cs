
namespace Flashduty.Lambda.Tests.Architecture;

/// <summary>The repository's own C# files.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> In(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj")
        select relative;

    public static string[] Lines(string relativePath) => File.ReadAllLines(Repository.PathOf(relativePath));
}
